"""The report on its page: filters, files, and who sees what."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

import cast
import factories
from orchestre.portfolio.models import Initiative

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def march() -> object:
    with time_machine.travel("2026-03-02T08:00:00Z", tick=True) as traveller:
        yield traveller


def test_the_page_tells_who_is_overloaded(loaded: Initiative, as_person: SignIn) -> None:
    page = as_person("claire").get("/report/").content.decode()
    assert "Agences Ouest: up to" in page
    assert page.count("<h1") == 1
    assert "Download the report" in page


def test_impossible_filters_are_set_right_and_told(loaded: Initiative, as_person: SignIn) -> None:
    page = as_person("claire").get("/report/?from=yesterday&weeks=7").content.decode()
    assert "“yesterday” is not a day" in page
    assert "it shows 52" in page


def test_who_may_not_export_gets_no_file(loaded: Initiative, as_person: SignIn) -> None:
    rosa = as_person("rosa")
    assert "Download the report" not in rosa.get("/report/").content.decode()
    assert rosa.get("/report/download/html/").status_code == 403


def test_the_files_hold_what_the_page_shows(loaded: Initiative, as_person: SignIn) -> None:
    claire = as_person("claire")
    html = claire.get("/report/download/html/?weeks=26")
    assert html["Content-Disposition"] == 'attachment; filename="maison-test-2026-03-02.html"'
    assert b"Agences Ouest" in html.content
    told = json.loads(claire.get("/report/download/json/?weeks=26").content)
    assert [one["population"] for one in told["overloads"]] == ["Agences Ouest [AGO]"]
    assert claire.get("/report/download/pdf/").status_code == 404


def test_a_confidential_initiative_is_not_named_to_who_may_not_know(
    loaded: Initiative, as_person: SignIn
) -> None:
    secret = factories.initiative("Fusion canari", code="SEC-1", confidential=True)
    factories.impact(secret, loaded.impacts.get().population, hours_per_person=60.0)
    paul = as_person("paul")
    for path in ("/report/", "/report/download/html/", "/report/download/json/"):
        content = paul.get(path).content.decode()
        assert "canari" not in content
        assert "SEC-1" not in content
        assert "onfidential initiative" in content
    assert "Fusion canari" in as_person("claire").get("/report/").content.decode()


def test_a_manager_reads_own_people_only(loaded: Initiative, as_person: SignIn) -> None:
    unit = factories.unit("Usine")
    factories.impact(loaded, factories.population("Ouvriers", at=unit), hours_per_person=90.0)
    cast.manager_of(unit.pk)
    page = as_person("marc").get("/report/").content.decode()
    assert "Ouvriers" in page
    assert "Agences Ouest" not in page
