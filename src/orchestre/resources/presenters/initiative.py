"""What one initiative asks of roles and of money, and what it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.kernel.models import Provenance
from orchestre.portfolio.models import Initiative
from orchestre.resources import policy, queries, rules
from orchestre.resources.models import CostLine, RoleDemand, Worth
from orchestre.resources.presenters import words
from orchestre.ui import formats
from orchestre.ui.components import Badge, Button, Definition, DefinitionList, Notice, StatusMark
from orchestre.ui.tables import Column, DataTable, Row

LONGEST = 60
"""Months looked at around an initiative: five years are enough to see who is missing."""


@dataclass(frozen=True)
class InitiativeMeans:
    """What the tab shows."""

    sentence: str
    notices: tuple[Notice, ...]
    demands: DataTable | None
    costs: DataTable | None
    money: str
    worth: DefinitionList | None
    may_say: bool


def build(person: Person, initiative: Initiative) -> InitiativeMeans:
    """Assemble the tab for one person."""
    demands = queries.demands_of(initiative)
    costs = queries.costs_of(initiative)
    worth = queries.worth_of(initiative)
    may_say = bool(policy.may_say(person, initiative))
    short = _short_months(person, demands)
    return InitiativeMeans(
        sentence=_sentence(initiative, demands, costs, worth),
        notices=tuple(_notices(initiative, costs)),
        demands=_demand_table(demands, short, may_say=may_say) if demands else None,
        costs=_cost_table(costs, may_say=may_say) if costs else None,
        money=_money(initiative, costs),
        worth=_worth(worth) if worth else None,
        may_say=may_say,
    )


def _short_months(person: Person, demands: Sequence[RoleDemand]) -> dict[str, rules.Shortage]:
    """Return the worst shortage of each role over the months that the initiative asks for it."""
    if not demands:
        return {}
    first = rules.month_of(min(one.starts_on for one in demands))
    last = max(one.ends_on for one in demands)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    board = queries.board(person, first, min(count, LONGEST))
    found = rules.shortages(board.asked, board.available, board.codes, board.months)
    today = rules.month_of(timezone.localdate())
    worst: dict[str, rules.Shortage] = {}
    for one in found:
        own = any(
            ask.role.code == one.role
            and ask.starts_on < rules.next_month(one.month)
            and ask.ends_on > one.month
            for ask in demands
        )
        if own and one.month >= today:
            worst.setdefault(one.role, one)
    return worst


def _sentence(
    initiative: Initiative,
    demands: Sequence[RoleDemand],
    costs: Sequence[CostLine],
    worth: Worth | None,
) -> str:
    told = []
    if demands:
        roles = {one.role_id for one in demands}
        told.append(
            ngettext("%(n)d role asked", "%(n)d roles asked", len(roles)) % {"n": len(roles)}
        )
    total = sum(float(one.amount_eur) for one in costs)
    if costs:
        told.append(_("%s of costs") % formats.short_euros(total))
    elif initiative.cost_eur is not None:
        told.append(_("%s of full cost") % formats.short_euros(initiative.cost_eur))
    if worth and worth.value_eur_per_year is not None:
        told.append(_("%s a year once in use") % formats.short_euros(worth.value_eur_per_year))
    if worth and worth.delay_cost_eur_per_week is not None:
        told.append(
            _("%s for each week of delay") % formats.short_euros(worth.delay_cost_eur_per_week)
        )
    return ", ".join(told) + "." if told else ""


def _notices(initiative: Initiative, costs: Sequence[CostLine]) -> list[Notice]:
    if costs or initiative.cost_eur is None:
        return []
    amount = formats.short_euros(initiative.cost_eur)
    if initiative.starts_on and initiative.ends_on:
        months = max((initiative.ends_on - initiative.starts_on).days / 30.44, 1.0)
        told = _(
            "No cost line: the full cost of %(amount)s is spread evenly over the dates, "
            "about %(monthly)s a month."
        ) % {
            "amount": amount,
            "monthly": formats.short_euros(float(initiative.cost_eur) / months),
        }
        return [Notice("info", told, _("Marked assumed everywhere until lines are written."))]
    told = _("The full cost of %s is known but not the dates: it is counted nowhere.") % amount
    return [Notice("warn", told)]


def _money(initiative: Initiative, costs: Sequence[CostLine]) -> str:
    """Compare the lines with the full cost; nothing when one of them is not known."""
    if not costs or initiative.cost_eur is None:
        return ""
    total = sum(float(one.amount_eur) for one in costs)
    gap = total - float(initiative.cost_eur)
    figures = {
        "total": formats.short_euros(total),
        "cost": formats.short_euros(initiative.cost_eur),
        "gap": formats.short_euros(abs(gap)),
    }
    if abs(gap) < 1:
        return _("The lines add up to the full cost, %(cost)s.") % figures
    if gap > 0:
        return _("The lines add up to %(total)s: %(gap)s more than the full cost.") % figures
    return _("The lines add up to %(total)s: %(gap)s of the full cost are not detailed.") % figures


def _source(provenance: str) -> Badge | str:
    label = words.source(provenance)
    return Badge(label, "warn") if provenance == Provenance.ASSUMED else label


def _demand_table(
    demands: Sequence[RoleDemand], short: dict[str, rules.Shortage], *, may_say: bool
) -> DataTable:
    return DataTable(
        caption=_("Who is needed"),
        caption_hidden=True,
        columns=(
            Column(_("Role"), wide=True),
            Column(_("Dates")),
            Column(_("FTE"), numeric=True),
            Column(_("Hands")),
            Column(_("Source")),
            *((Column(_("Act"), label_hidden=True),) if may_say else ()),
        ),
        rows=tuple(
            Row(
                (
                    one.role.name,
                    formats.dates(one.starts_on, one.ends_on),
                    words.fte(one.fte),
                    _hands(one, short.get(one.role.code)),
                    _source(one.provenance),
                    *(
                        (
                            Button(
                                _("Edit"),
                                reverse("resources:edit-demand", args=[one.pk]),
                                "quiet",
                                small=True,
                                described=one.role.name,
                            ),
                        )
                        if may_say
                        else ()
                    ),
                ),
                url=reverse("resources:role", args=[one.role_id]),
            )
            for one in demands
        ),
    )


def _hands(demand: RoleDemand, shortage: rules.Shortage | None) -> StatusMark:
    if shortage is not None:
        told = _("%(missing)s missing %(when)s") % {
            "missing": words.fte(shortage.missing_fte),
            "when": words.in_month(shortage.month),
        }
        return StatusMark("off", told)
    if not demand.role.capacities.exists():
        return StatusMark("unknown", _("capacity not said"))
    return StatusMark("ok", _("no shortage seen"))


def _cost_table(costs: Sequence[CostLine], *, may_say: bool) -> DataTable:
    total = sum(float(one.amount_eur) for one in costs)
    act = (Column(_("Act"), label_hidden=True),) if may_say else ()
    return DataTable(
        caption=_("Money"),
        caption_hidden=True,
        columns=(
            Column(_("Cost"), wide=True),
            Column(_("Dates")),
            Column(_("Amount"), numeric=True),
            Column(_("Nature")),
            Column(_("State")),
            Column(_("Source")),
            *act,
        ),
        rows=tuple(
            Row(
                (
                    one.name or _("Cost"),
                    formats.dates(one.starts_on, one.ends_on),
                    formats.euros(one.amount_eur),
                    one.get_nature_display(),
                    one.get_state_display(),
                    _source(one.provenance),
                    *(
                        (
                            Button(
                                _("Edit"),
                                reverse("resources:edit-cost", args=[one.pk]),
                                "quiet",
                                small=True,
                                described=one.name or one.get_nature_display(),
                            ),
                        )
                        if may_say
                        else ()
                    ),
                )
            )
            for one in costs
        ),
        footer=(_("Total"), "", formats.euros(total), "", "", "", *(("",) if may_say else ())),
    )


def _worth(worth: Worth) -> DefinitionList:
    ramp = (
        ngettext(
            "full value %(n)d week after go-live",
            "full value %(n)d weeks after go-live",
            worth.ramp_weeks,
        )
        % {"n": worth.ramp_weeks}
        if worth.ramp_weeks
        else _("full value from go-live")
    )
    return DefinitionList(
        (
            Definition(_("Value once in use, a year"), formats.euros(worth.value_eur_per_year)),
            Definition(_("Ramp"), ramp),
            Definition(_("A week of delay costs"), formats.euros(worth.delay_cost_eur_per_week)),
            Definition(_("How it was estimated"), worth.method.strip() or formats.undefined()),
            Definition(_("Source"), words.source(worth.provenance)),
        )
    )
