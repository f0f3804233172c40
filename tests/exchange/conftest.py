"""Short ways to import a file through the pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from orchestre.exchange.models import ImportSession


@pytest.fixture
def send() -> Callable[..., ImportSession]:
    """Send a file through the page and return the import it opened."""

    def sent(client: Client, content: bytes, name: str = "portefeuille.xlsx") -> ImportSession:
        answer = client.post("/import/", {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 302, answer.content.decode()[:3000]
        return ImportSession.objects.latest("pk")

    return sent
