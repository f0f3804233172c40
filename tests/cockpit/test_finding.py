"""The palette: names and pages of what one may see, quickly, in both languages; and the help."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from django.test import Client

import cast
import factories
from orchestre.cockpit.queries.guides import guides
from orchestre.cockpit.web.finding import PER_MINUTE
from orchestre.portfolio.models import Initiative
from support import clock

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def asked(client: Client, text: str) -> str:
    answer = client.get("/palette", {"q": text}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def labels(html: str) -> list[str]:
    found = re.findall(r"</svg> (.+?) <small", html, re.DOTALL)
    return [label.strip() for label in found]


def test_lines_are_options_with_a_link(till: Initiative, as_person: SignIn) -> None:
    html = asked(as_person("claire"), "ch-014")
    assert html.strip().startswith('<li role="none"><a role="option"')
    assert 'href="/initiatives/CH-014/"' in html
    assert "<html" not in html


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("charge", "Load"), ("load", "Load"), ("portefeuille", "Portfolio"), ("gantt", "Roadmap"),
        ("importer excel", "Import"), ("conflits", "Findings"), ("aide", "Help"),
    ],
)  # fmt: skip
def test_pages_are_found_in_both_languages(
    till: Initiative, as_person: SignIn, text: str, label: str
) -> None:
    assert label in labels(asked(as_person("claire"), text))


def test_names_are_found_without_accents_and_acts_proposed(
    till: Initiative, as_person: SignIn
) -> None:
    factories.initiative("Écoles numériques", code="EN-1")
    found = labels(asked(as_person("claire"), "ecoles num"))
    assert found[:3] == ["Move EN-1…", "Edit EN-1…", "Impacts of EN-1"]
    assert "EN-1 · Écoles numériques" in found
    assert labels(asked(as_person("rosa"), "ecoles num")) == ["EN-1 · Écoles numériques"]
    assert "Agences Ouest" in labels(asked(as_person("claire"), "agences"))


def test_nothing_closed_is_found(till: Initiative, as_person: SignIn) -> None:
    factories.initiative("Fusion canari", code="SEC-1", confidential=True)
    factories.population("Loin", at=factories.unit("Ailleurs"))
    cast.manager_of(till.unit.pk)
    for name in ("paul", "rosa", "ada", "marc"):
        assert "SEC-1" not in asked(as_person(name), "canari")
        assert "SEC-1" not in asked(as_person(name), "sec-1")
    assert "SEC-1 · Fusion canari" in labels(asked(as_person("claire"), "canari"))
    for text in ("loin", "ailleurs"):
        assert labels(asked(as_person("marc"), text)) == []
    assert "Settings" not in labels(asked(as_person("marc"), ""))
    assert "Settings" in labels(asked(as_person("ada"), ""))


def test_what_people_wrote_is_escaped(till: Initiative, as_person: SignIn) -> None:
    factories.initiative("<script>x</script>", code="X-1")
    assert "<script>" not in asked(as_person("claire"), "x-1")


def test_without_script_the_palette_is_a_page(till: Initiative, as_person: SignIn) -> None:
    page = as_person("claire").get("/palette", {"q": "caisse"}).content.decode()
    assert page.count("<h1") == 1
    assert "CH-014 · Nouvelle caisse" in page


def test_too_many_searches_wait(till: Initiative, as_person: SignIn) -> None:
    client = as_person("rosa")
    codes = [client.get("/palette", {"q": "x"}).status_code for _n in range(PER_MINUTE + 1)]
    assert codes[-1] == 429
    assert set(codes[:-1]) == {200}
    assert as_person("claire").get("/palette", {"q": "x"}).status_code == 200


def test_a_thousand_initiatives_answer_quickly(till: Initiative, as_person: SignIn) -> None:
    rows = [Initiative(code=f"G-{n:04}", title=f"Chantier numéro {n}") for n in range(1000)]
    Initiative.objects.bulk_create(rows)
    client = as_person("claire")
    asked(client, "chantier")
    number = count()
    # milliseconds; the goal is 50
    assert clock.typical_ms(lambda: asked(client, f"chantier {next(number)}"), 9) < 100


@pytest.mark.parametrize("shelf", ["guide", "methods", "admin"])
def test_every_page_of_help_is_shown_and_leads_somewhere(
    till: Initiative, as_person: SignIn, shelf: str
) -> None:
    client = as_person("rosa")
    index = client.get("/help/").content.decode()
    folder = {"guide": "/help/", "methods": "/help/methods/", "admin": "/help/admin/"}[shelf]
    for slug in guides(shelf):
        assert f'href="{folder}{slug}/"' in index
        answer = client.get(f"{folder}{slug}/")
        assert answer.status_code == 200
        page = answer.content.decode()
        assert page.count("<h1") == 1
        article = page[page.index("<article") :]
        for target in re.findall(r'href="(/help/[^"#]*)', article):
            assert client.get(target).status_code == 200, f"{slug} leads to {target}"


def test_a_page_of_help_that_is_not_there_is_not_found(db: None, as_person: SignIn) -> None:
    for path in ("/help/no-such/", "/help/methods/no-such/", "/help/..%2Fsettings/"):
        assert as_person("rosa").get(path).status_code == 404


def test_both_languages_have_the_same_pages_of_help() -> None:
    for shelf in ("guide", "methods", "admin"):
        assert set(guides(shelf, "fr")) == set(guides(shelf, "en"))
