"""A small organisation, the cast in it, and a client for each of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

import cast
import factories
import factories.orders
import factories.packs
import factories.selections
from orchestre.access import keys
from orchestre.access.models import User
from orchestre.exchange.services import receive
from orchestre.impacts.models import Activity
from orchestre.interactions.models import Finding
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import act
from orchestre.org.models import CalendarPeriod, CapacityRule
from orchestre.outlook.models import CostEstimate, MilestoneEstimate, RiskEvent
from orchestre.portfolio.models import (
    Contribution,
    Dependency,
    IndicatorEffect,
    Initiative,
    Milestone,
    Programme,
    Wave,
    WavePopulation,
)
from orchestre.resources.models import CostLine, Envelope, Role, RoleCapacity, RoleDemand, Worth
from orchestre.runs.models import Run
from orchestre.selection.models import Judgement, Order, Rater, Rating
from orchestre.sequencing import services as scenarios
from orchestre.sequencing.models import LegalStep, Plan, PlanningRule
from orchestre.sequencing.services import differences, live, plans
from orchestre.strategy.models import Indicator, Objective
from support import committee, results

CANARY = "Operation Canari"
EVERYBODY = ("ada", "claire", "paul", "rosa", "aude", "noam", "lina", "marc")
BASE = "/api/v1"


@dataclass
class World:
    """Rows by the name that tests know them by."""

    rows: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.rows[name]
        except KeyError:
            raise AttributeError(name) from None


def build() -> World:
    """Two units, a confidential initiative, and one row of everything."""
    cast.organisation()
    top = factories.unit("Groupe", code="TOP")
    north, south = factories.unit("Nord", top, code="NORD"), factories.unit("Sud", top, code="SUD")
    people = factories.population("Caristes", north, code="CAR", headcount=40)
    others = factories.population("Vendeurs", south, code="VEN", headcount=None)
    go_live = timezone.localdate() + timedelta(weeks=4)
    dates = {
        "starts_on": go_live - timedelta(weeks=20),
        "ends_on": go_live + timedelta(weeks=10),
        "go_live_on": go_live,
    }
    own = factories.initiative("Entrepôts", code="IN-1", unit=north, cost_eur="1250000.50", **dates)
    other = factories.initiative("Caisses", code="IN-2", unit=south, **dates)
    secret = factories.initiative(
        CANARY, code="IN-9", unit=south, confidential=True, why=CANARY, **dates
    )
    world = World(locals() | {"day": go_live})
    cast.lead_of(own.pk)
    cast.manager_of(north.pk)
    for name in EVERYBODY:
        cast.person(name)
    _more(world)
    return world


def _more(world: World) -> None:
    rows, day = world.rows, world.day
    own, other, secret = world.own, world.other, world.secret
    rows["programme"] = Programme.objects.create(code="PG-1", name="Socle")
    Initiative.objects.filter(pk=own.pk).update(programme=world.programme)
    Initiative.objects.filter(pk=other.pk).update(stage="launch")
    rows["objective"] = Objective.objects.create(code="OB-1", title="Livrer en 24 h", axis="Client")
    rows["indicator"] = Indicator.objects.create(code="KPI-1", name="Retards", direction="down")
    rows["milestone"] = Milestone.objects.create(initiative=own, name="Go", forecast_on=day)
    rows["secret_milestone"] = Milestone.objects.create(initiative=secret, name=CANARY)
    rows["dependency"] = Dependency.objects.create(predecessor=own, successor=other, what="API")
    rows["secret_dependency"] = Dependency.objects.create(predecessor=secret, successor=own)
    rows["contribution"] = Contribution.objects.create(initiative=own, objective=world.objective)
    rows["effect"] = IndicatorEffect.objects.create(
        initiative=own, indicator=world.indicator, direction="down"
    )
    rows["impact"] = factories.impact(own, world.people, hours_per_person=60.0)
    rows["other_impact"] = factories.impact(other, world.others)
    rows["secret_impact"] = factories.impact(secret, world.others, from_state=CANARY)
    rows["activity"] = Activity.objects.create(
        initiative=own, population=world.people, starts_on=day,
        ends_on=day + timedelta(days=7), hours_per_person=3.5, name="Formation",
    )  # fmt: skip
    rows["secret_activity"] = Activity.objects.create(
        initiative=secret, population=world.others, starts_on=day,
        ends_on=day + timedelta(days=7), hours_per_person=1, name=CANARY,
    )  # fmt: skip
    for prefix, one, people in (("", own, world.people), ("secret_", secret, world.others)):
        wave = Wave.objects.create(
            initiative=one, name=CANARY if prefix else "Nord", go_live_on=day
        )
        WavePopulation.objects.create(wave=wave, initiative=one, population=people)
        rows[f"{prefix}wave"] = wave
    rows["rule"] = CapacityRule.objects.create(unit=world.north, absorption_ratio=0.04)
    rows["period"] = CalendarPeriod.objects.create(
        unit=world.north, name="Inventaire", starts_on=day, ends_on=day + timedelta(days=14)
    )
    for name, one in (("", own), ("secret_", secret)):
        rows[f"{name}risk"] = RiskEvent.objects.create(
            initiative=one, name=CANARY if name else "Retard", probability=0.3, impact_weeks=2.0
        )
        rows[f"{name}estimate"] = MilestoneEstimate.objects.create(
            milestone=rows[f"{name}milestone"], optimistic_on=day, likely_on=day,
            pessimistic_on=day + timedelta(days=30), basis=CANARY if name else "Avis",
        )  # fmt: skip
        said = CANARY if name else "Comité"
        PlanningRule.objects.create(initiative=one, earliest_on=day, reason=said)
        CostEstimate.objects.create(initiative=one, low_ratio=0.8, high_ratio=1.2, basis=said)
        rows[f"{name}step"] = LegalStep.objects.create(
            initiative=one, name=CANARY if name else "Avis du CSE", opens_on=day, delay_weeks=4
        )
    rows["open_milestone"] = Milestone.objects.create(
        initiative=own, name="Recette", forecast_on=day - timedelta(days=7)
    )
    rows["finding"] = Finding.objects.create(
        key="k1", kind="synergy", rule="same-words", facts={"told": []}
    )
    world.finding.initiatives.set([own, other])
    rows["secret_finding"] = Finding.objects.create(
        key="k2", kind="synergy", rule="same-words", facts={"told": [["word", CANARY]]}
    )
    world.secret_finding.initiatives.set([own, secret])
    rows["run"] = Run.objects.create(
        kind="similarity", fingerprint="f" * 64, engine_version="1",
        requested_by=cast.person("claire"),
    )  # fmt: skip
    _means(world)
    rows.update(results.world(own))
    rows["secret_benefit"] = results.benefit(secret, "B-09", title=CANARY)
    with act(cast.person("claire"), "portfolio.update", f"Changed {CANARY}") as done:
        done.update(secret, {"sponsor_name": CANARY})
    rows["act"] = ChangeSet.objects.get(label=f"Changed {CANARY}")
    rows["imported"] = receive(cast.person("claire"), CSV, "portefeuille.csv")
    rows["order"] = factories.orders.search(cast.person("claire"), "IN-1", "CAR")
    rows["pack"] = factories.packs.publication(cast.person("claire"))
    rows["secret_pack"] = factories.packs.publication(cast.person("claire"), confidential=True)
    rows |= committee.secret(committee.build(cast.person("claire"), own), secret, CANARY)
    _selections(rows, own)
    _scenarios(world)
    rows["token"], _secret = token("claire")


def _selections(rows: dict[str, Any], own: Any) -> None:
    """Make a shared exercise with one of everything, and a private one with as much."""
    claire = cast.person("claire")
    made = factories.selections.whole(claire, own)
    made["given"] = made.pop("order")
    rows |= made
    hidden = factories.selections.selection(claire, name=CANARY)
    one, two = factories.selections.drivers(hidden, CANARY, f"{CANARY} 2")
    rater = Rater.objects.create(selection=hidden, name=CANARY)
    rows["secret_selection"], rows["secret_driver"], rows["secret_rater"] = hidden, one, rater
    rows["secret_judgement"] = Judgement.objects.create(
        rater=rater, first=one, second=two, ratio=3.0
    )
    rows["secret_rating"] = Rating.objects.create(driver=one, initiative=own, level="low")
    rows["secret_given"] = Order.objects.create(
        selection=hidden, initiative=own, way=Order.Way.IN, reason=CANARY
    )


def _means(world: World) -> None:
    rows, dates = world.rows, {"starts_on": world.day, "ends_on": world.day + timedelta(days=90)}
    rows["role"] = Role.objects.create(code="RO-01", name="Architectes", unit=world.north)
    rows["idle_role"] = Role.objects.create(code="RO-02", name="Juristes")
    rows["role_capacity"] = RoleCapacity.objects.create(role=world.role, fte=2.0, **dates)
    for prefix, one in (("", world.own), ("secret_", world.secret)):
        rows[f"{prefix}demand"] = RoleDemand.objects.create(
            initiative=one, role=world.role, fte=1.5, **dates
        )
        rows[f"{prefix}cost"] = CostLine.objects.create(
            initiative=one, name=CANARY if prefix else "Licences", amount_eur=1000, **dates
        )
        rows[f"{prefix}worth"] = Worth.objects.create(
            initiative=one, value_eur_per_year=10_000, method=CANARY if prefix else "Atelier"
        )
    rows["envelope"] = Envelope.objects.create(name="Budget", amount_eur=5000, **dates)


def _scenarios(world: World) -> None:
    """Make a scenario that everybody reads, the draft of somebody else, and a former plan."""
    claire, rows = cast.person("claire"), world.rows
    rows["scenario"] = scenarios.draft(claire, "Later")
    scenarios.override(claire, world.scenario, world.own, {"shift_days": 7})
    scenarios.share(claire, world.scenario)
    rows["expected"] = differences.of(world.scenario).expected
    rows["secret_scenario"] = scenarios.draft(cast.person("paul"), "Private")
    frozen = plans.to_bytes(plans.content(live.afresh()))
    rows["plan"] = Plan.objects.create(
        number=1, name="Former", content=frozen, fingerprint=plans.digest(frozen),
        published_at=timezone.now(), superseded_at=timezone.now(),
    )  # fmt: skip


CSV = "Titre;Budget k€\nNouvelle paie;120\n".encode()


def token(name: str, *, may_write: bool = True) -> tuple[Any, str]:
    """Draw a token for one member of the cast."""
    return keys.create_token(cast.person(name), "tests", may_write=may_write, expires_on=_soon())


def _soon() -> date:
    return timezone.localdate() + timedelta(days=30)


class Caller:
    """A program that calls the API with a token."""

    def __init__(self, secret: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def __call__(
        self, method: str, path: str, body: Any = None, raw: bytes | None = None, **headers: str
    ) -> HttpResponse:
        """Send one request; a body is sent as JSON."""
        content = raw if raw is not None else (b"" if body is None else json.dumps(body).encode())
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method, path if path.startswith("/api") else BASE + path, content,
            content_type="application/json", headers={**self.headers, **named},
        )  # type: ignore[return-value]  # fmt: skip

    def get(self, path: str, **headers: str) -> Any:
        return self("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self("POST", path, body, **headers)

    def patch(self, path: str, body: Any, version: int | None = None) -> Any:
        told = {} if version is None else {"If_Match": f'"{version}"'}
        return self("PATCH", path, body, **told)

    def delete(self, path: str, version: int | None = None) -> Any:
        told = {} if version is None else {"If_Match": f'"{version}"'}
        return self("DELETE", path, **told)


def caller(name: str, *, may_write: bool = True) -> Caller:
    """Return the client of one member of the cast."""
    return Caller(token(name, may_write=may_write)[1]) if name else Caller()


def account(name: str) -> User:
    """Return one member of the cast."""
    return cast.person(name)
