"""Milestones and dependencies as tables, with what each side agreed."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orchestre.access.reach import Person
from orchestre.portfolio import policy
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.portfolio.presenters import words
from orchestre.portfolio.queries import one
from orchestre.portfolio.queries.one import Need
from orchestre.portfolio.rules.view import PAGE_ROWS
from orchestre.ui import formats
from orchestre.ui.component import Content
from orchestre.ui.components import Badge, Button, EmptyState, Pager, StatusMark
from orchestre.ui.tables import Column, DataTable, Row


@dataclass(frozen=True)
class PlanPage:
    """What the plan of one initiative shows."""

    milestones: DataTable
    given: tuple[NeedLine, ...]
    needed: tuple[NeedLine, ...]
    broken: int


@dataclass(frozen=True)
class NeedLine:
    """One dependency seen from one initiative."""

    name: str
    url: str
    what: str
    kind: str
    lag: str
    state: StatusMark
    agreed_here: bool
    agreed_there: bool
    agree: Button | None
    remove: Button | None


def plan_page(person: Person, initiative: Initiative, *, printed: bool = False) -> PlanPage:
    """Return the plan of an initiative; without anything to press when it is printed."""
    may = not printed and bool(policy.may_change(person, initiative))
    needs = one.needs_of(person, initiative)
    return PlanPage(
        milestones=milestones_table(initiative, one.milestones_of(initiative), may=may),
        given=tuple(_line(need, may=may) for need in needs if need.gives),
        needed=tuple(_line(need, may=may) for need in needs if not need.gives),
        broken=sum(need.is_broken for need in needs),
    )


def milestones_table(
    initiative: Initiative, milestones: list[Milestone], *, may: bool
) -> DataTable:
    """Return the milestones with their drift."""
    heads = [
        Column(_("Milestone"), wide=True),
        Column(_("Kind")),
        Column(_("Baseline")),
        Column(_("Forecast")),
        Column(_("Reached")),
        Column(_("Drift"), numeric=True),
    ]
    if may:
        heads.append(Column(pgettext("act", "Change"), label_hidden=True))
    return DataTable(
        caption=_("Milestones"),
        caption_hidden=True,
        columns=tuple(heads),
        rows=tuple(_milestone_row(initiative, row, may=may) for row in milestones),
        empty=EmptyState(
            "new", _("No milestone yet."), _("A first dated event makes the plan readable.")
        ),
    )


def _milestone_row(initiative: Initiative, row: Milestone, *, may: bool) -> Row:
    late = (
        row.actual_on is None
        and row.forecast_on is not None
        and row.forecast_on < timezone.localdate()
    )
    forecast: Content = formats.day(row.forecast_on)
    if late:
        forecast = StatusMark("off", _("%s, passed") % formats.day(row.forecast_on))
    cells: list[Content] = [
        row.name,
        words.capital(Milestone.Kind(row.kind).label),
        formats.day(row.baseline_on),
        forecast,
        formats.day(row.actual_on) if row.actual_on else _("to come"),
        _drift(row),
    ]
    if may:
        address = reverse("portfolio:milestone", args=[initiative.code, row.pk])
        cells.append(
            Button(pgettext("act", "Change"), address, "quiet", small=True, described=row.name)
        )
    return Row(tuple(cells), tone="danger" if late else "")


def _drift(row: Milestone) -> str:
    reached = row.actual_on or row.forecast_on
    if row.baseline_on is None or reached is None:
        return formats.undefined()
    days = (reached - row.baseline_on).days
    sign = "+" if days > 0 else "−" if days < 0 else ""
    return _("%s d") % f"{sign}{formats.number(abs(days))}"


def state_of(need: Need) -> StatusMark:
    """Return whether the dates hold, in shape and words."""
    if need.slack_days is None:
        return StatusMark("unknown", words.slack(None))
    return StatusMark("off" if need.is_broken else "ok", words.slack(need.slack_days))


def _line(need: Need, *, may: bool) -> NeedLine:
    row = need.dependency
    here = row.agreed_by_giver if need.gives else row.agreed_by_taker
    there = row.agreed_by_taker if need.gives else row.agreed_by_giver
    origin = row.predecessor if need.gives else row.successor
    name = f"{need.other.code} {need.other.title}" if need.other else _("A confidential initiative")
    agree = remove = None
    if may and need.other:
        agree = Button(
            _("Withdraw") if here else _("Agree"),
            reverse("portfolio:agree", args=[origin.code, row.pk]),
            "quiet",
            method="post",
            name="agreed",
            value="0" if here else "1",
            described=name,
            small=True,
        )
        remove = Button(
            _("Delete"),
            reverse("portfolio:dependency-remove", args=[origin.code, row.pk]),
            "quiet",
            method="post",
            described=name,
            small=True,
        )
    return NeedLine(
        name=name,
        url=reverse("portfolio:show", args=[need.other.code]) if need.other else "",
        what=row.what or _("a result that is not named"),
        kind=words.capital(words.dependency_kind(row.kind)),
        lag=_lag(row.lag_days),
        state=state_of(need),
        agreed_here=here,
        agreed_there=there,
        agree=agree,
        remove=remove,
    )


def _lag(days: int) -> str:
    if not days:
        return ""
    words = ngettext("with %(n)d day between", "with %(n)d days between", abs(days))
    if days < 0:
        words = ngettext("with %(n)d day of overlap", "with %(n)d days of overlap", abs(days))
    return words % {"n": abs(days)}


def dependencies_table(needs: list[Need], page: int) -> DataTable:
    """Return one page of the dependencies of the portfolio, the broken first."""
    pages = max(1, -(-len(needs) // PAGE_ROWS))
    page = min(max(page, 1), pages)
    cut = needs[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    return DataTable(
        caption=_("Dependencies"),
        caption_hidden=True,
        columns=(
            Column(_("Who waits")),
            Column(_("For which initiative")),
            Column(_("What is delivered"), wide=True),
            Column(_("Type")),
            Column(_("Dates")),
            Column(_("Agreement")),
        ),
        rows=tuple(_dependency_row(need) for need in cut),
        pager=_pager(len(needs), len(cut), page, pages),
        empty=EmptyState(
            "new",
            _("No dependency yet."),
            _("Say what an initiative needs of another on its page, under Plan."),
            Button(_("See the portfolio"), reverse("portfolio:list"), "primary"),
        ),
    )


def _pager(total: int, shown: int, page: int, pages: int) -> Pager | None:
    if pages == 1:
        return None
    first = (page - 1) * PAGE_ROWS + 1
    summary = _("%(first)s–%(last)s of %(total)s dependencies") % {
        "first": formats.number(first),
        "last": formats.number(first + shown - 1),
        "total": formats.number(total),
    }
    return Pager(
        summary,
        f"?page={page - 1}" if page > 1 else "",
        f"?page={page + 1}" if page < pages else "",
    )


def _dependency_row(need: Need) -> Row:
    row = need.dependency
    both = row.agreed_by_giver and row.agreed_by_taker
    missing = [
        end.code
        for end, agreed in (
            (row.predecessor, row.agreed_by_giver),
            (row.successor, row.agreed_by_taker),
        )
        if not agreed
    ]
    agreement = (
        Badge(_("Agreed"), "success")
        if both
        else Badge(_("%s has not agreed") % ", ".join(missing), "warn")
    )
    return Row(
        (
            f"{row.successor.code} {row.successor.title}",
            f"{row.predecessor.code} {row.predecessor.title}",
            row.what or formats.undefined(),
            words.capital(words.dependency_kind(row.kind)),
            state_of(need),
            agreement,
        ),
        url=reverse("portfolio:plan", args=[row.successor.code]),
        tone="danger" if need.is_broken else "",
    )
