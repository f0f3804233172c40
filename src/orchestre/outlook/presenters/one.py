"""The outlook of one initiative: the promise, what drives it, what could be done."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.outlook import policy, queries
from orchestre.outlook.presenters import charts, words
from orchestre.outlook.presenters.checks import Checks, checks_of
from orchestre.outlook.presenters.earned import EarnedPage, earned_page
from orchestre.outlook.presenters.estimates import estimates_table
from orchestre.outlook.presenters.origin import Origin, origin_of
from orchestre.outlook.presenters.reference import Reference, reference_of
from orchestre.outlook.presenters.risks import RiskList, risk_list
from orchestre.outlook.services import compute
from orchestre.outlook.services import known as known_rows
from orchestre.outlook.services.compute import Outlook
from orchestre.outlook.services.earned import earned_of
from orchestre.outlook.services.quality import check
from orchestre.outlook.snapshot.chain import live_id
from orchestre.outlook.snapshot.money import budget_of
from orchestre.outlook.snapshot.rows import Known
from orchestre.portfolio.models import Initiative
from orchestre.runs.presenters import RunPage, run_page
from orchestre.ui import formats
from orchestre.ui.charts.curve import SCurve
from orchestre.ui.charts.slip import SlipChart
from orchestre.ui.charts.tornado import Tornado
from orchestre.ui.components import Button, Figure
from orchestre.ui.tables import DataTable
from orchestre_engine.outlook import Seen


@dataclass(frozen=True)
class SlipChoice:
    """What the "what if it slips" form offers."""

    pk: int
    name: str


@dataclass(frozen=True)
class OnePage:
    """What the page of one outlook shows."""

    sentence: str
    live: str
    figures: tuple[Figure, ...]
    curve: SCurve | None
    cost: SCurve | None
    tornado: Tornado | None
    checks: Checks
    risks: RiskList
    slips: SlipChart | None
    earned: EarnedPage | None
    reference: Reference
    estimates: DataTable | None
    choices: tuple[SlipChoice, ...]
    run: RunPage | None
    origin: Origin
    may_estimate: bool
    actions: tuple[Button, ...]


def one_page(person: Person, initiative: Initiative) -> OnePage | None:
    """Return the outlook of an initiative; None when it is stopped or archived."""
    inputs = known_rows.inputs()
    known = inputs.known.get(initiative.code)
    if known is None:
        return None
    code = known.code
    plan = compute.undrawn(code, inputs=inputs)
    checked = check(inputs, plan.built, code)
    view = plan if checked.refuses else compute.of_initiative(code, inputs=inputs)
    may = bool(policy.may_estimate(person, initiative))
    seen = charts.live_seen(view, code)
    earned = earned_of(inputs, code)
    visible = queries.visible_codes(person)
    chain = view.built.chains.get(code)
    result = view.result
    return OnePage(
        sentence=words.promise(view, seen, known.promised_on) if seen else "",
        live=_live(known),
        figures=_figures(view, known, seen) if seen else (),
        curve=charts.date_curve(view, seen, known.promised_on) if seen else None,
        cost=charts.cost_curve(result.costs[0].amount, budget_of(inputs, code))
        if result and result.costs
        else None,
        tornado=charts.tornado(view, code, visible),
        checks=checks_of(known, checked, visible, may_change=may),
        risks=risk_list(person, initiative, view, may=may),
        slips=charts.slip_chart(known, inputs.today),
        earned=earned_page(earned) if earned else None,
        reference=reference_of(inputs, known),
        estimates=estimates_table(known, chain.open_steps, may=may) if chain else None,
        choices=tuple(
            SlipChoice(one.pk, words.step_name(one)) for one in (chain.open_steps if chain else ())
        ),
        run=run_page(view.run, person) if view.run is not None and result is None else None,
        origin=origin_of(view, seen.end if seen else None),
        may_estimate=may,
        actions=_actions(code) if may else (),
    )


def _live(known: Known) -> str:
    if known.live_on is None:
        return ""
    return _("Live since %(day)s.") % {"day": formats.day(known.live_on)}


def _actions(code: str) -> tuple[Button, ...]:
    return (
        Button(_("Estimate the cost"), reverse("outlook:cost", args=[code])),
        Button(_("Add a risk"), reverse("outlook:add-risk", args=[code]), "primary", "plus"),
    )


def _figures(view: Outlook, known: Known, seen: Seen) -> tuple[Figure, ...]:
    chain = view.built.chains[known.code]
    source = "assumed" if chain.assumed else "declared"
    why = "#origin"
    day = view.built.day

    def figure(label: str, value: str, note: str = "") -> Figure:
        return Figure(label, value, why, provenance=source, note=note)  # type: ignore[arg-type]  # one of the three

    found = [
        figure(_("Promised"), formats.day(known.promised_on), _planned(view, known, seen)),
        figure(_("Kept?"), formats.percent(seen.probability_kept), _mitigated(view, known)),
        figure("P50", formats.day(day(seen.end.p50)), _("one world out of two")),
        figure("P80", formats.day(day(seen.end.p80)), _("four worlds out of five")),
        figure(_("In reserve"), words.in_weeks(seen.contingency), _("from the plan to P80")),
    ]
    if seen.joint_probability is not None:
        note = _("on the promised date and within the announced cost")
        found.append(figure(_("Both together"), formats.percent(seen.joint_probability), note))
    return tuple(found)


def _planned(view: Outlook, known: Known, seen: Seen) -> str:
    planned = view.built.day(seen.planned)
    if planned == known.promised_on:
        return _("the plan says the same")
    return _("the plan says %(day)s") % {"day": formats.day(planned)}


def _mitigated(view: Outlook, known: Known) -> str:
    if view.mitigated is None:
        return ""
    better = view.mitigated.of(live_id(known.code))
    return _("%(part)s once the mitigations are carried out, P80 %(day)s") % {
        "part": formats.percent(better.probability_kept),
        "day": formats.day(view.built.day(better.end.p80)),
    }
