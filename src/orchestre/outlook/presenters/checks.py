"""The fourteen checks of a plan, what refuses the draws, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from orchestre.load.presenters.words import listed
from orchestre.outlook.rules import Step
from orchestre.outlook.services.quality import Checked
from orchestre.outlook.snapshot.rows import Known
from orchestre.ui import formats
from orchestre.ui.components import Button, Notice, StatusMark
from orchestre.ui.tables import Column, DataTable, Row
from orchestre_engine.outlook import BLOCKING, Check

Words = str | Promise
LABELS: dict[str, Words] = {
    "logic": gettext_lazy("Steps without logic"),
    "leads": gettext_lazy("Overlaps (negative lags)"),
    "lags": gettext_lazy("Waits (positive lags)"),
    "relations": gettext_lazy("Finish-to-start links"),
    "constraints": gettext_lazy("Dates that cannot move"),
    "high_float": gettext_lazy("Float over 44 days"),
    "negative_float": gettext_lazy("Negative float"),
    "high_duration": gettext_lazy("Steps over 44 days"),
    "invalid_dates": gettext_lazy("Dates that cannot be"),
    "resources": gettext_lazy("Steps without hands"),
    "missed": gettext_lazy("Steps missed"),
    "critical_path": gettext_lazy("Critical path that responds"),
    "cpli": gettext_lazy("Critical path length index"),
    "bei": gettext_lazy("Baseline execution index"),
}
MENDS: dict[str, Words] = {
    "logic": gettext_lazy("Give a date to each milestone, and a start to the initiative."),
    "leads": gettext_lazy("Cut the first step in two and link the second to its first half."),
    "lags": gettext_lazy("Make a milestone of what is waited for."),
    "relations": gettext_lazy("Keep start-to-start and finish-to-finish links for exceptions."),
    "constraints": gettext_lazy("Check that each legal date really cannot move."),
    "high_float": gettext_lazy("Look for the dependency that nobody wrote."),
    "negative_float": gettext_lazy("The plan ends after the promise: move one of the two."),
    "high_duration": gettext_lazy("Add a milestone about every two months."),
    "invalid_dates": gettext_lazy("Move the forecasts that are past, or write that they were met."),
    "resources": gettext_lazy("Say which roles the initiative needs."),
    "missed": gettext_lazy("Say why, and forecast the steps that are left."),
    "critical_path": gettext_lazy("Link the milestones to the go-live."),
    "cpli": gettext_lazy("Under 0.95, the promise asks for more than the plan can give."),
    "bei": gettext_lazy("Under 0.95, steps are met less often than planned."),
}

NAMED = 3


@dataclass(frozen=True)
class Checks:
    """What the checks show: refusals first, then the fourteen."""

    refusals: tuple[Notice, ...]
    table: DataTable | None
    sentence: str
    refuses: bool


def checks_of(known: Known, checked: Checked, visible: set[str], *, may_change: bool) -> Checks:
    """Return the checks of one plan; what one may not see is not named."""
    hidden = _("a confidential initiative")
    loop = tuple(code if code in visible else hidden for code in checked.loop)
    shown = replace(checked, loop=loop)
    refusals = tuple(_refusals(known, shown, may_change=may_change))
    quality = checked.quality
    if quality is None:
        return Checks(refusals, None, "", checked.refuses)
    names = {str(one.pk): one for one in known.steps}
    rows = tuple(_row(one, names) for one in quality.checks)
    links = formats.number(quality.links_per_task, 1)
    table = DataTable(
        caption=_("Fourteen checks (DCMA), and %(n)s links per step") % {"n": links},
        columns=(
            Column(_("Check"), wide=True),
            Column(_("Found"), numeric=True),
            Column(_("Limit"), numeric=True),
            Column(_("Verdict")),
            Column(_("How to mend it"), wide=True),
        ),
        rows=rows,
    )
    failed = sum(one.passed is False for one in quality.checks)
    told = sum(one.passed is not None for one in quality.checks)
    sentence = ngettext(
        "%(n)s check out of %(all)s is not met.", "%(n)s checks out of %(all)s are not met.", failed
    ) % {"n": formats.number(failed), "all": formats.number(told)}
    return Checks(refusals, table, sentence, checked.refuses)


def _row(one: Check, names: dict[str, Step]) -> Row:
    state, text = _verdict(one)
    at_fault = listed((names[name].name for name in one.at_fault if name in names), NAMED)
    mend = str(MENDS[one.name]) if one.passed is False else ""
    return Row(
        (
            formats.labelled(LABELS[one.name], at_fault)
            if at_fault and one.passed is False
            else str(LABELS[one.name]),
            _figure(one),
            _limit(one),
            StatusMark(state, text),  # type: ignore[arg-type]  # one of the five states
            mend,
        ),
        tone="danger" if one.blocks else "",
    )


def _verdict(one: Check) -> tuple[str, str]:
    if one.passed is None:
        return "unknown", _("cannot be said")
    if one.passed:
        return "ok", _("met")
    if one.name in BLOCKING:
        return "off", _("not met, blocks")
    return "watch", _("not met")


def _figure(one: Check) -> str:
    if one.value is None:
        return formats.undefined()
    if one.name in {"cpli", "bei"}:
        return formats.number(one.value, 2)
    if one.name == "critical_path":
        return _("yes") if one.value else _("no")
    return f"{formats.percent(one.value)} ({one.count}/{one.total})"


def _limit(one: Check) -> str:
    if one.name == "critical_path":
        return _("yes")
    ratio = one.name in {"cpli", "bei"}
    limit = formats.number(one.limit, 2) if ratio else formats.percent(one.limit)
    return f"{'≥' if one.at_least else '≤'} {limit}"


def _refusals(known: Known, checked: Checked, *, may_change: bool) -> list[Notice]:
    plan = reverse("portfolio:plan", args=[known.code])
    edit = reverse("portfolio:edit", args=[known.code])

    def act(label: str, url: str) -> tuple[Button, ...]:
        return (Button(label, url),) if may_change else ()

    found = []
    if checked.no_date:
        found.append(
            Notice(
                "warn", _("The go-live has no date: nothing can be drawn."),
                _("Give it a date, even a rough one: the margin says how rough."),
                act(_("Give a go-live date"), f"{edit}#id_go_live_on"),
            )
        )  # fmt: skip
    if checked.loop:
        loop = " → ".join((*checked.loop, checked.loop[0]))
        found.append(
            Notice(
                "danger", _("These initiatives wait for one another: %(loop)s") % {"loop": loop},
                _("No order satisfies them all. Remove one of the dependencies."),
                act(_("See the dependencies"), plan),
            )
        )  # fmt: skip
    blocked = {one.name for one in checked.quality.blocking} if checked.quality else set()
    if "invalid_dates" in blocked:
        late = [
            _("“%s”") % one.name if one.name else _("the go-live") for one in checked.late_steps
        ]
        names = ", ".join(late) or _("the go-live")
        title = _("Dates that are already past, and not reached: %(names)s") % {"names": names}
        found.append(
            Notice(
                "warn", title,
                str(MENDS["invalid_dates"]), act(_("Mend the milestones"), plan),
            )
        )  # fmt: skip
    if "logic" in blocked:
        names = ", ".join(_("“%s”") % one.name for one in checked.undated_steps)
        text = _("Milestones without a date: %(names)s.") % {"names": names} if names else ""
        if checked.no_start:
            text = f"{text} {_('The initiative has no start.')}".strip()
        title = _("Too many steps hang on nothing for draws to mean anything.")
        found.append(Notice("warn", title, text, act(_("Mend the milestones"), plan)))
    if "critical_path" in blocked:
        title = _("A long delay does not reach the go-live: the plan is not linked.")
        found.append(Notice("warn", title, "", act(_("Mend the milestones"), plan)))
    return found
