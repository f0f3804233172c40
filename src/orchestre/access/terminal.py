"""How commands answer: one JSON object on stdout when asked, sentences on stderr, 0, 1 or 2."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.kernel.errors import DomainError

as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")


def language() -> str:
    """Return the language of the terminal, else French."""
    asked = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "en" if asked.lower().startswith(("en", "c.", "c", "posix")) else "fr"


@contextmanager
def told(*, as_json: bool) -> Iterator[None]:
    """Tell refusals as sentences, and end with 1."""
    with translation.override(language()):
        try:
            yield
        except DomainError as refused:
            click.echo(str(refused), err=True)
            if as_json:
                tell({"ok": False, "code": refused.code, "message": str(refused)})
            raise SystemExit(1) from refused


def account(email: str) -> User:
    """Return the open account that a command acts for."""
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None or (found.valid_until and found.valid_until < timezone.localdate()):
        raise DomainError(_("No open account has the address %s.") % email)
    return found


def tell(answer: dict[str, object]) -> None:
    """Write the one object of the answer."""
    click.echo(json.dumps(answer, ensure_ascii=False, default=str))
