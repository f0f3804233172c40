"""Three questions of a committee, each answered first in one sentence that is repeated aloud.

If we add this project, what moves? · If we stop this programme, what do we free, what do we
lose, who must be told? · What does a delay do to the quarter?
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.load.queries import reader_of
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative, Programme
from orchestre.sequencing import policy
from orchestre.sequencing.presenters import answers, words
from orchestre.sequencing.presenters.answers import Asked, Context
from orchestre.sequencing.presenters.gauges import seen, trend
from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.rules.measures import SAME, delta, verdict
from orchestre.sequencing.services import effects
from orchestre.sequencing.services.effects import Effect
from orchestre.sequencing.services.live import live
from orchestre.ui import formats
from orchestre.ui.components import Breadcrumb, EmptyState, Figure, Link
from orchestre.ui.tables import DataTable

NAMES = ("add", "stop", "delay")


@dataclass(frozen=True)
class Section:
    """A part of the answer: sentences, or a table."""

    title: str
    lines: tuple[str, ...] = ()
    table: DataTable | None = None


@dataclass(frozen=True)
class Choice:
    """A list to choose from: its name in the address, its options."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class QuestionPage:
    """What the page shows; without an answer, what to choose."""

    name: str
    question: str
    breadcrumb: Breadcrumb
    choices: tuple[Choice, ...]
    weeks: int
    sentence: str = ""
    figures: tuple[Figure, ...] = ()
    sections: tuple[Section, ...] = ()
    empty: EmptyState | None = None
    keep: tuple[tuple[str, str], ...] = field(default=())


def question_page(person: Person, name: str, asked: Asked) -> QuestionPage:
    """Answer one of the three questions, or ask what it is about."""
    policy.may_read(person).require()
    page = QuestionPage(
        name=name,
        question=_question(name, asked),
        breadcrumb=Breadcrumb(
            (Link(_("Scenarios"), reverse("sequencing:list")), Link(_question(name, Asked()), ""))
        ),
        choices=_choices(person, name, asked),
        weeks=asked.weeks,
    )
    if not asked.initiatives:
        return page
    there, reader = live(), reader_of(person)
    codes = tuple(one.code for one in asked.initiatives if there.planned(one.code))
    if not codes:
        told = _("It is stopped, archived or holds nothing: the plan does not count it.")
        title = _("Nothing to work out.")
        return _with(page, empty=EmptyState("cannot_compute", title, told))
    return {"add": _add, "stop": _stop, "delay": _delay}[name](
        page, Context(person, there, reader, asked, codes)
    )


def _with(page: QuestionPage, **values: object) -> QuestionPage:
    return QuestionPage(**{**page.__dict__, **values})


def _question(name: str, asked: Asked) -> str:
    if not asked.name:
        return {
            "add": _("If we add this project, what moves?"),
            "stop": _("If we stop this programme, what do we free?"),
            "delay": _("What does a delay do to the quarter?"),
        }[name]
    told = {"name": asked.name, "n": asked.weeks}
    return {
        "add": _("If we add %(name)s, what moves?"),
        "stop": _("If we stop %(name)s, what do we free?"),
        "delay": ngettext(
            "What does %(n)s week of delay of %(name)s do?",
            "What do %(n)s weeks of delay of %(name)s do?",
            abs(asked.weeks),
        ),
    }[name] % told


def _choices(person: Person, name: str, asked: Asked) -> tuple[Choice, ...]:
    live_rows = portfolio.visible_to(person).filter(archived_at=None)
    rows = live_rows.exclude(stage=Initiative.Stage.STOPPED)
    chosen = asked.initiatives[0].code if asked.initiatives and not asked.programme else ""
    options = [("", _("choose"), not chosen)]
    options += [
        (code, f"{code} {title}", code == chosen)
        for code, title in rows.order_by("code").values_list("code", "title")
    ]
    found = [Choice("initiative", _("Initiative"), tuple(options))]
    if name == "stop":
        picked = asked.programme.code if asked.programme else ""
        programmes = [("", _("choose"), not picked)]
        programmes += [(one.code, one.name, one.code == picked) for one in Programme.objects.all()]
        found.append(Choice("programme", _("or a programme"), tuple(programmes)))
    return tuple(found)


def _figures(found: Effect, names: tuple[str, ...]) -> tuple[Figure, ...]:
    figures = []
    for name in names:
        difference = delta(name, found.before.measures, found.after.measures)
        note = _("%(before)s before") % {"before": words.measured(name, found.before.measures)}
        figures.append(
            Figure(
                str(words.LABELS[name]),
                words.measured(name, found.after.measures),
                f"{reverse('sequencing:why', args=[name])}?of=current",
                trend=trend(name, difference),
                note=note,
            )
        )
    return tuple(figures)


COMMON = ("people_over", "excess_person_hours", "fte_excess", "budget_excess_eur", "cost_eur")


def _joined(found: Effect, names: tuple[str, ...]) -> str:
    told = []
    for name in names:
        difference = delta(name, found.before.measures, found.after.measures)
        if difference is not None and verdict(name, difference) != SAME:
            told.append(
                _("%(label)s %(delta)s")
                % {"label": _inside(words.LABELS[name]), "delta": words.delta(name, difference)}
            )
    return ", ".join(told)


def _inside(label: object) -> str:
    """Write a label inside a sentence; « ETP » keeps its capitals."""
    told = str(label)
    return told if told[1:2].isupper() else told[:1].lower() + told[1:]


def _effect(at: Context, before: effects.Edits, after: effects.Edits) -> Effect:
    found = effects.effect(at.there, before, after)
    return replace(found, before=seen(at.person, found.before), after=seen(at.person, found.after))


def _add(page: QuestionPage, at: Context) -> QuestionPage:
    out = {code: Edit(included=False) for code in at.codes}
    found = _effect(at, out, {})
    moved = _joined(found, ("people_over", "excess_person_hours", "fte_excess", "cost_eur"))
    sentence = (
        _("With %(name)s: %(changes)s.") % {"name": at.asked.name, "changes": moved}
        if moved
        else _("%(name)s fits: no gauge moves.") % {"name": at.asked.name}
    )
    return _with(
        page,
        sentence=sentence,
        figures=_figures(found, (*COMMON, "value_eur")),
        sections=(
            Section(_("Roles asked"), table=answers.roles_table(at.there, found, 1.0)),
            Section(_("Hours asked of each population"), table=answers.hours_table(at, found, 1.0)),
            Section(_("What it needs"), answers.needs(at)),
            Section(_("Who is touched"), answers.people_touched(at, found)),
        ),
    )


def _stop(page: QuestionPage, at: Context) -> QuestionPage:
    out = {code: Edit(included=False) for code in at.codes}
    found = _effect(at, {}, out)
    fte = float(-found.fte.sum())
    money = float(-found.cost_eur.sum())
    hours = -sum(found.hours.values())
    lost = delta("value_eur", found.before.measures, found.after.measures)
    sentence = _(
        "Stopping %(name)s frees %(money)s, %(fte)s FTE-months and %(hours)s of people’s time; "
        "it loses %(value)s of value in the period."
    ) % {
        "name": at.asked.name,
        "money": formats.euros(money),
        "fte": formats.number(fte, 1),
        "hours": formats.hours(hours, 0),
        "value": formats.undefined() if lost is None else formats.euros(-lost),
    }
    orphans = answers.orphans(at, found)
    return _with(
        page,
        sentence=sentence,
        figures=_figures(found, (*COMMON, "value_eur")),
        sections=(
            Section(_("Money freed"), table=answers.money_table(found)),
            Section(_("FTE freed"), table=answers.roles_table(at.there, found, -1.0)),
            Section(
                _("Hours given back to each population"), table=answers.hours_table(at, found, -1.0)
            ),
            Section(_("What is lost"), answers.losses(at)),
            Section(_("Who counted on it"), orphans or (_("Nobody that is known."),)),
            Section(_("Who must be told"), answers.people_touched(at, found)),
        ),
        keep=_keep(at, "stop"),
    )


def _delay(page: QuestionPage, at: Context) -> QuestionPage:
    later = {code: Edit(shift_days=at.asked.weeks * 7 or None) for code in at.codes}
    found = _effect(at, {}, later)
    rows, heaviest = answers.quarters_table(at.there, found)
    moved = _joined(found, ("people_over", "excess_person_hours", "fte_excess", "delay_cost_eur"))
    told = moved or _("no gauge moves over the period")
    sentence = _("%(move)s: %(changes)s.") % {
        "move": f"{at.asked.name}, {words.shifted(at.asked.weeks * 7)}",
        "changes": told,
    }
    return _with(
        page,
        sentence=f"{sentence} {heaviest}".strip(),
        figures=_figures(found, (*COMMON[:4], "delay_cost_eur", "broken")),
        sections=(
            Section(_("Quarter by quarter"), table=rows),
            Section(_("Dependencies"), answers.links_moved(at, found)),
            Section(_("Who is touched"), answers.people_touched(at, found)),
        ),
        keep=_keep(at, "delay"),
    )


def _keep(at: Context, act: str) -> tuple[tuple[str, str], ...]:
    """Return what the button that opens a draft posts; nothing for who may not draft."""
    if not policy.may_draft(at.person):
        return ()
    target = (
        ("programme", at.asked.programme.code)
        if at.asked.programme
        else ("initiative", at.asked.initiatives[0].code)
    )
    return (("act", act), target, ("weeks", str(at.asked.weeks)))
