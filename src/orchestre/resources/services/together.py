"""What moves and is copied with an initiative."""

from __future__ import annotations

from django.utils import timezone

from orchestre.journal.services import Act
from orchestre.portfolio.models import Initiative
from orchestre.resources.models import CostLine, RoleDemand, Worth
from orchestre.resources.services import checks

DEMAND_FACTS = ("role_id", "starts_on", "ends_on", "fte", "provenance", "custom")
COST_FACTS = ("name", "starts_on", "ends_on", "amount_eur", "nature", "provenance", "custom")
WORTH_FACTS = (
    "value_eur_per_year",
    "ramp_weeks",
    "delay_cost_eur_per_week",
    "method",
    "provenance",
    "custom",
)


def move_with(done: Act, initiative: Initiative, days: int) -> None:
    """Shift what is asked of roles and what is not spent; what is over or spent stays."""
    today = timezone.localdate()
    for demand in RoleDemand.objects.filter(initiative=initiative, ends_on__gt=today):
        done.update(demand, checks.shifted(demand.starts_on, demand.ends_on, days))
    unspent = CostLine.objects.filter(initiative=initiative).exclude(state=CostLine.State.SPENT)
    for cost in unspent:
        done.update(cost, checks.shifted(cost.starts_on, cost.ends_on, days))


def copy_with(done: Act, source: Initiative, copy: Initiative) -> None:
    """Give a copied initiative the same demands, costs (all planned) and worth."""
    done.create_many(
        [
            RoleDemand(initiative=copy, **{name: getattr(one, name) for name in DEMAND_FACTS})
            for one in RoleDemand.objects.filter(initiative=source)
        ]
    )
    done.create_many(
        [
            CostLine(initiative=copy, **{name: getattr(one, name) for name in COST_FACTS})
            for one in CostLine.objects.filter(initiative=source)
        ]
    )
    worth = Worth.objects.filter(initiative=source).first()
    if worth is not None:
        done.create(Worth(initiative=copy, **{n: getattr(worth, n) for n in WORTH_FACTS}))
