"""The demo organisation loads, shows what was planted, tells few false alarms, and goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

import cast
from orchestre.demo import rules, services
from orchestre.impacts.models import Impact
from orchestre.interactions.models import Finding
from orchestre.journal.checking import verify
from orchestre.kernel.errors import DomainError
from orchestre.org.models import Population, Unit
from orchestre.portfolio.models import Initiative

START = date(2026, 8, 31)
FALSE_ALARMS = 1  # the documentation says this number

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> Iterator[None]:
    """Stand twelve weeks after the start, as the demo does."""
    with time_machine.travel("2026-11-23T09:00:00+01:00", tick=True):
        yield


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_credible_in_both_languages(language: str, today: None) -> None:
    services.load(None, language, START)
    people = sum(Population.objects.values_list("headcount", flat=True))
    assert 5_000 <= people <= 5_400
    assert Population.objects.count() >= 40
    assert Initiative.objects.count() == 46
    assert not Initiative.objects.filter(title="").exists()
    assert Impact.objects.count() == len(rules.table("impacts"))
    titles = set(Initiative.objects.values_list("title", flat=True))
    assert ("Nouveau CRM des agences" in titles) == (language == "fr")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_everything_planted_is_found_and_little_else(language: str, today: None) -> None:
    services.load(None, language, START)
    planted = rules.planted()
    found: set[int] = set()
    alarms = []
    for finding in Finding.objects.filter(present=True):
        codes = frozenset(finding.initiatives.values_list("code", flat=True))
        people = frozenset(finding.populations.values_list("code", flat=True))
        hits = {
            number
            for number, one in enumerate(planted)
            if one.kind == finding.kind
            and one.initiatives <= codes
            and (not one.populations or one.populations & people)
        }
        found |= hits
        if not hits:
            alarms.append((finding.kind, finding.rule, sorted(codes)))
    assert [one for number, one in enumerate(planted) if number not in found] == []
    assert len(alarms) <= FALSE_ALARMS, alarms


def test_the_same_start_gives_the_same_organisation(today: None) -> None:
    first = rules.Teller("fr", START).records()
    assert first == rules.Teller("fr", START).records()
    services.load(None, "fr", START)
    codes = list(Initiative.objects.order_by("code").values_list("code", "starts_on", "go_live_on"))
    services.wipe(None)
    services.load(None, "fr", START)
    again = list(Initiative.objects.order_by("code").values_list("code", "starts_on", "go_live_on"))
    assert codes == again


def test_it_refuses_a_place_that_holds_data(today: None) -> None:
    Unit.objects.create(code="X", name="X", path="/1/")
    with pytest.raises(DomainError, match="empty installation"):
        services.load(None, "fr", START)
    assert not Initiative.objects.exists()


def test_wiping_takes_all_of_it_and_only_it(today: None) -> None:
    services.load(None, "fr", START)
    claire = cast.person("claire")
    services.wipe(None)
    assert not Initiative.objects.exists()
    assert not Unit.objects.exists()
    claire.refresh_from_db()
    assert verify()[1] is None
    with pytest.raises(DomainError, match="does not hold the demo"):
        services.wipe(None)


def test_wiping_leaves_no_row_of_any_feature() -> None:
    """One row of everything, people's own included, whatever feature came last on the street."""
    from support import world  # noqa: PLC0415 - this test alone needs everything

    world.build()
    cast.organisation().__class__.objects.update(is_demo=True)
    services.wipe(None)
    left = {
        table._meta.label: table._default_manager.count()
        for table in services.tables()
        if table._default_manager.exists()
    }
    assert not left
