"""One of each thing, and one person of each role: what the table of routes is walked with.

A feature whose routes need another object adds it here and names it in `routes.csv`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

import cast
import factories
import factories.orders
import factories.packs
import factories.selections
from orchestre.access import keys
from orchestre.access.models import Grant, User
from orchestre.access.services import invite
from orchestre.exchange.models import ImportSession
from orchestre.impacts.models import Activity
from orchestre.interactions.models import Finding
from orchestre.journal.services import act
from orchestre.org.models import CalendarPeriod, Population
from orchestre.outlook.models import MilestoneEstimate, RiskEvent
from orchestre.portfolio.models import Dependency, Initiative, Milestone, Wave, WavePopulation
from orchestre.reports.models import SlideTemplate
from orchestre.resources.models import CostLine, Envelope, Role, RoleCapacity, RoleDemand, Worth
from orchestre.runs.services import find_or_start
from orchestre.sequencing import services as scenarios
from orchestre.sequencing.models import LegalStep, Plan, Scenario
from orchestre.sequencing.services import live, plans
from orchestre.strategy.models import Indicator, Objective
from support import committee, results

ROLES = ("anonymous", "reader", "manager", "lead", "office", "admin", "auditor", "nobody")


def build() -> dict[str, Any]:
    """Make the objects; `routes.csv` names them as `{person.pk}`."""
    cast.organisation()
    claire, rosa = cast.person("claire"), cast.person("rosa")
    unit = factories.unit("Agences", code="AG")
    population = factories.population("Agences Ouest", at=unit)
    initiative = factories.initiative("Nouvelle caisse", code="CH-014", unit=unit)
    impact = factories.impact(initiative, population)
    with act(claire, "org.rename", "Renamed") as doing:
        doing.update(population, {"site": "Lyon"})
    soon = timezone.localdate() + timedelta(days=30)
    other = factories.initiative("Nouveau planning", code="CH-015", unit=unit)
    day = timezone.localdate()
    return (
        _means(initiative, day)
        | results.world(initiative)
        | {
            "sunny": factories.initiative("Paie", code="CH-016", unit=unit, stage="launch"),
            "period": CalendarPeriod.objects.create(
                unit=unit, name="Clôture", starts_on=day, ends_on=day + timedelta(days=7)
            ),
            "objective": Objective.objects.create(code="OBJ-1", title="Servir plus vite"),
            "indicator": Indicator.objects.create(code="IND-1", name="Délai"),
            "milestone": _estimated(initiative, soon),
            "risk": RiskEvent.objects.create(
                initiative=initiative,
                name="Fournisseur en retard",
                probability=0.3,
                impact_weeks=2.0,
            ),
            "wave": _wave(initiative, population),
            "dependency": Dependency.objects.create(predecessor=other, successor=initiative),
            "activity": Activity.objects.create(
                initiative=initiative,
                population=population,
                starts_on=day,
                ends_on=day + timedelta(days=5),
                hours_per_person=2.0,
            ),
            "import": ImportSession.objects.create(
                file_name="portefeuille.xlsx", content=b"", digest="0" * 64, created_by=claire
            ),
            "unit": unit,
            "population": population,
            "initiative": initiative,
            "impact": impact,
            "person": rosa,
            "grant": Grant.objects.get(user=rosa),
            "act": doing.change_set,
            "token": keys.create_token(claire, "export", may_write=False, expires_on=soon)[0],
            "link": keys.share(claire, "load:map", "", "Load", soon)[0],
            "invitation": invite(None, rosa),
            "run": find_or_start("load", "f" * 64, engine_version="1", requested_by=rosa)[0],
            "finding": _finding(initiative, population),
            "pack": factories.packs.publication(
                claire, previous=factories.packs.publication(claire)
            ),
            "slides": SlideTemplate.objects.create(name="Charte", file_name="c.pptx", content=b""),
            **committee.build(claire, initiative),
            "shared": keys.share(claire, "load:map", "", "Load", soon)[1],
            "scenario": _scenario(claire, initiative),
            "search": factories.orders.search(claire, "CH-014", population.code),
            "step": LegalStep.objects.create(
                initiative=initiative, name="CSE", opens_on=day, delay_weeks=8
            ),
            "plan": _plan(),
            **factories.selections.whole(claire, initiative),
        }
    )


def _means(initiative: Initiative, day: date) -> dict[str, Any]:
    year = {"starts_on": day, "ends_on": day + timedelta(days=365)}
    role = Role.objects.create(code="RO-01", name="Architectes")
    Worth.objects.create(initiative=initiative, delay_cost_eur_per_week=1000)
    return {
        "role": role,
        "capacity": RoleCapacity.objects.create(role=role, fte=2.0, **year),
        "demand": RoleDemand.objects.create(role=role, initiative=initiative, fte=3.0, **year),
        "cost": CostLine.objects.create(initiative=initiative, amount_eur=120_000, **year),
        "envelope": Envelope.objects.create(name="Budget", amount_eur=100_000, **year),
    }


def _wave(initiative: Initiative, population: Population) -> Wave:
    made = Wave.objects.create(
        initiative=initiative, name="Ouest", go_live_on=initiative.go_live_on
    )
    WavePopulation.objects.create(wave=made, initiative=initiative, population=population)
    return made


def _scenario(owner: User, initiative: Initiative) -> Scenario:
    found = scenarios.draft(owner, "What if the till waits?")
    scenarios.override(owner, found, initiative, {"shift_days": 14})
    return scenarios.share(owner, found)


def _plan() -> Plan:
    frozen = plans.to_bytes(plans.content(live.afresh()))
    now = timezone.now()
    return Plan.objects.create(
        number=1,
        name="Former plan",
        content=frozen,
        fingerprint=plans.digest(frozen),
        published_at=now,
        superseded_at=now,
    )


def _estimated(initiative: Initiative, day: date) -> Milestone:
    made = Milestone.objects.create(initiative=initiative, name="Bascule", forecast_on=day)
    MilestoneEstimate.objects.create(
        milestone=made, optimistic_on=day, likely_on=day, pessimistic_on=day + timedelta(days=30)
    )
    return made


def _finding(initiative: Initiative, population: Population) -> Finding:
    found = Finding.objects.create(key="f" * 32, kind="overload", rule="overload", score=1.0)
    found.initiatives.add(initiative)
    found.populations.add(population)
    return found


def people(world: dict[str, Any]) -> dict[str, User | None]:
    """Return one person of each role."""
    return {
        "anonymous": None,
        "reader": cast.person("rosa"),
        "manager": cast.manager_of(world["unit"].pk),
        "lead": cast.lead_of(world["initiative"].pk),
        "office": cast.person("claire"),
        "admin": cast.person("ada"),
        "auditor": cast.person("aude"),
        "nobody": cast.person("noam"),
    }


def client_of(person: User | None, **options: Any) -> Client:
    """Return a browser, signed in or not."""
    client = Client(**options)
    if person is not None:
        client.force_login(person)
    return client
