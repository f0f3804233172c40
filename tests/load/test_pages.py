"""Pages of the load: who reads what, emptiness, files, speed and weight."""

from __future__ import annotations

import csv
import io
import random
import statistics
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

import cast
import factories as make
from orchestre.impacts.models import Impact
from orchestre.journal.services import act
from orchestre.load.services import compute
from orchestre.org.models import Population
from orchestre.portfolio.models import Initiative
from orchestre.runs import jobs
from support import clock

As = Callable[[str], Client]
SECRET = "Projet Hirondelle"


@pytest.fixture
def secret(small: SimpleNamespace) -> Initiative:
    small.first.title, small.first.confidential = SECRET, True
    small.first.save()
    return small.first


def addresses(small: SimpleNamespace) -> list[str]:
    key = f"p{small.people.pk}"
    return [
        "/load/?from=2026-W10",
        "/load/?from=2026-W10&layout=table",
        f"/load/{key}/",
        f"/load/{key}/2026-W15/",
        f"/load/u{small.unit.pk}/2026-W15/",
        f"/load/why/{key}/2026-W15/",
        "/load/overloads/",
        f"/load/overloads/{key}/2026-W15/",
        "/load/download/csv/?from=2026-W10",
    ]


def test_a_confidential_initiative_counts_and_is_never_named(
    as_person: As, small: SimpleNamespace, secret: Initiative
) -> None:
    client = as_person("paul")
    for address in addresses(small):
        page = client.get(address)
        assert page.status_code == 200, address
        text = page.content.decode()
        assert SECRET not in text, address
        assert secret.code not in text, address
    panel = client.get(f"/load/p{small.people.pk}/2026-W15/").content.decode().replace("\xa0", " ")
    assert "2.40 h asked per person" in panel
    assert "Confidential initiative" in panel
    assert SECRET in as_person("claire").get(addresses(small)[3]).content.decode()


def test_a_unit_manager_reads_the_own_subtree_only(as_person: As, small: SimpleNamespace) -> None:
    away = make.unit("Siège", code="HQ")
    hidden = make.population("Comité secret", away)
    make.impact(small.first, hidden)
    cast.manager_of(small.unit.pk)
    client = as_person("marc")
    page = client.get("/load/?from=2026-W10").content.decode()
    assert "Agences Ouest" in page
    assert "Comité secret" not in page
    assert client.get(f"/load/p{hidden.pk}/2026-W15/").status_code == 404
    assert client.get(f"/load/u{away.pk}/2026-W15/").status_code == 404


def test_a_lead_reads_the_load_of_the_people_the_own_initiative_touches(
    as_person: As, small: SimpleNamespace
) -> None:
    cast.lead_of(small.first.pk)
    page = as_person("lina").get("/load/?from=2026-W10").content.decode()
    assert "Agences Ouest" in page
    assert "Agences Est" not in page
    panel = as_person("lina").get(f"/load/p{small.people.pk}/2026-W15/").content.decode()
    assert "SIRH" in panel
    assert "Nouvelle caisse" not in panel


def test_who_has_no_scope_is_told_so(as_person: As, small: SimpleNamespace) -> None:
    page = as_person("noam").get("/load/")
    assert "No population is open to you." in page.content.decode()


@pytest.mark.parametrize("address", ["/load/p999999/2026-W15/", "/load/p1/2026-W99/", "/load/zz/"])
def test_what_does_not_exist_is_not_found(
    as_person: As, small: SimpleNamespace, address: str
) -> None:
    assert as_person("claire").get(address).status_code == 404


def test_each_emptiness_says_what_to_do(as_person: As, db: None) -> None:
    client = as_person("claire")
    assert "No population yet." in client.get("/load/").content.decode()
    make.population("Seule")
    assert "No initiative yet, so no load." in client.get("/load/").content.decode()
    make.impact(make.initiative(), Population.objects.get())
    assert "No population matches." in client.get("/load/?q=zzz").content.decode()


def test_initiatives_without_dates_are_told_not_forgotten(
    as_person: As, small: SimpleNamespace
) -> None:
    lost = make.initiative("Perdue", starts_on=None, ends_on=None, go_live_on=None)
    make.impact(lost, small.people)
    assert "1 initiative without dates is not counted." in as_person("claire").get(
        "/load/"
    ).content.decode().replace("\xa0", " ")


def test_the_files_hold_the_figures_of_the_map(as_person: As, small: SimpleNamespace) -> None:
    small.others.name = "=cmd()"
    small.others.save()
    client = as_person("claire")
    answer = client.get("/load/download/csv/?from=2026-W10")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    west = next(line for line in lines if line[0] == "WEST" and line[3] == "2026-W15")
    assert [float(one) for one in west[4:7]] == pytest.approx([2.4, 1.75, 1.3714])
    unknown = next(line for line in lines if line[0] == "EAST")
    assert unknown[1] == "'=cmd()"
    assert unknown[4] == unknown[6] == ""
    book = load_workbook(io.BytesIO(client.get("/load/download/xlsx/?from=2026-W10").content))
    assert [sheet.title for sheet in book] == ["Load map", "Figures", "Provenance"]
    assert book["Load map"]["H2"].value == "?" or book["Load map"]["H3"].value == pytest.approx(
        1.3714
    )


def test_a_fold_link_redraws_the_grid_not_the_panel(as_person: As, small: SimpleNamespace) -> None:
    headers = {"HX-Request": "true", "HX-Target": "panel"}
    answer = as_person("claire").get("/load/?open=0", headers=headers)
    assert answer["HX-Retarget"] == "#load-grid"
    assert answer.content.decode().lstrip().startswith('<section id="load-grid"')
    assert [row.label for row in answer.context["page"].heat_map.rows] == ["Réseau"]


def test_the_panel_is_the_same_alone_and_in_the_page(as_person: As, small: SimpleNamespace) -> None:
    client, address = as_person("claire"), f"/load/p{small.people.pk}/2026-W15/"
    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode().strip()
    assert fragment.startswith("<article")
    assert fragment in client.get(address).content.decode()


def portfolio(populations: int, initiatives: int) -> None:
    """Seed as an import does, with one act in the journal."""
    draw = random.Random(7)
    units = [make.unit(f"Unité {n}") for n in range(max(populations // 10, 1))]
    people = [make.population(f"Groupe {n}", units[n % len(units)]) for n in range(populations)]
    made = [
        make.initiative(
            f"Changement {n}", go_live_on=date(2026, 3, 2) + timedelta(days=draw.randint(-60, 360))
        )
        for n in range(initiatives)
    ]
    impacts = [
        Impact(initiative=one, population=group, intensity=draw.choice([1.0, 2.0, 3.0]))
        for one in made
        for group in draw.sample(people, 4)
    ]
    with act(cast.person("claire"), "exchange.import", "seed", undoable=False) as done:
        done.create_many(impacts)


def test_the_map_is_quick_at_200_by_52_by_500(as_person: As, db: None) -> None:
    client = as_person("claire")
    portfolio(200, 500)
    address = "/load/?from=2026-W10&weeks=52"
    assert client.get(address).status_code == 200
    times = clock.every_ms(lambda: client.get(address), 60)
    assert statistics.quantiles(times, n=20)[18] <= 200, sorted(times)


def test_the_first_view_stays_light_and_its_queries_few(as_person: As, db: None) -> None:
    client = as_person("claire")
    portfolio(24, 58)
    client.get("/load/?from=2026-W10")
    with CaptureQueriesContext(connection) as warm:
        page = client.get("/load/?from=2026-W10")
    assert len(page.content) <= 75_000
    assert len(warm) <= 8
    make.population("Nouveau", None)
    with act(cast.person("claire"), "org.change", "x", undoable=False) as done:
        done.note(what="x")
    with CaptureQueriesContext(connection) as cold:
        client.get("/load/?from=2026-W10")
    assert len(cold) <= 24


def test_a_large_portfolio_queues_its_draws_and_shows_the_map(as_person: As, db: None) -> None:
    portfolio(20, 200)
    page = as_person("claire").get("/load/?unit=risk")
    assert "its risks follow" in page.content.decode()
    run = compute.Run.objects.get(kind="load")
    jobs.compute(run)
    run.refresh_from_db()
    assert run.status == "done"
    assert "its risks follow" not in as_person("claire").get("/load/?unit=risk").content.decode()


def test_draws_of_data_that_changed_meanwhile_are_dropped(as_person: As, db: None) -> None:
    portfolio(20, 200)
    as_person("claire").get("/load/")
    run = compute.Run.objects.get(kind="load")
    Impact.objects.all()[0].delete()
    jobs.compute(run)
    run.refresh_from_db()
    assert run.status == "cancelled"


def test_without_people_or_initiatives_no_good_news_is_told(as_person: As) -> None:
    client = as_person("claire")
    page = client.get("/load/overloads/").content.decode()
    assert "No population yet." in page
    assert "No overload" not in page
    make.population("Agences", code="AG")
    page = client.get("/load/overloads/").content.decode()
    assert "No initiative yet, so no load." in page
    assert "Import a file" in page
    assert "No overload" not in page
