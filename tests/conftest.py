"""Fixtures shared by every test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation

import cast

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
os.environ.pop("LC_ALL", None)
os.environ["LANG"] = "en_GB.UTF-8"  # commands answer in the language of the terminal


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Tests read English unless they say otherwise."""
    with translation.override("en"):
        yield


@pytest.fixture
def as_person(db: None) -> Callable[[str], Client]:
    """Return a client signed in as one member of the cast."""

    def sign_in(name: str) -> Client:
        cast.organisation()
        client = Client()
        client.force_login(cast.person(name))
        return client

    return sign_in
