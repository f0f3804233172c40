"""What a delay does to each quarter: who is asked more or less, what goes over, what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from orchestre.sequencing.presenters import words
from orchestre.sequencing.presenters.answers import Context, named, pair, people_asked, signed
from orchestre.sequencing.rules.edits import effective
from orchestre.sequencing.services import effects
from orchestre.sequencing.services.effects import Effect, InQuarter, Quarter
from orchestre.ui import formats
from orchestre.ui.tables import Column, DataTable, Row

NOTICED_EUR = 500.0
NOTICED_FTE = 0.05


@dataclass(frozen=True)
class Told:
    """One quarter before and after; `hours` are asked more or less of each population."""

    quarter: Quarter
    before: InQuarter
    after: InQuarter
    hours: dict[str, float]
    leaving: tuple[str, ...]

    @property
    def weight(self) -> tuple[float, float, float]:
        """What makes a quarter the one to speak of: overload, then hours, then money."""
        beyond = abs(self.after.excess_person_hours - self.before.excess_person_hours)
        money = abs(self.after.cost_eur - self.before.cost_eur)
        return round(beyond), sum(map(abs, self.hours.values())), money


def told(at: Context, found: Effect) -> tuple[Told, ...]:
    """Measure every quarter of the period."""
    leaving = _leaving(at)
    return tuple(
        Told(
            quarter,
            effects.in_quarter(at.there, found.before, columns),
            effects.in_quarter(at.there, found.after, columns),
            found.hours_in(quarter),
            tuple(leaving.get(quarter, ())),
        )
        for quarter, columns in effects.quarters_of(found.before.months).items()
    )


def _leaving(at: Context) -> dict[Quarter, list[str]]:
    """Name, by the quarter they leave, the go-lives that fall in another one."""
    gone: dict[Quarter, list[str]] = {}
    for code in at.codes:
        planned = at.there.planned(code)
        if planned is None:
            continue
        was, becomes = effective(planned.span), effective(planned.span.shifted(at.asked.weeks * 7))
        if was is None or becomes is None:
            continue
        left, reached = effects.quarter_of(was), effects.quarter_of(becomes)
        if left != reached:
            line = _("%(name)s goes live in %(quarter)s") % {
                "name": named(at, code),
                "quarter": words.quarter(reached),
            }
            gone.setdefault(left, []).append(line)
    return gone


def chosen(at: Context, quarters: tuple[Told, ...]) -> Told | None:
    """Return the quarter asked for, else the one that changes most."""
    for one in quarters:
        if one.quarter == at.asked.quarter:
            return one
    return max(quarters, key=lambda one: one.weight, default=None)


def sentence(at: Context, one: Told, *, money: bool) -> str:
    """Say a quarter aloud: its name, the people, the differences."""
    parts = [*people_asked(at, one.hours), *_beyond(one)]
    if money and abs(one.after.cost_eur - one.before.cost_eur) >= NOTICED_EUR:
        amounts = pair(
            formats.short_euros(one.before.cost_eur), formats.short_euros(one.after.cost_eur)
        )
        parts.append(_("spending %(pair)s") % {"pair": amounts})
    parts += one.leaving
    return _("%(quarter)s: %(changes)s.") % {
        "quarter": words.quarter(one.quarter),
        "changes": formats.clauses(parts) if parts else _("nothing changes"),
    }


def _beyond(one: Told) -> list[str]:
    parts = []
    was, becomes = one.before, one.after
    if abs(becomes.people_over - was.people_over) >= 0.5:
        parts.append(
            _("people above capacity %(pair)s")
            % {"pair": pair(formats.number(was.people_over), formats.number(becomes.people_over))}
        )
    if abs(becomes.excess_person_hours - was.excess_person_hours) >= 0.5:
        hours = was.excess_person_hours, becomes.excess_person_hours
        parts.append(
            _("hours beyond capacity %(pair)s")
            % {"pair": pair(*(formats.hours(some, 0) for some in hours))}
        )
    if abs((becomes.fte_excess or 0) - (was.fte_excess or 0)) >= NOTICED_FTE:
        parts.append(
            _("FTE-months beyond capacity %(pair)s")
            % {"pair": pair(*(formats.number(some.fte_excess, 1) for some in (was, becomes)))}
        )
    return parts


def table(at: Context, quarters: tuple[Told, ...], *, money: bool) -> DataTable:
    """Draw each quarter before and after; a quarter leads to its own sentence."""
    heads = (
        _("Quarter"),
        _("Hours asked"),
        _("People above capacity"),
        _("Hours beyond"),
        _("FTE-months beyond"),
        _("Cost"),
    )
    return DataTable(
        _("Each quarter, before and after"),
        tuple(Column(text, numeric=place > 0) for place, text in enumerate(heads)),
        tuple(_row(at, one, money=money) for one in quarters),
        caption_hidden=True,
    )


def _row(at: Context, one: Told, *, money: bool) -> Row:
    was, becomes = one.before, one.after
    amounts = pair(formats.short_euros(was.cost_eur), formats.short_euros(becomes.cost_eur))
    return Row(
        (
            words.quarter(one.quarter),
            signed(sum(one.hours.values())),
            pair(formats.number(was.people_over), formats.number(becomes.people_over)),
            pair(*(formats.hours(some.excess_person_hours, 0) for some in (was, becomes))),
            pair(*(formats.number(some.fte_excess, 1) for some in (was, becomes))),
            amounts if money else formats.undefined(),
        ),
        url=address(at, one.quarter),
        tone="warn" if any(some >= 1 for some in one.weight) else "",
    )


def address(at: Context, quarter: Quarter) -> str:
    """Return where the same question is answered for one quarter."""
    asked = (
        *at.asked.target,
        ("weeks", str(at.asked.weeks)),
        ("quarter", f"{quarter[0]}-{quarter[1]}"),
    )
    return f"{reverse('sequencing:question', args=['delay'])}?{urlencode(asked)}"
