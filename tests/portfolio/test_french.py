"""Every sentence of the portfolio and of the strategy has its French."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

import cast
import factories
from orchestre.config.messages import compile_french, missing


def test_no_sentence_is_left_in_english() -> None:
    left = [line for line in missing() if line.startswith(("portfolio/", "strategy/"))]
    assert left == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/portfolio/", "Quels changements, où en sont‑ils"),
        ("/portfolio/roadmap/?from=2026-01-01", "Qu’est-ce qui arrive quand"),
        ("/portfolio/dependencies/", "Qui attend qui"),
        ("/initiatives/new/", "Qu’est-ce qui change"),
        ("/initiatives/A/move/?weeks=2", "Quand placer"),
        ("/initiatives/A/stop/", "Que libère"),
        ("/strategy/", "À quoi servent les changements"),
    ],
)
def test_pages_speak_french(as_person: Callable[[str], Client], address: str, heading: str) -> None:
    compile_french()
    client = as_person("claire")
    claire = cast.person("claire")
    claire.language = "fr"
    claire.save()
    factories.initiative("SIRH", code="A")
    page = client.get(address).content.decode()
    assert heading in page
    assert len(re.findall("<h1", page)) == 1
    assert len(re.findall("button-primary", page)) <= 1
