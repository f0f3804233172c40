"""`Idempotency-Key`: a program may ask twice, the act is done once.

    @router.post("/initiatives", response=InitiativeOut)
    @once
    def create(request, payload: InitiativeIn): ...

The key and the answer are written in the transaction of the act. The table of used keys
belongs to the journal, above this house, and is reached by its name.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.responses import Status

from orchestre.kernel.errors import DomainError

HEADER = "Idempotency-Key"
LONGEST_KEY = 150
Answer = TypeVar("Answer")


class Encoder(DjangoJSONEncoder):
    """Writes the schemas that routes return; anything else is our mistake."""

    def default(self, o: object) -> object:
        """Dump a schema as plain values."""
        return o.model_dump(mode="json") if isinstance(o, Schema) else super().default(o)


def once(route: Callable[..., Answer]) -> Callable[..., Answer]:
    """Do an unsafe route once per key; it must return plain values, schemas or a Status."""

    @wraps(route)
    def only_once(request: HttpRequest, *args: object, **kwargs: object) -> object:
        key = request.headers.get(HEADER, "").strip()
        if not key:
            return route(request, *args, **kwargs)
        if len(key) > LONGEST_KEY:
            raise DomainError(_("The idempotency key is too long."), code="idempotency-key")
        return _first_or_again(request, key, lambda: route(request, *args, **kwargs))

    # ninja reads the parameters here, with names known where the route is written
    only_once.__signature__ = inspect.signature(route, eval_str=True)  # type: ignore[attr-defined]  # documented by inspect
    return cast(Callable[..., Answer], only_once)


def _first_or_again(request: HttpRequest, key: str, do: Callable[[], object]) -> object:
    used: models.Manager[Any] = apps.get_model("journal.UsedKey")._default_manager  # noqa: SLF001 - Django's documented API
    name = f"{request.user.pk}:{key}"
    digest = _digest(request)
    try:
        with transaction.atomic():
            row = used.create(key=name, request_digest=digest, status=0, body="")
            answer = do()
            row.status, row.body = _kept(answer)
            row.save(update_fields=["status", "body"])
    except IntegrityError:
        known = used.filter(key=name).first()
        if known is None:
            raise  # not about the key: our fault
        return _again(known, digest)
    return answer


def _again(known: Any, digest: str) -> object:  # noqa: ANN401 - a row of a table known by name
    if known.request_digest != digest:
        raise DomainError(
            _("This idempotency key was used for another request. Draw a new one."),
            code="idempotency-key-reused",
        )
    body = json.loads(known.body)
    return Status(known.status, body) if known.status else body


def _kept(answer: object) -> tuple[int, str]:
    if isinstance(answer, Status):
        return answer.status_code, json.dumps(answer.value, cls=Encoder)
    return 0, json.dumps(answer, cls=Encoder)


def _digest(request: HttpRequest) -> str:
    content = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    return hashlib.sha256(content).hexdigest()
