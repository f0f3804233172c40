"""Differences, one by one: what a scenario would write, what changed since, what two plans say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.journal import queries as journal
from orchestre.load.queries import Reader, reader_of
from orchestre.portfolio.rules.dates import Span
from orchestre.sequencing import policy
from orchestre.sequencing.models import Scenario
from orchestre.sequencing.presenters import board, words
from orchestre.sequencing.queries import scenarios as queries
from orchestre.sequencing.rules.differences import Facts, Move, between
from orchestre.sequencing.rules.edits import new_span
from orchestre.sequencing.services import differences, plans
from orchestre.sequencing.services.differences import Changed, Difference, Moved
from orchestre.sequencing.services.live import live
from orchestre.ui import formats
from orchestre.ui.components import Breadcrumb, Link


@dataclass(frozen=True)
class MoveLine:
    """What happens to one initiative."""

    code: str
    title: str
    lines: tuple[str, ...]
    url: str
    version: int = 0


@dataclass(frozen=True)
class DifferencePage:
    """What a scenario would write in the plan, exactly."""

    scenario: Scenario
    breadcrumb: Breadcrumb
    strip: str
    sentence: str
    moves: tuple[MoveLine, ...]
    gone: tuple[str, ...]
    hidden: int
    expected: str
    may_edit: bool


def difference_page(person: Person, scenario: Scenario, word: str) -> DifferencePage:
    """Return the exact difference of a scenario; `word` names the page."""
    found, reader = differences.of(scenario), reader_of(person)
    seen = [one for one in found.moves if reader.names(one.initiative.code)]
    return DifferencePage(
        scenario=scenario,
        breadcrumb=board.breadcrumb(scenario, Link(word, "")),
        strip=board.strip(scenario),
        sentence=_sentence(found),
        moves=tuple(_line(scenario, one) for one in seen),
        gone=tuple(one.initiative.code for one in found.gone if reader.names(one.initiative.code)),
        hidden=len(found.moves) - len(seen),
        expected=found.expected,
        may_edit=bool(policy.may_edit(person, scenario)),
    )


def _sentence(found: Difference) -> str:
    if not found.moves:
        return _("This scenario changes nothing in the plan.")
    return ngettext(
        "%(n)s initiative changes in the plan.",
        "%(n)s initiatives change in the plan.",
        len(found.moves),
    ) % {"n": formats.number(len(found.moves))}


def _line(scenario: Scenario, one: Moved) -> MoveLine:
    lines = [words.step(step) for step in one.steps]
    if one.days:
        lines.append(
            _("Its milestones, activities and demands to come: %(move)s")
            % {"move": words.shifted(one.days)}
        )
    means = _means(one)
    url = reverse("sequencing:initiative", args=[scenario.pk, one.initiative.code])
    return MoveLine(
        one.initiative.code,
        one.initiative.title,
        (*lines, *means),
        url,
        one.override.version,
    )


def _means(one: Moved) -> list[str]:
    told = []
    if one.edit.allocation_ratio is not None:
        told.append(
            _("FTE asked of roles: %(share)s of what they are")
            % {"share": formats.percent(one.edit.allocation_ratio)}
        )
    if one.edit.amount_eur is not None:
        told.append(_("Full cost: %(amount)s") % {"amount": formats.euros(one.edit.amount_eur)})
    elif one.edit.amount_ratio is not None:
        told.append(
            _("Money to come: %(share)s of what it is")
            % {"share": formats.percent(one.edit.amount_ratio)}
        )
    return told


@dataclass(frozen=True)
class Reread:
    """An initiative that the plan changed under the scenario."""

    code: str
    title: str
    who: str
    plan: tuple[str, ...]
    gives: str
    version: int


@dataclass(frozen=True)
class RebasePage:
    """What changed in the plan since the scenario was drawn."""

    scenario: Scenario
    breadcrumb: Breadcrumb
    strip: str
    rows: tuple[Reread, ...]
    hidden: int
    act: int
    may_edit: bool


def rebase_page(person: Person, scenario: Scenario) -> RebasePage:
    """Return what to read again, and what the scenario gives from now on."""
    act = journal.last_act()  # first: what is written meanwhile is read next time
    found, reader = differences.since(scenario), reader_of(person)
    seen = [one for one in found if reader.names(one.initiative.code)]
    versions = {row.initiative_id: row.version for row in queries.overrides(scenario)}
    edits = queries.edits(scenario)
    return RebasePage(
        scenario=scenario,
        breadcrumb=board.breadcrumb(scenario, Link(_("Changes to read again"), "")),
        strip=board.strip(scenario),
        rows=tuple(_reread(one, edits, versions) for one in seen),
        hidden=len(found) - len(seen),
        act=act,
        may_edit=bool(policy.may_edit(person, scenario)),
    )


def _reread(one: Changed, edits: dict[str, Any], versions: dict[int, int]) -> Reread:
    row = one.initiative
    span = Span(row.starts_on, row.ends_on, row.go_live_on)
    edit = edits[row.code]
    new = new_span(edit, span)
    gives = words.edit(edit, span)
    if edit.included and new.starts_on and new.ends_on:
        gives = f"{gives} ({formats.dates(new.starts_on, new.ends_on)})"
    return Reread(
        row.code,
        row.title,
        one.who or _("Somebody"),
        tuple(words.step(step) for step in one.steps),
        gives,
        versions[row.pk],
    )


@dataclass(frozen=True)
class DiffPage:
    """What two plans or scenarios say differently."""

    sentence: str
    moves: tuple[MoveLine, ...]
    hidden: int
    choices: tuple[tuple[str, str, tuple[tuple[str, str, bool], ...]], ...]


def diff_page(person: Person, first: str, last: str) -> DiffPage:
    """Compare any two: `current`, a scenario by number, `plan-3`, `plan-3-end`."""
    policy.may_read(person).require()
    reader = reader_of(person)
    before, after = _facts(person, first), _facts(person, last)
    found = between(before, after)
    seen = [one for one in found if _may_name(person, reader, one.code, before, after)]
    return DiffPage(
        sentence=_difference(len(found)),
        moves=tuple(MoveLine(one.code, one.title, _lines(one), _url(one)) for one in seen),
        hidden=len(found) - len(seen),
        choices=(
            ("from", _("From"), _options(person, first)),
            ("to", _("To"), _options(person, last)),
        ),
    )


def before_current(person: Person) -> str:
    """Name what the plan in force is usually compared with: the one that it replaced."""
    former = queries.plans(person).exclude(superseded_at=None).first()
    return "current" if former is None else f"plan-{former.number}"


def _facts(person: Person, name: str) -> Facts:
    there = live()
    if name.startswith("plan-"):
        number, _dash, end = name.removeprefix("plan-").partition("-")
        if not number.isdecimal() or len(number) > 6:
            raise Http404
        plan = queries.plan(person, int(number))
        closing = end == "end" and plan.closing is not None
        found: Facts = plans.opened(plan, closing=closing)["initiatives"]
        return found
    if name.isdecimal() and len(name) < 10:
        scenario = queries.scenario(person, int(name))
        return plans.facts_of(there, queries.edits(scenario))
    return plans.facts_of(there, {})


def _may_name(person: Person, reader: Reader, code: str, before: Facts, after: Facts) -> bool:
    """Tell whether an initiative may be named: by its policy today, and by what it was then."""
    if reach_of(person).can(Can.READ_CONFIDENTIAL) and reach_of(person).can(Can.READ):
        return True
    then = any(facts.get(code, {}).get("confidential") for facts in (before, after))
    return reader.names(code) and not then


def _lines(one: Move) -> tuple[str, ...]:
    if one.there == "before":
        return (_("No longer in the plan"),)
    if one.there == "after":
        return (_("New in the plan"),)
    return tuple(words.step(step) for step in one.steps)


def _url(one: Move) -> str:
    return reverse("portfolio:show", args=[one.code])


def _difference(count: int) -> str:
    if not count:
        return _("The two say the same.")
    return ngettext("%(n)s initiative differs.", "%(n)s initiatives differ.", count) % {
        "n": formats.number(count)
    }


def _options(person: Person, chosen: str) -> tuple[tuple[str, str, bool], ...]:
    pairs = [("current", _("Plan in force"))]
    for plan in queries.plans(person):
        told = {"n": plan.number, "name": plan.name}
        pairs.append((f"plan-{plan.number}", _("Plan %(n)s, %(name)s") % told))
        if plan.closing_fingerprint:
            pairs.append((f"plan-{plan.number}-end", _("Plan %(n)s as it ended") % told))
    pairs += [(str(one.pk), one.name) for one in queries.scenarios(person)]
    known = {value for value, _text in pairs}
    shown = chosen if chosen in known else "current"
    return tuple((value, text, value == shown) for value, text in pairs)
