"""Three questions of a committee, each answered first in one sentence that is repeated aloud.

If we add this project, what moves? · If we stop this programme, what do we free, what do we
lose, who must be told? · What does a delay do to the quarter?
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.load.queries import reader_of
from orchestre.org.models import Unit
from orchestre.portfolio.models import Programme
from orchestre.sequencing import policy
from orchestre.sequencing.presenters import answers, candidates, quarters, words
from orchestre.sequencing.presenters.answers import Asked, Context
from orchestre.sequencing.presenters.gauges import seen, trend
from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.rules.measures import MORE_IS_BETTER, SAME, delta, verdict
from orchestre.sequencing.services import effects
from orchestre.sequencing.services.effects import Effect
from orchestre.sequencing.services.live import live
from orchestre.ui import formats
from orchestre.ui.components import Breadcrumb, EmptyState, Figure, Link, Trend
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
class Gauge:
    """One figure of the plan before and after, as a value."""

    name: str
    before: float | None
    after: float | None
    delta: float | None
    verdict: str


@dataclass(frozen=True)
class QuestionPage:
    """What the page shows; without an answer, what to choose."""

    name: str
    question: str
    breadcrumb: Breadcrumb
    choices: tuple[Choice, ...]
    weeks: int
    sentence: str = ""
    detail: str = ""
    figures: tuple[Figure, ...] = ()
    sections: tuple[Section, ...] = ()
    candidates: tuple[DataTable, ...] = ()
    empty: EmptyState | None = None
    keep: tuple[tuple[str, str], ...] = field(default=())
    gauges: tuple[Gauge, ...] = ()


def question_page(
    person: Person, name: str, asked: Asked, most: int = answers.LISTED
) -> QuestionPage:
    """Answer one of the three questions, or ask what it is about; tables hold so many rows."""
    policy.may_read(person).require()
    page = QuestionPage(
        name=name,
        question=question_of(name, asked),
        breadcrumb=Breadcrumb(
            (Link(_("Scenarios"), reverse("sequencing:list")), Link(question_of(name, Asked()), ""))
        ),
        choices=_choices(person, name, asked),
        weeks=asked.weeks,
    )
    if not asked.initiatives:
        return _with(page, candidates=candidates.tables(person, name))
    there, reader, codes = live(), reader_of(person), codes_of(asked)
    if not codes:
        told = _("It is stopped, archived or holds nothing: the plan does not count it.")
        title = _("Nothing to work out.")
        return _with(page, empty=EmptyState("cannot_compute", title, told))
    return {"add": _add, "stop": _stop, "delay": _delay}[name](
        page, Context(person, there, reader, asked, codes, most)
    )


def _with(page: QuestionPage, **values: object) -> QuestionPage:
    return QuestionPage(**{**page.__dict__, **values})


def question_of(name: str, asked: Asked) -> str:
    """Write the question, with what it is about."""
    if not asked.name:
        return {
            "add": _("If we add this project, what moves?"),
            "stop": _("If we stop this programme, what do we free?"),
            "delay": _("What does a delay do to the quarter?"),
        }[name]
    told = {"name": asked.name}
    if name == "delay":
        return _delayed(asked)
    return {
        "add": _("If we add %(name)s, what moves?"),
        "stop": _("If we stop %(name)s, what do we free?"),
    }[name] % told


def _delayed(asked: Asked) -> str:
    told = {"name": asked.name, "n": asked.weeks}
    if asked.quarter is None:
        return (
            ngettext(
                "What does %(n)s week of delay on %(name)s do?",
                "What do %(n)s weeks of delay on %(name)s do?",
                abs(asked.weeks),
            )
            % told
        )
    return ngettext(
        "What does %(n)s week of delay on %(name)s do to %(quarter)s?",
        "What do %(n)s weeks of delay on %(name)s do to %(quarter)s?",
        abs(asked.weeks),
    ) % {**told, "quarter": words.quarter(asked.quarter)}


def _choices(person: Person, name: str, asked: Asked) -> tuple[Choice, ...]:
    rows = candidates.live_rows(person).order_by("code")
    alone = asked.programme is None and asked.unit is None and bool(asked.initiatives)
    chosen = asked.initiatives[0].code if alone else ""
    named = [(code, f"{code} {title}") for code, title in rows.values_list("code", "title")]
    found = [_choice("initiative", _("Initiative"), named, chosen)]
    if name == "stop":
        every = [(one.code, one.name) for one in Programme.objects.all()]
        picked = asked.programme.code if asked.programme else ""
        found.append(_choice("programme", _("or a programme"), every, picked))
    if name == "delay":
        holders = Unit.objects.filter(pk__in=rows.values("unit")).order_by("name")
        every = [(one.code, one.name) for one in holders]
        picked = asked.unit.code if asked.unit else ""
        found.append(_choice("unit", _("or all that a unit leads"), every, picked))
    return tuple(found)


def _choice(name: str, label: str, options: list[tuple[str, str]], picked: str) -> Choice:
    every = [("", _("choose")), *options]
    return Choice(name, label, tuple((code, text, code == picked) for code, text in every))


def edits_of(name: str, asked: Asked, codes: tuple[str, ...]) -> dict[str, Edit]:
    """Return what the question supposes of the plan in force; adding is the plan itself."""
    if name == "stop":
        return {code: Edit(included=False) for code in codes}
    if name == "delay":
        return {code: Edit(shift_days=asked.weeks * 7 or None) for code in codes}
    return {}


def codes_of(asked: Asked) -> tuple[str, ...]:
    """Return the initiatives asked about that the plan counts."""
    there = live()
    return tuple(one.code for one in asked.initiatives if there.planned(one.code))


def _figures(at: Context, act: str, found: Effect, names: tuple[str, ...]) -> tuple[Figure, ...]:
    figures = []
    asked = (("act", act), *at.asked.target, ("weeks", str(at.asked.weeks)))
    for name in names:
        difference = delta(name, found.before.measures, found.after.measures)
        was, becomes = (getattr(one.measures, name) for one in (found.before, found.after))
        figures.append(
            Figure(
                str(words.LABELS[name]),
                _short(name, becomes),
                f"{reverse('sequencing:why', args=[name])}?{urlencode(asked)}",
                trend=_trend(name, difference),
                note=_("%(before)s before") % {"before": _short(name, was)},
            )
        )
    return tuple(figures)


def _gauges(found: Effect) -> tuple[Gauge, ...]:
    """Give every gauge before and after, for programs."""
    gauges = []
    for name in MORE_IS_BETTER:
        difference = delta(name, found.before.measures, found.after.measures)
        was, becomes = (getattr(one.measures, name) for one in (found.before, found.after))
        gauges.append(Gauge(name, was, becomes, difference, verdict(name, difference)))
    return tuple(gauges)


COMMON = ("people_over", "excess_person_hours", "fte_excess", "budget_excess_eur", "cost_eur")


def _joined(found: Effect, names: tuple[str, ...]) -> str:
    told = []
    for name in names:
        difference = delta(name, found.before.measures, found.after.measures)
        if difference is not None and verdict(name, difference) != SAME:
            told.append(
                _("%(label)s %(delta)s")
                % {"label": _inside(words.LABELS[name]), "delta": _signed(name, difference)}
            )
    return ", ".join(told)


def _trend(name: str, difference: float | None) -> Trend | None:
    found = trend(name, difference)
    if found is None or difference is None:
        return found
    told = words.judged(verdict(name, difference))
    text = _("%(delta)s, %(verdict)s") % {"delta": _signed(name, difference), "verdict": told}
    return replace(found, text=text)


def _short(name: str, value: float | None) -> str:
    """Write a figure as people say it: 4.2 M€ rather than 4,200,000 €."""
    return formats.short_euros(value) if name.endswith("_eur") else words.figure(name, value)


def _signed(name: str, difference: float) -> str:
    if not name.endswith("_eur"):
        return words.delta(name, difference)
    return f"{'+' if difference > 0 else '−'}{formats.short_euros(abs(difference))}"


def _inside(label: object) -> str:
    """Write a label inside a sentence; « ETP » keeps its capitals."""
    told = str(label)
    return told if told[1:2].isupper() else told[:1].lower() + told[1:]


def _told(*parts: list[str]) -> str:
    """Put what else is to be said into one sentence."""
    told = [part for some in parts for part in some]
    whole = formats.clauses(part.rstrip(".") for part in told)
    return words.opening(f"{whole}.") if whole else ""


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
        detail=_told(
            answers.people_asked(at, found.hours),
            answers.people_first(at, found.hours),
            answers.tipped(at, found),
            answers.short_of(at, found),
        ),
        gauges=_gauges(found),
        figures=_figures(at, "add", found, (*COMMON, "value_eur")),
        sections=(
            Section(_("Roles asked"), table=answers.roles_table(at.there, found, 1.0)),
            Section(_("Hours asked of each population"), table=answers.hours_table(at, found, 1.0)),
            Section(_("What it needs"), answers.needs(at)),
            Section(_("Who is touched"), answers.people_touched(at, found)),
        ),
    )


def _stop(page: QuestionPage, at: Context) -> QuestionPage:
    found = _effect(at, {}, edits_of("stop", at.asked, at.codes))
    fte = 0.0 - float(found.fte.sum())  # 0 has no sign
    money = 0.0 - float(found.cost_eur.sum()) if found.before.money_open else None
    hours = 0.0 - sum(found.hours.values())
    lost = delta("value_eur", found.before.measures, found.after.measures)
    sentence = _(
        "Stopping %(name)s frees %(money)s, %(fte)s FTE-months and %(hours)s of people’s time; "
        "it loses %(value)s of value in the period."
    ) % {
        "name": at.asked.name,
        "money": formats.short_euros(money),
        "fte": formats.number(fte, 1),
        "hours": formats.hours(hours, 0),
        "value": formats.short_euros(None if lost is None else 0.0 - lost),
    }
    orphans = answers.orphans(at, found)
    return _with(
        page,
        sentence=sentence,
        detail=_told(answers.people_freed(at, found.hours), list(orphans)),
        gauges=_gauges(found),
        figures=_figures(at, "stop", found, (*COMMON, "value_eur")),
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
    found = _effect(at, {}, edits_of("delay", at.asked, at.codes))
    every, money = quarters.told(at, found), found.before.money_open
    heaviest = quarters.chosen(at, every)
    moved = _joined(found, ("people_over", "excess_person_hours", "fte_excess", "delay_cost_eur"))
    sentence = _("%(move)s: %(changes)s.") % {
        "move": words.opening(f"{at.asked.name}, {words.shifted(at.asked.weeks * 7)}"),
        "changes": moved or _("no gauge moves over the period"),
    }
    told = [sentence, quarters.sentence(at, heaviest, money=money) if heaviest else ""]
    if at.asked.quarter is not None:
        told.reverse()
    names = _told(answers.people_first(at, heaviest.hours)) if heaviest else ""
    return _with(
        page,
        sentence=told[0],
        detail=f"{names} {told[1]}" if at.asked.quarter else f"{told[1]} {names}",
        gauges=_gauges(found),
        figures=_figures(at, "delay", found, (*COMMON[:4], "delay_cost_eur", "broken")),
        sections=(
            Section(_("Quarter by quarter"), table=quarters.table(at, every, money=money)),
            Section(_("Dependencies"), answers.links_moved(at, found)),
            Section(_("Who is touched"), answers.people_touched(at, found)),
        ),
        keep=_keep(at, "delay"),
    )


def _keep(at: Context, act: str) -> tuple[tuple[str, str], ...]:
    """Return what the button that opens a draft posts; nothing for who may not draft."""
    if not policy.may_draft(at.person):
        return ()
    return (("act", act), *at.asked.target, ("weeks", str(at.asked.weeks)))
