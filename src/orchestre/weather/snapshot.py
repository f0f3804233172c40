"""Rows in, figures out: what the engine reads of every initiative under way, in bulk.

The number of queries does not depend on the number of initiatives. Confidential ones are in:
who is shown what is decided later, by the reader's permissions.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q, Sum
from django.utils import timezone

from orchestre.interactions.models import Finding
from orchestre.journal.models import Change
from orchestre.load.services import compute as load
from orchestre.portfolio.models import Contribution, Dependency, Initiative, Milestone
from orchestre.portfolio.rules.dates import Span, slack_days
from orchestre.resources.models import CostLine, Envelope, Worth
from orchestre.runs.models import Run
from orchestre.weather import policy
from orchestre.weather.models import ThresholdSet
from orchestre.weather.rules.zombies import Pulse
from orchestre_engine.value import health as engine

SCOPE_DAYS = 90
MOVES_DAYS = 365
LATE_AFTER_DAYS = 7
LEAST_MILESTONES = 3
WORDS = {engine.Level.GREEN: "ok", engine.Level.AMBER: "watch", engine.Level.RED: "off", None: ""}
LEVELS = {word: level for level, word in WORDS.items()}
HINDERING = (
    Finding.Kind.OVERLOAD,
    Finding.Kind.INTERFERENCE,
    Finding.Kind.CONTRADICTION,
    Finding.Kind.BROKEN_DEPENDENCY,
    Finding.Kind.CYCLE,
)

# kind, baseline, forecast and actual day of a milestone
Days = tuple[str, date | None, date | None, date | None]


@dataclass
class Known:
    """What is known of one initiative: figures by name, counts behind them, and its pulse."""

    pk: int
    code: str
    title: str
    starts_on: date | None
    ends_on: date | None
    baseline_starts_on: date | None
    baseline_ends_on: date | None
    cost_eur: float | None
    programme: int | None
    touched_on: date
    figures: dict[str, float] = field(default_factory=dict)
    behind: dict[str, float] = field(default_factory=dict)
    milestones: list[Days] = field(default_factory=list)
    added: int = 0
    moved: int = 0
    pushed: int = 0
    dropped: int = 0
    drift_days: int | None = None
    remaining_eur: float | None = None

    def pulse(self, today: date, reported_on: date | None) -> Pulse:
        """Return what tells whether it lives."""
        ahead = any(
            actual is None and forecast is not None and forecast >= today
            for _kind, _baseline, forecast, actual in self.milestones
        )
        spends = bool(self.remaining_eur)
        return Pulse(
            self.starts_on, self.ends_on, reported_on, self.touched_on, self.moved, ahead, spends
        )


def thresholds() -> tuple[int, engine.Thresholds, int]:
    """Return the thresholds in force: their number, themselves, and the period in days.

    Before anybody writes a version, those of the method page are number 1.
    """
    row = ThresholdSet.objects.first()
    if row is None:
        return 1, engine.Thresholds(), 7
    return row.number, thresholds_of(row.values), int(row.values["period_days"])


def thresholds_of(values: dict[str, Any]) -> engine.Thresholds:
    """Read thresholds as they are stored."""
    return engine.Thresholds(
        bounds={name: (pair[0], pair[1]) for name, pair in values["bounds"].items()},
        weights=dict(values["weights"]),
        blocking=frozenset(values["blocking"]),
        rule=values["rule"],
        least_known_share=values["least_known_share"],
    )


def stored_of(thresholds: engine.Thresholds, period_days: int) -> dict[str, Any]:
    """Return thresholds as they are stored."""
    return {
        "bounds": {name: list(pair) for name, pair in thresholds.bounds.items()},
        "weights": dict(thresholds.weights),
        "blocking": sorted(thresholds.blocking),
        "rule": thresholds.rule,
        "least_known_share": thresholds.least_known_share,
        "period_days": period_days,
    }


def take(today: date, only: int | None = None) -> dict[int, Known]:
    """Read every initiative under way, or one."""
    rows = policy.under_way(Initiative.objects.all())
    if only is not None:
        rows = rows.filter(pk=only)
    zone = timezone.get_current_timezone()
    found = {
        row[0]: Known(
            *row[:7],
            None if row[7] is None else float(row[7]),
            row[8],
            row[9].astimezone(zone).date(),
        )
        for row in rows.order_by().values_list(
            "pk", "code", "title", "starts_on", "ends_on", "baseline_starts_on",
            "baseline_ends_on", "cost_eur", "programme_id", "updated_at",
        )
    }  # fmt: skip
    within = Q(initiative_id=only) if only is not None else Q()
    _milestones(found, within)
    _moves(found, only)
    for one in found.values():
        _schedule(one, today)
    _scope(found, only)
    _money(found, within, today)
    _benefits(found, within)
    _risks(found, only)
    _people(found)
    return found


def _milestones(found: dict[int, Known], within: Q) -> None:
    zone = timezone.get_current_timezone()
    rows = Milestone.objects.filter(within).order_by()
    for key, kind, baseline, forecast, actual in rows.values_list(
        "initiative_id", "kind", "baseline_on", "forecast_on", "actual_on"
    ):
        one = found.get(key)
        if one is not None:
            one.milestones.append((kind, baseline, forecast, actual))
    late: dict[int, datetime] = {}  # from when a milestone was added to those of the beginning
    told = (Max("updated_at"), Min("created_at"), Max("created_at"))
    for key, touched, first, last in rows.values_list("initiative_id").annotate(*told):
        one = found.get(key)
        if one is None:
            continue
        one.touched_on = max(one.touched_on, touched.astimezone(zone).date())
        if last > first + timedelta(days=1):
            late[key] = first + timedelta(days=1)
    if not late:
        return
    recent = rows.filter(created_at__gt=timezone.now() - timedelta(days=SCOPE_DAYS))
    for key, made in recent.values_list("initiative_id", "created_at"):
        if key in late and made > late[key]:
            found[key].added += 1


def _moves(found: dict[int, Known], only: int | None) -> None:
    """Count, in the journal, the dates moved later and the milestones dropped."""
    now = timezone.now()
    recent = now - timedelta(days=SCOPE_DAYS)
    dates = Q(after__has_any_keys=["forecast_on", "ends_on", "go_live_on"])
    wanted = Q(operation=Change.Operation.UPDATED) & dates
    wanted |= Q(operation=Change.Operation.DELETED, model="portfolio.milestone")
    rows = (
        Change.objects.filter(wanted, model__in=["portfolio.initiative", "portfolio.milestone"])
        .filter(change_set__created_at__gte=now - timedelta(days=MOVES_DAYS))
        .filter(change_set__undone_by=None, change_set__undoes=None)
        .order_by("pk")
        .values_list("model", "object_id", "operation", "before", "after", "change_set_id",
                     "change_set__created_at")
    )  # fmt: skip
    owners = _owners(found, only) if found else {}
    seen: set[tuple[int, int]] = set()
    for model, key, operation, before, after, act, at in rows:
        if operation == Change.Operation.DELETED:
            one = found.get(before.get("initiative_id") or 0)
            if one is not None and at >= recent:
                one.dropped += 1
            continue
        one = found.get(key if model == "portfolio.initiative" else owners.get(key, 0))
        if one is None or not _later(before, after):
            continue
        if model == "portfolio.milestone" and at >= recent:
            one.pushed += 1
        if (one.pk, act) not in seen:  # an act that moves several dates moves the initiative once
            seen.add((one.pk, act))
            one.moved += 1


def _owners(found: dict[int, Known], only: int | None) -> dict[int, int]:
    rows = Milestone.objects.order_by()
    if only is not None:
        rows = rows.filter(initiative_id__in=list(found))
    return dict(rows.values_list("pk", "initiative_id"))


def _later(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return any(
        after.get(name) and before.get(name) and after[name] > before[name]
        for name in ("forecast_on", "ends_on", "go_live_on")
    )


def _schedule(one: Known, today: date) -> None:
    # what is not met yet cannot be met before today
    promised = [
        (kind, baseline, actual or max(forecast or baseline, today))
        for kind, baseline, forecast, actual in one.milestones
        if baseline is not None
    ]
    late = sum((now - baseline).days > LATE_AFTER_DAYS for _kind, baseline, now in promised)
    if len(promised) >= LEAST_MILESTONES:
        one.figures["late_share"] = late / len(promised)
    one.behind |= {"milestones": len(promised), "late": late}
    drifts = [
        (now - baseline).days for kind, baseline, now in promised if kind == Milestone.Kind.GO_LIVE
    ]
    if one.ends_on and one.baseline_ends_on:
        drifts.append((one.ends_on - one.baseline_ends_on).days)
    planned = _planned_days(one, [row for row in promised if row[0] == Milestone.Kind.GO_LIVE])
    if drifts:
        one.drift_days = max(drifts)
        one.behind["drift_days"] = one.drift_days
        if planned:
            one.behind["planned_days"] = planned
            one.figures["drift"] = max(one.drift_days, 0) / planned


def _planned_days(one: Known, go_lives: list[tuple[str, date, date]]) -> int | None:
    starts_on = one.baseline_starts_on or one.starts_on
    ends_on = one.baseline_ends_on or max((row[1] for row in go_lives), default=None)
    if starts_on is None or ends_on is None or ends_on <= starts_on:
        return None
    return (ends_on - starts_on).days


def _scope(found: dict[int, Known], only: int | None) -> None:
    broken: dict[int, int] = defaultdict(int)
    linked: set[int] = set()
    rows = Dependency.objects.order_by()
    if only is not None:
        rows = rows.filter(Q(predecessor_id=only) | Q(successor_id=only))
    ends = ("starts_on", "ends_on")
    for giver, taker, kind, lag, *days in rows.values_list(
        "predecessor_id", "successor_id", "kind", "lag_days",
        *(f"{end}__{name}" for end in ("predecessor", "successor") for name in ends),
    ):  # fmt: skip
        linked |= {giver, taker}
        slack = slack_days(kind, Span(*days[:2]), Span(*days[2:]), lag)
        if slack is not None and slack < 0:
            broken[giver] += 1
            broken[taker] += 1
    for key, one in found.items():
        if one.milestones:
            before = len(one.milestones) - one.added + one.dropped
            moved = one.added + one.pushed + one.dropped
            if before >= LEAST_MILESTONES:  # of one milestone, a week's move is not a crisis
                one.figures["churn"] = moved / before
            one.behind |= {"added": one.added, "pushed": one.pushed, "dropped": one.dropped}
        if key in linked:
            one.figures["broken"] = float(broken[key])


def _money(found: dict[int, Known], within: Q, today: date) -> None:
    lines: dict[int, float] = {}
    rows = CostLine.objects.filter(within).order_by()
    for key, amount in rows.values_list("initiative_id").annotate(Sum("amount_eur")):
        lines[key] = float(amount)
    ahead = rows.exclude(state=CostLine.State.SPENT).filter(ends_on__gt=today)
    remaining: dict[int, float] = defaultdict(float)
    for key, starts_on, ends_on, amount in ahead.values_list(
        "initiative_id", "starts_on", "ends_on", "amount_eur"
    ):
        left = (ends_on - max(starts_on, today)).days / (ends_on - starts_on).days
        remaining[key] += float(amount) * left
    envelopes = {
        key: float(amount)
        for key, amount in Envelope.objects.exclude(programme=None)
        .order_by()
        .values_list("programme_id")
        .annotate(Sum("amount_eur"))
    }
    asked = _asked_of(set(envelopes))
    for key, one in found.items():
        if key in lines:
            one.remaining_eur = remaining[key]
            one.behind["lines_eur"] = lines[key]
            if one.cost_eur:
                one.behind["budget_eur"] = one.cost_eur
                one.figures["overrun"] = lines[key] / one.cost_eur - 1
        envelope = envelopes.get(one.programme or 0)
        if envelope and one.programme in asked:
            one.figures["envelope"] = asked[one.programme] / envelope


def _asked_of(programmes: set[int]) -> dict[int, float]:
    if not programmes:
        return {}
    rows = CostLine.objects.filter(
        initiative__programme__in=programmes, initiative__archived_at=None
    ).exclude(initiative__stage=Initiative.Stage.STOPPED)
    told = rows.order_by().values_list("initiative__programme_id").annotate(Sum("amount_eur"))
    return {key: float(amount) for key, amount in told}


def _benefits(found: dict[int, Known], within: Q) -> None:
    worths = Worth.objects.filter(within, value_eur_per_year__gt=0).order_by()
    for key, value in worths.values_list("initiative_id", "value_eur_per_year"):
        one = found.get(key)
        if one is not None and value is not None:
            one.behind["value_eur"] = float(value)
            if one.drift_days is not None:
                one.figures["lost_value"] = min(max(one.drift_days, 0) / 365, 1.0)
    told = (
        Contribution.objects.filter(within)
        .order_by()
        .values_list("initiative_id")
        .annotate(
            served=Count("objective", distinct=True),
            measured=Count(
                "objective", distinct=True, filter=Q(objective__indicators__isnull=False)
            ),
        )
    )
    for key, all_of_them, measured in told:
        one = found.get(key)
        if one is not None:
            one.figures["unmeasured"] = 1 - measured / all_of_them
            one.behind |= {"objectives": all_of_them, "measured": measured}


def _risks(found: dict[int, Known], only: int | None) -> None:
    """Count confirmed findings nobody settled; unknown while the rules have never looked."""
    if not Run.objects.filter(kind="interactions", status=Run.Status.DONE).exists():
        return
    links = Finding.initiatives.through.objects.filter(
        finding__state=Finding.State.CONFIRMED,
        finding__present=True,
        finding__kind__in=HINDERING,
    )
    if only is not None:
        links = links.filter(initiative_id=only)
    for known in found.values():
        if known.starts_on and known.ends_on:  # the rules cannot look at what has no dates
            known.figures["unsettled"] = 0.0
    now = timezone.now()
    for key, decided_at in links.order_by().values_list("initiative_id", "finding__decided_at"):
        one = found.get(key)
        if one is not None:
            age = (now - (decided_at or now)).days
            one.figures["unsettled"] = one.figures.get("unsettled", 0.0) + 1
            one.figures["oldest_days"] = max(one.figures.get("oldest_days", 0.0), float(age))


def _people(found: dict[int, Known]) -> None:
    view = load.at_hand()
    first = view.week_index(load.today()) or 0
    rows = {code: row for row, code in enumerate(view.result.population_ids)}
    heaviest = view.heaviest(first)
    drawn = view.uncertainty
    for one in found.values():
        worst = heaviest.get(one.code)
        if worst is None:
            continue
        ratio, population, week = worst
        row = rows[population]
        one.figures["load_ratio"] = min(ratio, 99.0)
        if drawn is not None and population in drawn.population_ids:
            at = drawn.population_ids.index(population)
            one.figures["probability"] = float(drawn.probability_over[at, week])
        heads = view.result.headcounts[row]
        if ratio > 1 and heads is not None:
            one.behind["people_over"] = heads


def hours_ahead(codes: set[str]) -> dict[str, float | None]:
    """Return the person-hours that initiatives still ask from this week on.

    None when one of the populations it touches has no known headcount.
    """
    view = load.at_hand()
    known = view.hours_ahead(view.week_index(load.today()) or 0)
    return {code: known.get(code, 0.0) for code in codes}
