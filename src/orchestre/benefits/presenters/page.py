"""How much have we gained, and who checked it? The answer first, then the curve and the list."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.benefits import policy, queries, snapshot
from orchestre.benefits.models import EUROS
from orchestre.benefits.presenters import words
from orchestre.benefits.queries import Summary
from orchestre.benefits.snapshot import Held
from orchestre.resources.presenters.words import listed
from orchestre.resources.rules import month_of
from orchestre.ui import formats
from orchestre.ui.charts.curves import Curve, Curves
from orchestre.ui.components import Badge, Button, EmptyState, Figure, Notice, Pager, StatusMark
from orchestre.ui.tables import Column, DataTable, Row

PER_PAGE = 50


@dataclass(frozen=True)
class ResultsPage:
    """Everything that the template draws."""

    sentence: str
    detail: str
    figures: tuple[Figure, ...]
    notices: tuple[Notice, ...]
    empty: EmptyState | None
    curves: Curves | None
    ladder: DataTable | None
    table: DataTable | None


def build(person: Person, asked: str = "", most: int = PER_PAGE) -> ResultsPage:
    """Assemble the page for one person; the benefits come by pages, the figures count them all."""
    held = queries.with_parts(policy.visible_to(person))
    today = timezone.localdate()
    told = queries.summary(held, today)
    return ResultsPage(
        sentence=_gained(told),
        detail=sentence(told),
        figures=_figures(told) if held else (),
        notices=tuple(_notices(told)),
        empty=None if held else _empty(),
        curves=chart([one for one in held if _counts(one)], today),
        ladder=_ladder(told) if held else None,
        table=_page(held, today, asked, most) if held else None,
    )


def _page(held: Sequence[Held], today: date, asked: str, most: int) -> DataTable:
    pages = Paginator(held, most)
    page = pages.get_page(asked)
    table = benefits_table(list(page.object_list), today)
    if pages.num_pages == 1:
        return table
    summary = _("%(first)s to %(last)s of %(total)s") % {
        "first": formats.number(page.start_index()),
        "last": formats.number(page.end_index()),
        "total": formats.number(pages.count),
    }
    pager = Pager(
        summary,
        f"?page={page.number - 1}" if page.has_previous() else "",
        f"?page={page.number + 1}" if page.has_next() else "",
    )
    return replace(table, pager=pager)


def _counts(one: Held) -> bool:
    return one.benefit.in_euros and not one.benefit.disbenefit


def _empty() -> EmptyState:
    return EmptyState(
        "new",
        _("No benefit yet."),
        _("Open an initiative, then its tab Results, and say what it must change and from where."),
        Button(_("See the portfolio"), reverse("portfolio:list"), "primary"),
    )


def _gained(told: Summary) -> str:
    """Say first what was really gained: what somebody else than its author checked."""
    if told.planned is None and told.declared is None:
        return ""
    if told.validated is None:
        return _("Nothing that anybody has checked yet.")
    return _("Really gained: %(validated)s, checked by %(who)s.") % {
        "validated": words.amount(told.validated),
        "who": listed(list(told.validators)) or formats.undefined(),
    }


def sentence(told: Summary) -> str:
    """Say what was planned to date, declared, validated by whom, and what can be audited."""
    if told.planned is None and told.declared is None:
        return ""
    parts = [
        _("Planned to date: %(planned)s; declared: %(declared)s (%(rate)s).")
        % {
            "planned": words.amount(told.planned),
            "declared": words.amount(told.declared),
            "rate": formats.share(told.rates.declared_ratio),
        }
    ]
    if told.validated is None:
        parts.append(_("Nobody has validated anything yet."))
    else:
        parts.append(
            _("Validated: %(validated)s (%(rate)s) by %(who)s.")
            % {
                "validated": words.amount(told.validated),
                "rate": formats.share(told.rates.validated_ratio),
                "who": listed(list(told.validators)) or formats.undefined(),
            }
        )
    if told.auditable_ratio is not None:
        parts.append(
            _("%s of what is declared could be audited.") % formats.percent(told.auditable_ratio)
        )
    return " ".join(parts)


def _figures(told: Summary) -> tuple[Figure, ...]:
    why = reverse("cockpit:method", args=["benefits"])
    return (
        Figure(_("Planned to date"), words.amount(told.planned), why, provenance="assumed"),
        Figure(
            _("Declared"),
            words.amount(told.declared),
            why,
            provenance="declared",
            note=_("%s of the plan to date") % formats.share(told.rates.declared_ratio),
        ),
        Figure(
            _("Validated"),
            words.amount(told.validated),
            why,
            provenance="measured",
            note=_("%s of the plan to date") % formats.share(told.rates.validated_ratio),
        ),
        Figure(
            _("Auditable share"),
            formats.percent(told.auditable_ratio),
            why,
            note=_("of what is declared"),
        ),
    )


def _notices(told: Summary) -> list[Notice]:
    found = [
        Notice(
            "warn",
            _("Claimed more than once: “%(line)s” of %(unit)s, %(share)s in all.")
            % {"line": one.line, "unit": one.unit, "share": formats.percent(one.claimed)},
            _("By %s: lower the shares until they make 100 %% at most.") % ", ".join(one.keys),
        )
        for one in told.doubles
    ]
    if told.harm_declared:
        found.append(
            Notice(
                "info",
                _("Negative effects declared: %s. They are not taken out of the gains.")
                % words.amount(told.harm_declared),
            )
        )
    if told.other_measures:
        found.append(
            Notice(
                "info",
                ngettext(
                    "%(n)d benefit is not in euros: it is in the list, in no total.",
                    "%(n)d benefits are not in euros: they are in the list, in no total.",
                    told.other_measures,
                )
                % {"n": told.other_measures},
            )
        )
    return found


def chart(held: Sequence[Held], today: date, measure: str = EUROS) -> Curves | None:
    """Draw the cumulated curves of planned, declared and validated amounts."""
    found = queries.curves(held, today)
    if found is None:
        return None
    highest = max(float(found.planned.max()), float(_last(found.declared)), 1.0)
    unit, scale = formats.euros_unit(highest) if measure == EUROS else (measure, 1.0)
    months = [month for month in found.months if month <= month_of(today)]
    named = (
        (_("planned"), "cu1", found.planned),
        (_("declared"), "cu2", found.declared),
        (_("validated"), "cu3", found.validated),
    )
    return Curves(
        caption=_("Cumulated amounts, month by month; declared and validated stop at this month."),
        heading=_("Month"),
        names=tuple(f"{one:%m/%y}" for one in found.months),
        titles=tuple(formats.month(one) for one in found.months),
        curves=tuple(
            Curve(
                label,
                css,
                tuple(None if math.isnan(one) else float(one) / scale for one in values),
                tuple(
                    words.amount(None if math.isnan(one) else float(one), measure) for one in values
                ),
            )
            for label, css, values in named
        ),
        unit=unit,
        now=len(months) - 1 if months and len(months) < len(found.months) else None,
        now_label=_("today"),
    )


def _last(values: object) -> float:
    known = [float(one) for one in values if not math.isnan(one)]  # type: ignore[attr-defined]  # an array
    return known[-1] if known else 0.0


def _ladder(told: Summary) -> DataTable:
    return DataTable(
        caption=_("What stands at each level or above; levels are never added together."),
        columns=(Column(_("Level"), wide=True), Column(_("Planned to date"), numeric=True)),
        rows=tuple(
            Row((words.level(at), words.amount(amount))) for at, amount in enumerate(told.ladder)
        ),
    )


def benefits_table(held: Sequence[Held], today: date) -> DataTable:
    """Return benefits, one a line, each in its own measure."""
    return DataTable(
        caption=_("Benefits"),
        caption_hidden=True,
        columns=(
            Column(_("Benefit"), wide=True),
            Column(_("Initiative")),
            Column(_("Baseline")),
            Column(_("Planned to date"), numeric=True),
            Column(_("Declared"), numeric=True),
            Column(_("Validated"), numeric=True),
            Column(_("Level")),
            Column(_("Audit")),
        ),
        rows=tuple(_row(one, today) for one in held),
    )


def _row(one: Held, today: date) -> Row:
    benefit = one.benefit
    lacks = queries.lacking(one)
    audit = (
        StatusMark("watch", ngettext("%(n)d fact lacks", "%(n)d facts lack", len(lacks))
                   % {"n": len(lacks)})
        if lacks
        else StatusMark("ok", _("auditable"))
    )  # fmt: skip
    return Row(
        (
            f"{benefit.code} {benefit.title}",
            benefit.initiative.code,
            baseline(one),
            words.of(benefit, one.total("planned", today)),
            words.of(benefit, one.total("declared", today)),
            words.of(benefit, one.total("validated", today)),
            Badge(words.level(snapshot.level_of(one)), "neutral"),
            audit,
        ),
        url=reverse("benefits:one", args=[benefit.code]),
    )


def baseline(one: Held) -> str:
    """Write the baseline with its date."""
    benefit = one.benefit
    if benefit.baseline_value is None or benefit.baseline_on is None:
        return formats.undefined()
    value = words.amount(float(benefit.baseline_value), benefit.measure)
    return f"{value}, {formats.day(benefit.baseline_on)}"
