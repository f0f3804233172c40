"""`orchestre user …`: accounts from the server itself."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

import click
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from orchestre.access import services
from orchestre.access.models import Grant, User
from orchestre.access.rules import Role
from orchestre.access.services import GivenRole, NewPerson
from orchestre.access.terminal import as_json, tell, told
from orchestre.kernel.errors import DomainError


@click.group()
def user() -> None:
    """Create, list and close accounts, and set their passphrases."""


@user.command("create")
@click.argument("email")
@click.option("--name", required=True, help="Name of the person.")
@click.option("--role", type=click.Choice(Role.values), default=Role.READER.value)
@click.option("--scope", type=click.Choice(Grant.Scope.values), default=Grant.Scope.ALL.value)
@click.option("--code", default="", help="Code of the unit or of the initiative.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day of access.")
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr")
@click.option("--passphrase-stdin", is_flag=True, help="Read the passphrase; else give a link.")
@as_json
def create(as_json: bool, **given: Any) -> None:  # noqa: ANN401 - what click read
    """Create an account; print the link with which the person chooses a passphrase."""
    with told(as_json=as_json):
        until: datetime | None = given["until"]
        person, secret = services.create_person_with_role(
            None,
            NewPerson(
                email=given["email"],
                name=given["name"],
                language=given["language"],
                valid_until=until.date() if until else None,
                passphrase=_typed() if given["passphrase_stdin"] else None,
            ),
            GivenRole(given["role"], given["scope"], given["code"]),
        )
        link = _link(secret) if secret else ""
        if as_json:
            tell({"ok": True, **_described(person), "invitation": link or None})
            return
        click.echo(_("Account created: %(email)s") % {"email": person.email}, err=True)
        if link:
            click.echo(_("Link to choose a passphrase, once, within 72 hours:"), err=True)
            click.echo(link)


@user.command("list")
@as_json
def list_people(as_json: bool) -> None:
    """List the accounts."""
    with told(as_json=as_json):
        people = User.objects.prefetch_related("grants").order_by("email")
        if as_json:
            tell({"ok": True, "people": [_described(person) for person in people]})
            return
        for person in people:
            row = _described(person)
            state = _("open") if person.is_active else _("closed")
            click.echo(f"{row['email']}\t{row['name']}\t{state}\t{','.join(row['roles'])}")


@user.command("deactivate")
@click.argument("email")
@as_json
def deactivate(email: str, as_json: bool) -> None:
    """Close an account: its sessions, tokens and links are dead at once."""
    with told(as_json=as_json):
        person = _find(email)
        services.deactivate(None, person)
        _done(person, _("Account closed: %(email)s") % {"email": person.email}, as_json=as_json)


@user.command("passphrase")
@click.argument("email")
@as_json
def passphrase(email: str, as_json: bool) -> None:
    """Set a passphrase, typed without echo or read from stdin."""
    with told(as_json=as_json):
        person = _find(email)
        services.set_passphrase(None, person, _typed())
        services.end_sessions(person)
        sentence = _("Passphrase changed: %(email)s") % {"email": person.email}
        _done(person, sentence, as_json=as_json)


def _done(person: User, sentence: str, *, as_json: bool) -> None:
    if as_json:
        tell({"ok": True, **_described(person)})
    else:
        click.echo(sentence, err=True)


def _typed() -> str:
    if sys.stdin.isatty():
        return str(
            click.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=True, err=True)
        )
    return sys.stdin.readline().rstrip("\r\n")


def _find(email: str) -> User:
    person = User.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        raise DomainError(
            _("No account for %(email)s. List them with: orchestre user list") % {"email": email}
        )
    return person


def _described(person: User) -> dict[str, Any]:
    return {
        "email": person.email,
        "name": person.name,
        "active": person.is_active,
        "roles": sorted({grant.role for grant in person.grants.all()}),
        "valid_until": person.valid_until.isoformat() if person.valid_until else None,
    }


def _link(secret: str) -> str:
    origins = settings.CSRF_TRUSTED_ORIGINS
    scheme = "https" if settings.HTTPS else "http"
    origin = origins[0] if origins else f"{scheme}://localhost:8000"
    return origin.rstrip("/") + reverse("access:invitation", args=[secret])


commands = [user]
