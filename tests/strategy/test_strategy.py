"""Objectives and indicators: written, changed, deleted, served or not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import cast
import factories
from orchestre.access.models import User
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.kernel.text import next_code
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Contribution, IndicatorEffect
from orchestre.strategy import policy, services
from orchestre.strategy.models import Indicator, Objective
from orchestre.strategy.presenters.initiatives import Nobody
from orchestre.strategy.rules import pulls_apart, target_is_better

HOSTILE = '<script>alert("x")</script>'


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ([], "IN-001"),
        (["IN-001", "IN-007"], "IN-008"),
        (["in-12 ", "CH-99", "IN-x", "IN-3b"], "IN-013"),
        (["IN-999"], "IN-1000"),
    ],
)
def test_the_next_code_follows_the_largest(known: list[str], code: str) -> None:
    assert next_code("IN", known) == code


def test_two_ways_pull_apart() -> None:
    assert pulls_apart(["up", "down", "up"])
    assert not pulls_apart(["up", "up"])
    assert not pulls_apart([])


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "better"),
    [
        ("up", 1.0, 2.0, True),
        ("up", 2.0, 1.0, False),
        ("down", 2.0, 1.0, True),
        ("down", 1.0, 2.0, False),
        ("up", None, 2.0, None),
        ("up", 1.0, None, None),
        ("up", 1.0, 1.0, None),
    ],
)
def test_a_target_is_better_or_not(
    direction: str, baseline: float | None, target: float | None, better: bool | None
) -> None:
    assert target_is_better(direction, baseline, target) is better


@pytest.fixture
def claire(db: None) -> User:
    cast.organisation()
    return cast.person("claire")


def test_without_a_portfolio_nothing_serves(claire: User) -> None:
    nobody = Nobody()
    assert nobody.serving(claire, [1]) == {}
    assert nobody.pushing(claire, [1]) == {}
    assert nobody.orphans(claire, 3) == ([], 0)


def test_names_are_asked_and_codes_are_free(claire: User) -> None:
    assert services.add_objective(claire, {"title": "Faster"}).code == "OB-001"
    assert services.add_objective(claire, {"title": "Better", "code": "B"}).code == "B"
    assert services.add_indicator(claire, {"name": "Days"}).code == "KPI-001"
    with pytest.raises(DomainError, match="is taken"):
        services.add_objective(claire, {"title": "Again", "code": "B"})
    for act in (
        lambda: services.add_objective(claire, {"title": " "}),
        lambda: services.add_indicator(claire, {}),
        lambda: services.change_objective(claire, Objective.objects.get(code="B"), {"title": ""}),
        lambda: services.change_indicator(claire, Indicator.objects.get(), {"name": ""}),
    ):
        with pytest.raises(DomainError, match="a name"):
            act()


def test_deleting_takes_what_hangs_on_it_and_undo_brings_it_back(claire: User) -> None:
    objective = services.add_objective(claire, {"title": "Faster"})
    indicator = services.add_indicator(claire, {"name": "Days", "objective_id": objective.pk})
    one = factories.initiative()
    portfolio.add_contribution(claire, one, objective)
    portfolio.add_effect(claire, one, indicator, "down")
    services.remove_objective(claire, objective)
    indicator.refresh_from_db()
    assert indicator.objective_id is None
    assert not Contribution.objects.exists()
    undo(claire, ChangeSet.objects.get(verb="strategy.remove-objective"))
    indicator.refresh_from_db()
    assert indicator.objective == Objective.objects.get()
    assert Contribution.objects.get().initiative == one
    services.remove_indicator(claire, indicator)
    assert not IndicatorEffect.objects.exists()


def test_readers_read_and_strangers_see_nothing(claire: User) -> None:
    objective = services.add_objective(claire, {"title": "Faster"})
    services.add_indicator(claire, {"name": "Days"})
    rosa, noam = cast.person("rosa"), cast.person("noam")
    assert list(policy.visible_to(rosa)) == [objective]
    assert not policy.visible_to(noam).exists()
    assert not policy.visible_indicators(noam).exists()
    for act in (
        lambda: services.add_objective(rosa, {"title": "No"}),
        lambda: services.change_objective(rosa, objective, {"title": "No"}),
        lambda: services.remove_objective(rosa, objective),
    ):
        with pytest.raises(CannotDo):
            act()


def test_weights_and_directions_are_checked(claire: User) -> None:
    one = factories.initiative()
    objective = services.add_objective(claire, {"title": "Faster"})
    indicator = services.add_indicator(claire, {"name": "Days"})
    with pytest.raises(DomainError, match="above 0"):
        portfolio.add_contribution(claire, one, objective, 0)
    with pytest.raises(DomainError, match="up or down"):
        portfolio.add_effect(claire, one, indicator, "sideways")
    first = portfolio.add_contribution(claire, one, objective)
    again = portfolio.add_contribution(claire, one, objective, 3)
    assert (again.pk, again.weight) == (first.pk, 3)
    portfolio.add_effect(claire, one, indicator, "up")
    portfolio.add_effect(claire, one, indicator, "down")
    assert IndicatorEffect.objects.get().direction == "down"


def test_the_page_shows_what_serves_and_what_does_not(
    as_person: Callable[[str], Client], claire: User
) -> None:
    served = services.add_objective(claire, {"title": "Faster", "axis": "Clients"})
    services.add_objective(claire, {"title": HOSTILE})
    torn = services.add_indicator(
        claire, {"name": "Days", "objective_id": served.pk, "baseline": 8.0, "target": 4.0}
    )
    services.add_indicator(claire, {"name": "Alone"})
    one, two = factories.initiative(code="A"), factories.initiative(code="B")
    secret = factories.initiative("Plan X", code="SECRET", confidential=True)
    portfolio.add_contribution(claire, one, served)
    portfolio.add_contribution(claire, secret, served)
    portfolio.add_effect(claire, one, torn, "up")
    portfolio.add_effect(claire, two, torn, "down")
    page = as_person("rosa").get("/strategy/").content.decode()
    for told in ("Clients", "from 8 to 4", "pulled both ways", "No initiative serves it", "Alone"):
        assert told in page
    assert "2 objectives, 1 without any initiative; 1 initiative serves none." in page
    assert "SECRET" not in page
    assert HOSTILE not in page
    assert "/strategy/objectives/new/" not in page
    assert "SECRET" in as_person("claire").get("/strategy/").content.decode()


def test_statements_do_not_grow_with_the_strategy(
    as_person: Callable[[str], Client], claire: User
) -> None:
    def seed(count: int) -> None:
        for n in range(count):
            objective = services.add_objective(claire, {"title": f"O{n}", "axis": f"X{n % 3}"})
            services.add_indicator(claire, {"name": "Days", "objective_id": objective.pk})
            portfolio.add_contribution(claire, factories.initiative(), objective)

    client = as_person("claire")
    seed(2)
    client.get("/strategy/")
    with CaptureQueriesContext(connection) as few:
        client.get("/strategy/")
    seed(12)
    with CaptureQueriesContext(connection) as many:
        assert client.get("/strategy/").status_code == 200
    assert len(many) == len(few)


def test_forms_write_and_refuse(as_person: Callable[[str], Client]) -> None:
    client = as_person("claire")
    assert "No objective yet." in client.get("/strategy/").content.decode()
    posted = {"title": "Faster", "axis": "Clients", "horizon_on": "2027-06-30", "owner_name": ""}
    assert client.post("/strategy/objectives/new/", posted).status_code == 302
    objective = Objective.objects.get()
    address = f"/strategy/objectives/{objective.pk}/"
    assert 'value="2027-06-30"' in client.get(address).content.decode()
    worse = {"name": "Days", "objective_id": objective.pk, "direction": "down"}
    worse |= {"baseline": "4", "target": "8", "unit_of_measure": "days"}
    refused = client.post("/strategy/indicators/new/", worse)
    assert "worse than the baseline" in refused.content.decode()
    assert client.post("/strategy/indicators/new/", {**worse, "target": "2"}).status_code == 302
    indicator = Indicator.objects.get()
    changed = {f"initial-{name}": value for name, value in {**worse, "target": "2"}.items()}
    changed |= {**worse, "target": "1", "version": "1"}
    client.post(f"/strategy/indicators/{indicator.pk}/", changed)
    indicator.refresh_from_db()
    assert indicator.target == 1
    assert client.post(f"/strategy/indicators/{indicator.pk}/remove/").status_code == 302
    assert client.post(f"/strategy/objectives/{objective.pk}/remove/").status_code == 302
    assert as_person("rosa").get("/strategy/objectives/new/").status_code == 403
    assert as_person("rosa").post(f"/strategy/objectives/{objective.pk}/remove/").status_code == 404


@pytest.mark.parametrize(("keep", "title"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_two_people_at_once_choose(
    as_person: Callable[[str], Client], keep: str, title: str
) -> None:
    client = as_person("claire")
    objective = services.add_objective(cast.person("claire"), {"title": "Faster"})
    opened = {"initial-title": "Faster", "initial-axis": "", "initial-owner_name": ""}
    services.change_objective(cast.person("paul"), objective, {"title": "Theirs"})
    posted = {**opened, "title": "Mine", "axis": "Clients", "owner_name": "", "version": "1"}
    address = f"/strategy/objectives/{objective.pk}/"
    page = client.post(address, posted).content.decode()
    assert "Paul Analyst wrote “Theirs”" in page
    client.post(address, {**posted, "version": "2", "keep-title": keep})
    objective.refresh_from_db()
    assert (objective.title, objective.axis) == (title, "Clients")


def test_aims_are_written_from_the_page_of_the_initiative(
    as_person: Callable[[str], Client], claire: User
) -> None:
    factories.initiative(code="A")
    objective = services.add_objective(claire, {"title": "Faster"})
    indicator = services.add_indicator(claire, {"name": "Days"})
    client = as_person("claire")
    base = "/initiatives/A"
    client.post(f"{base}/objectives/add/", {"objective": objective.pk, "weight": "2"})
    client.post(f"{base}/indicators/add/", {"indicator": indicator.pk, "direction": "down"})
    page = client.get(f"{base}/objectives/").content.decode()
    assert "weight 2" in page
    assert "downwards" in page
    wrong = client.post(f"{base}/objectives/add/", {"objective": objective.pk, "weight": "-1"})
    assert "Error:" in wrong.content.decode()
    assert client.post(f"{base}/indicators/add/", {"indicator": "7777"}).status_code == 200
    row, effect = Contribution.objects.get(), IndicatorEffect.objects.get()
    assert client.post(f"{base}/objectives/{row.pk}/remove/").status_code == 302
    assert client.post(f"{base}/indicators/{effect.pk}/remove/").status_code == 302
    assert not Contribution.objects.exists()
    assert not IndicatorEffect.objects.exists()
