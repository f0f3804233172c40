"""The three gauges as they are drawn, and the figures with their difference from the plan."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.load.queries import Reader
from orchestre.load.rules.scale import level
from orchestre.resources.policy import reads_money
from orchestre.sequencing.presenters import words
from orchestre.sequencing.rules.measures import BETTER, SAME, WORSE, Floats, delta, verdict
from orchestre.sequencing.services.frozen import Named, named
from orchestre.sequencing.services.gauges import Gauges, without_money
from orchestre.sequencing.services.live import Live
from orchestre.ui import formats
from orchestre.ui.charts.gauge import GaugeMonth, MonthGauge
from orchestre.ui.components import Figure, Trend


@dataclass(frozen=True)
class Gauge:
    """One of the three, with its sentence."""

    name: Literal["money", "roles", "people"]
    title: str
    figure: Figure
    chart: MonthGauge
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Dashboard:
    """Three gauges, then every figure that differs."""

    sentence: str
    gauges: tuple[Gauge, ...]
    figures: tuple[Figure, ...]
    notes: tuple[str, ...]


def dashboard(
    there: Live, reader: Reader, found: Gauges, before: Gauges, of: str = "current"
) -> Dashboard:
    """Turn a measure into what the page shows; `of` names the plan in the addresses."""
    names = named(there)
    return Dashboard(
        sentence=sentence(found, before),
        gauges=(
            *((_money(found, before, of),) if found.money_open else ()),
            _roles(names, found, before, of),
            _people(names, reader, found, before, of),
        ),
        figures=tuple(
            one_figure(name, found, before, of)
            for name in (
                *(("value_eur", "delay_cost_eur") if found.money_open else ()),
                "excess_person_hours",
                "people_moved",
                "broken",
                "freezes",
            )
        ),
        notes=_notes(found),
    )


def of_record(names: Named, reader: Reader, found: Gauges, url: str) -> tuple[Gauge, ...]:
    """Draw the gauges of a plan of record, with the names of its day and no plan to compare.

    `url` is where it is said what they come from.
    """
    drawn = (
        *((_money(found, found, ""),) if found.money_open else ()),
        _roles(names, found, found, ""),
        _people(names, reader, found, found, ""),
    )
    captions = {
        "money": _("Each month against the envelopes, as it was decided."),
        "roles": _("Most asked role of each month against its capacity, as it was decided."),
        "people": _(
            "Heaviest population of each month against what it can absorb, as it was decided."
        ),
    }
    return tuple(
        replace(
            one,
            figure=replace(one.figure, why_url=url),
            chart=replace(one.chart, caption=captions[one.name]),
        )
        for one in drawn
    )


def seen(person: Person, found: Gauges) -> Gauges:
    """Return what a person reads of the gauges: money is told to who reads the whole of it."""
    return found if reads_money(person) else without_money(found)


def why_url(name: str, of: str) -> str:
    """Return where a figure is explained."""
    return f"{reverse('sequencing:why', args=[name])}?of={of}"


def one_figure(name: str, found: Gauges, before: Gauges, of: str) -> Figure:
    """Return a figure with its difference from the plan in force."""
    difference = delta(name, before.measures, found.measures)
    return Figure(
        str(words.LABELS[name]),
        words.measured(name, found.measures),
        why_url(name, of),
        trend=trend(name, difference),
    )


def trend(name: str, difference: float | None) -> Trend | None:
    """Say which way a figure goes, with a word; None when it stays."""
    judged = verdict(name, difference)
    if difference is None or judged == SAME:
        return None
    told = _("%(delta)s, %(verdict)s") % {
        "delta": words.delta(name, difference),
        "verdict": words.judged(judged),
    }
    good = {BETTER: True, WORSE: False}.get(judged)
    return Trend("up" if difference > 0 else "down", told, good)


def sentence(found: Gauges, before: Gauges) -> str:
    """Say the three gauges in one sentence that a director repeats aloud."""
    people = round(found.measures.people_over)
    told = [
        ngettext(
            "%(n)s person above what they can absorb", "%(n)s people above what they can absorb",
            people,
        )
        % {"n": formats.number(people)}
    ]  # fmt: skip
    if found.measures.fte_excess is not None:
        told.append(
            _("%(n)s FTE-months missing") % {"n": formats.number(found.measures.fte_excess, 1)}
        )
    if found.measures.budget_excess_eur is not None:
        told.append(
            _("%(amount)s beyond the envelopes")
            % {"amount": formats.euros(found.measures.budget_excess_eur)}
        )
    now = ", ".join(told)
    if found is before:
        return _("In the plan in force: %(now)s.") % {"now": now}
    names = ("people_over", "excess_person_hours", "fte_excess", "budget_excess_eur")
    ways = [verdict(name, delta(name, before.measures, found.measures)) for name in names]
    better, worse = ways.count(BETTER), ways.count(WORSE)
    if not better and not worse:
        return _("Here: %(now)s, as in the plan in force.") % {"now": now}
    if not worse:
        return _("Here: %(now)s, which is better than the plan in force.") % {"now": now}
    if not better:
        return _("Here: %(now)s, which is worse than the plan in force.") % {"now": now}
    return _("Here: %(now)s; some is better than the plan in force, some is worse.") % {"now": now}


def _notes(found: Gauges) -> tuple[str, ...]:
    told = [] if found.money_open else [_("The money of the whole portfolio is not open to you.")]
    if found.unknown_headcounts:
        told.append(
            ngettext(
                "%(n)s population above capacity has no known headcount: its people are not "
                "counted.",
                "%(n)s populations above capacity have no known headcount: their people are not "
                "counted.",
                found.unknown_headcounts,
            )
            % {"n": found.unknown_headcounts}
        )
    if found.uncounted:
        told.append(
            _("The load of what only the scenario dates is not counted: %(codes)s.")
            % {"codes": ", ".join(found.uncounted)}
        )
    if found.unvalued and found.measures.value_eur is not None:
        told.append(
            ngettext(
                "%(n)s initiative has no estimated value: it counts for nothing in the value.",
                "%(n)s initiatives have no estimated value: they count for nothing in the value.",
                found.unvalued,
            )
            % {"n": found.unvalued}
        )
    return tuple(told)


def _short(month: date) -> str:
    return f"{formats.month_short(month)} {month:%y}"


def _chart(caption: str, heading: str, months: list[GaugeMonth]) -> MonthGauge:
    return MonthGauge(caption, heading, tuple(months))


def _money(found: Gauges, before: Gauges, of: str) -> Gauge:
    known = np.isfinite(found.envelope_eur)
    top = float(max(found.cost_eur.max(), before.cost_eur.max(), 1.0))
    months = []
    for at, month in enumerate(found.months):
        cost, envelope = float(found.cost_eur[at]), float(found.envelope_eur[at])
        bound = known[at] and envelope > 0
        ratio = cost / envelope if bound else None if known.any() else cost / top * 0.9
        was = float(before.cost_eur[at])
        told = (
            _("%(month)s: %(cost)s for %(envelope)s available")
            % {
                "month": formats.month(month),
                "cost": formats.euros(cost),
                "envelope": formats.euros(envelope),
            }
            if bound
            else _("%(month)s: %(cost)s, no envelope")
            % {"month": formats.month(month), "cost": formats.euros(cost)}
        )
        months.append(
            GaugeMonth(
                _short(month),
                told,
                formats.euros(cost),
                ratio,
                level(ratio) if bound and ratio is not None else 1,
                was / envelope if bound else None if known.any() else was / top * 0.9,
            )
        )
    name = "budget_excess_eur" if found.envelopes else "cost_eur"
    notes = () if found.envelopes else (_("No envelope is set: the money is not bounded."),)
    return Gauge(
        "money",
        _("Euros"),
        one_figure(name, found, before, of),
        _chart(
            _("Each month against the envelopes; the notch is the plan in force."),
            _("Cost"),
            months,
        ),
        notes,
    )


def _heaviest(asked: Floats, available: Floats) -> tuple[Floats, list[int]]:
    """Return, for each month, the highest share of a role, and which role it is."""
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(available > 0, asked / available, np.where(asked > 0, np.inf, 0.0))
    shares = np.where(np.isfinite(available), shares, -1.0)
    if not len(shares):
        return np.full(asked.shape[1], -1.0), [-1] * asked.shape[1]
    return shares.max(axis=0), shares.argmax(axis=0).tolist()


def _roles(names: Named, found: Gauges, before: Gauges, of: str) -> Gauge:
    shares, which = _heaviest(found.asked_fte, found.available_fte)
    were, _which = _heaviest(before.asked_fte, before.available_fte)
    months = []
    for at, month in enumerate(found.months):
        ratio = float(shares[at]) if shares[at] >= 0 else None
        told = _("%(month)s: no capacity is known") % {"month": formats.month(month)}
        if ratio is not None:
            row = which[at]
            told = _("%(month)s: %(role)s, %(asked)s FTE asked for %(available)s available") % {
                "month": formats.month(month),
                "role": names.roles[found.roles[row]],
                "asked": formats.number(float(found.asked_fte[row, at]), 1),
                "available": formats.number(float(found.available_fte[row, at]), 1),
            }
        months.append(_gauge_month(at, found, told, ratio, float(were[at])))
    notes = () if found.roles else (_("No role is described: skills are not bounded."),)
    return Gauge(
        "roles",
        _("Roles (FTE)"),
        one_figure("fte_excess", found, before, of),
        _chart(
            _(
                "Most asked role of each month against its capacity; the notch is the plan in "
                "force."
            ),
            _("Share of the capacity"),
            months,
        ),
        notes,
    )


def _gauge_month(at: int, found: Gauges, told: str, ratio: float | None, was: float) -> GaugeMonth:
    shown = None if ratio is None else min(ratio, 9.99)
    return GaugeMonth(
        _short(found.months[at]),
        told,
        formats.percent(shown) if ratio is None or math.isfinite(ratio) else "∞",
        shown,
        0 if ratio is None else level(ratio),
        None if was < 0 else min(was, 9.99),
    )


def _people(names: Named, reader: Reader, found: Gauges, before: Gauges, of: str) -> Gauge:
    heads = names.people
    rows = [at for at, code in enumerate(found.populations) if reader.sees_population(code)]
    months = []
    for at, month in enumerate(found.months):
        over = [row for row in rows if found.excess_hours[row, at] > 0]
        people = sum(heads[found.populations[row]].headcount or 0 for row in over)
        ratios = found.worst_ratio[rows, at] if rows else np.zeros(0)
        were = before.worst_ratio[rows, at] if rows else np.zeros(0)
        ratio = float(np.nanmax(ratios)) if np.isfinite(ratios).any() else 0.0
        was = float(np.nanmax(were)) if np.isfinite(were).any() else 0.0
        worst = found.populations[rows[int(np.nanargmax(ratios))]] if ratio > 0 else ""
        told = _("%(month)s: %(people)s people above capacity; at most %(ratio)s, %(name)s") % {
            "month": formats.month(month),
            "people": formats.number(people),
            "ratio": formats.percent(ratio),
            "name": heads[worst].name if worst else _("nobody"),
        }
        months.append(_gauge_month(at, found, told, ratio, was))
    hours = words.measured("excess_person_hours", found.measures)
    return Gauge(
        "people",
        _("People"),
        one_figure("people_over", found, before, of),
        _chart(
            _("Heaviest population of each month against what it can absorb; the notch is the "
              "plan in force."),
            _("Load of the heaviest"),
            months,
        ),
        (_("%(hours)s beyond what people can absorb") % {"hours": hours},),
    )  # fmt: skip
