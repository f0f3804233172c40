"""Earned value light, in words first."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.outlook.services.earned import Earned
from orchestre.ui import formats
from orchestre.ui.components import Definition, DefinitionList
from orchestre.ui.tables import Column, DataTable, Row


@dataclass(frozen=True)
class EarnedPage:
    """Progress of one initiative."""

    sentence: str
    facts: DefinitionList
    money: DataTable | None


def earned_page(found: Earned) -> EarnedPage:
    """Write the progress of an initiative."""
    return EarnedPage(_sentence(found), DefinitionList(tuple(_facts(found))), _money(found))


def _sentence(found: Earned) -> str:
    weeks = formats.number(abs(found.schedule.sv_t), 1)
    count = round(abs(found.schedule.sv_t))
    if found.is_close:
        text = _("On time")
    elif found.schedule.sv_t > 0:
        text = ngettext("Ahead by %(n)s week", "Ahead by %(n)s weeks", count) % {"n": weeks}
    else:
        text = ngettext("Behind by %(n)s week", "Behind by %(n)s weeks", count) % {"n": weeks}
    if found.finish_on is None:
        return text + "."
    return _("%(text)s, will finish around %(month)s.") % {
        "text": text,
        "month": formats.month(found.finish_on),
    }


def _facts(found: Earned) -> list[Definition]:
    progress, schedule, value = found.progress, found.schedule, found.value
    reached = _("%(n)s of %(all)s milestones reached, %(due)s were due") % {
        "n": formats.number(progress.reached),
        "all": formats.number(progress.total),
        "due": formats.number(progress.due),
    }
    finish = formats.day(found.finish_on)
    rows = [
        Definition(
            _("Progress"),
            _("%(ev)s earned, %(pv)s planned")
            % {
                "ev": formats.percent(progress.earned_ratio),
                "pv": formats.percent(progress.planned_ratio),
            },
            reached,
        ),
        Definition("SPI(t)", formats.number(schedule.spi_t, 2), _("pace in time; 1 is on time")),
        Definition("IEAC(t)", _("%(n)s weeks") % {"n": formats.number(schedule.ieac_t, 1)}, finish),
        Definition("TSPI", formats.number(schedule.tspi, 2), _("pace needed to end as planned")),
    ]
    if value is None:
        rows.append(
            Definition(_("Money"), formats.undefined(), _("nothing spent, or no announced cost"))
        )
        return rows
    past = value.eac_past
    rows += [
        Definition("EV / PV / AC", " / ".join(map(formats.euros, (value.ev, value.pv, value.ac)))),
        Definition("CPI", formats.number(value.cpi, 2), _("earned for a euro spent")),
        Definition(
            "EAC",
            formats.euros(past),
            _("if the past goes on; %(once)s if the gap happened once")
            % {"once": formats.euros(value.eac_once)},
        ),
        Definition(
            "TCPI",
            _("out of reach") if value.tcpi is None else formats.number(value.tcpi, 2),
            _("pace needed to end on the announced cost"),
        ),
    ]
    return rows


def _money(found: Earned) -> DataTable | None:
    if not found.months:
        return None
    planned = spent = 0.0
    rows = []
    for month, plan, paid in zip(found.months, found.planned_money, found.spent_money, strict=True):
        planned, spent = planned + plan, spent + paid
        figures = (plan, paid, planned + spent)
        rows.append(Row((formats.month(month), *(formats.euros(one) for one in figures))))
    return DataTable(
        caption=_("Cost by month"),
        columns=(
            Column(_("Month")),
            Column(_("To spend"), numeric=True),
            Column(_("Spent"), numeric=True),
            Column(_("Cumulative"), numeric=True),
        ),
        rows=tuple(rows),
    )
