"""Every address, walked with the right and the wrong person (R5, R7, R8)."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from orchestre.access.web.headers import CONTENT_SECURITY_POLICY, PERMISSIONS
from orchestre.journal import tables
from support import world as the_world

TABLE = Path(__file__).with_name("routes.csv")
ROLES = the_world.ROLES
STRICTER = {"Referrer-Policy": "no-referrer"}
WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO) "?(\w+)')
TOKEN = re.compile(rb"[A-Za-z0-9]{64}")
CODED = frozenset({"unit", "population", "objective", "indicator"})
# doors that need no account: each is asked to be short of everything but what it is for
OPEN = {"health", "access:login", "access:invitation", "load:shared", "governance:feed"}
UNSAFE = ("post", "put", "patch", "delete")
# sessions and counts of tries are not what people wrote; results of computations are found again
NOT_STATE = ("django_session", "access_throttle", "access_opensession", "runs_run", "tasks_db")
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": PERMISSIONS,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

pytestmark = pytest.mark.django_db


def patterns(
    resolver: URLResolver | None = None, prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    """Give every route of the resolver: its name, or its path, and its path."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (space, pattern.namespace) if part)
            yield from patterns(pattern, path, inner)
        elif isinstance(pattern, URLPattern):
            name = f"{space}:{pattern.name}" if space else str(pattern.name)
            yield (name if pattern.name else path), path


def routes() -> dict[str, str]:
    """Return the path of every route; the second of one name is called `name#2`."""
    found: dict[str, str] = {}
    for name, path in patterns():
        key, number = name, 1
        while key in found and found[key] != path:
            number += 1
            key = f"{name}#{number}"
        found[key] = path
    return found


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter=";"))


def absent(row: dict[str, str]) -> set[str]:
    """A path that leads nowhere for everybody leads nowhere by any method."""
    statuses = {row[role] for role in ROLES}
    return statuses if statuses == {"404"} else set()


def address(row: dict[str, str], world: dict[str, Any]) -> str:
    pairs = (pair.partition("=") for pair in (row["args"] or "").split())
    given = {name: value.format(**world) for name, _equals, value in pairs}
    if ":" in row["route"] or "/" not in row["route"]:
        return reverse(row["route"].partition("#")[0], kwargs=given)
    return "/" + row["route"]


def state() -> str:
    """Return one fingerprint of all that people wrote."""
    with connection.cursor() as cursor:
        names = [
            name
            for name in sorted(connection.introspection.table_names(cursor))
            if not any(part in name for part in NOT_STATE)
        ]
        sums = [tables.total(tables.lines_of(cursor, f'"{name}"')) for name in names]
    return str(list(zip(names, sums, strict=True)))


@pytest.fixture
def world() -> dict[str, Any]:
    return the_world.build()


def test_every_route_has_one_row_and_every_row_a_route(world: dict[str, Any]) -> None:
    known = [row["route"] for row in rows()]
    assert len(known) == len(set(known)), "a route has two rows"
    paths = routes()
    missing = [name for name in paths if name not in known]
    if missing and os.environ.get("ORCHESTRE_WRITE_ROUTES"):
        _write(missing, paths, world)
        pytest.fail(f"{len(missing)} rows were written: read them, complete their arguments")
    assert not missing, "routes without a row in tests/house/routes.csv"
    assert not [name for name in known if name not in paths], "rows whose route is gone"


def _write(missing: list[str], paths: dict[str, str], world: dict[str, Any]) -> None:
    """Append a row for each missing route, with the statuses found."""
    clients = {
        role: the_world.client_of(person, raise_request_exception=False)
        for role, person in the_world.people(world).items()
    }
    with TABLE.open("a", encoding="utf-8") as file:
        for name in missing:
            args = _guess(paths[name])
            try:
                path = address({"route": name, "args": args}, world)
                found = [str(clients[role].get(path).status_code) for role in ROLES]
            except NoReverseMatch:
                found = ["?"] * len(ROLES)
            file.write(";".join([name, args, *found]) + "\n")


def _guess(path: str) -> str:
    """Propose arguments: the thing that the route's words name."""
    things = ("milestone", "dependenc", "activit", "period", "objective", "indicator", "impact")
    words = {"dependenc": "dependency", "activit": "activity"}
    things += ("population", "unit", "grant", "token", "link", "people", "run", "journal")
    words |= {"people": "person", "journal": "act"}
    thing = next((words.get(word, word) for word in things if word in path), "initiative")
    coded = thing if thing in CODED and path.startswith("api/") else "initiative"
    names = [part.partition(":")[2] or part for part in _converters(path)]
    given = [
        f"{name}={{{coded}.code}}" if name == "code" else f"{name}={{{thing}.pk}}" for name in names
    ]
    return " ".join(given)


def _converters(path: str) -> list[str]:
    return [piece.partition(">")[0] for piece in path.split("<")[1:]]


class Writes:
    """Notes every statement that writes to a table of what people wrote."""

    def __init__(self) -> None:
        self.tables: list[str] = []

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        found = WRITE.match(sql)
        if found and not any(part in found[1] for part in NOT_STATE):
            self.tables.append(found[1])
        return execute(sql, params, many, context)


def test_each_role_gets_what_the_table_says(world: dict[str, Any]) -> None:
    found: list[str] = []
    for role, person in the_world.people(world).items():
        client = the_world.client_of(person)
        before = state()
        for row in rows():
            writes = Writes()
            with connection.execute_wrapper(writes):
                answer = client.get(address(row, world))
            if str(answer.status_code) != row[role]:
                found.append(f"{role} {row['route']}: {answer.status_code}, not {row[role]}")
            if writes.tables:
                found.append(f"{role} GET {row['route']} wrote {set(writes.tables)}")
            _check_headers(answer, row["route"], found)
        if state() != before:
            found.append(f"{role}: reading changed what people wrote")
    assert not found, "\n".join(found)


def _check_headers(answer: Any, route: str, found: list[str]) -> None:
    found.extend(
        f"{route}: {name} is {answer.headers.get(name)!r}"
        for name, value in HEADERS.items()
        if answer.headers.get(name) not in (value, STRICTER.get(name))
    )
    if "no-store" not in answer.headers.get("Cache-Control", ""):
        found.append(f"{route}: may be cached")
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith("text/") and "charset=utf-8" not in kind.lower():
        found.append(f"{route}: {kind} says no charset")
    found.extend(
        f"{route}: cookie {cookie.key} is open"
        for cookie in answer.cookies.values()
        if cookie.value and not (cookie["httponly"] and cookie["samesite"] == "Lax")
    )


def test_head_is_get_without_a_body_and_writes_nothing(world: dict[str, Any]) -> None:
    client = the_world.client_of(the_world.people(world)["office"])
    before = state()
    for row in rows():
        answer = client.head(address(row, world))
        assert answer.status_code in {int(row["office"]), 405}, row["route"]
    assert state() == before


def test_no_unsafe_method_passes_without_its_csrf_token(world: dict[str, Any]) -> None:
    passed, before = [], state()
    for role in ("admin", "anonymous"):
        person = the_world.people(world)[role]
        client = the_world.client_of(person, enforce_csrf_checks=True)
        before = state()
        for row in rows():
            for method in UNSAFE:
                answer = getattr(client, method)(address(row, world))
                allowed = {"403", "405", *({"401"} if role == "anonymous" else ())}
                if str(answer.status_code) not in {*allowed, *absent(row)}:
                    passed.append(f"{role} {method} {row['route']}: {answer.status_code}")
        if state() != before:
            passed.append(f"{role}: something was written")
    assert not passed, "\n".join(passed)


def test_only_a_short_list_is_open_to_anybody() -> None:
    assert {row["route"] for row in rows() if row["anonymous"].startswith("2")} == OPEN


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND"])
def test_odd_methods_are_refused(world: dict[str, Any], method: str) -> None:
    client = the_world.client_of(the_world.people(world)["office"], enforce_csrf_checks=True)
    for row in rows():
        answer = client.generic(method, address(row, world))
        assert answer.status_code == 405, row["route"]


def test_a_page_that_does_not_exist_is_told_apart_from_nothing_else(world: dict[str, Any]) -> None:
    client: Client = the_world.client_of(the_world.people(world)["reader"])
    absent, closed = client.get("/no/such/page/"), client.get("/settings/people/")
    assert (absent.status_code, closed.status_code) == (404, 404)
    assert TOKEN.sub(b"", absent.content) == TOKEN.sub(b"", closed.content)
