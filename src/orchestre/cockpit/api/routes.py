"""The eight questions over the API: read only, answered as their pages answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from ninja import Query, Router

from orchestre.access.api.caller import user_of
from orchestre.access.api.paging import Listing, Paged, page_of
from orchestre.access.api.security import auth
from orchestre.access.models import User
from orchestre.cockpit.api import schemas
from orchestre.cockpit.presenters import answering

router = Router(tags=["questions"], auth=auth)


@contextmanager
def _for_reader(request: HttpRequest) -> Iterator[User]:
    """Speak the language that the call asks for, else that of the account."""
    person = user_of(request)
    asked = "Accept-Language" in request.headers
    with nullcontext() if asked else translation.override(person.language):
        yield person


@router.get("/questions", response=Paged[schemas.QuestionOut], summary="List the questions")
def list_questions(request: HttpRequest, asked: Query[Listing]) -> dict[str, Any]:
    """Return the questions of a committee that you may ask, and what each is about."""
    with _for_reader(request) as person:
        cut, wrap = page_of(request, answering.listed(person), asked)
        return wrap(list(cut))


@router.get("/questions/{question}", response=schemas.AnswerOut, summary="Ask a question")
def ask_question(
    request: HttpRequest, question: str, asked: Query[schemas.AnswerAsked]
) -> dict[str, Any]:
    """Answer in one sentence, then by figures and tables: nothing is cut, nothing is written.

    In the language of Accept-Language, else of your account.
    """
    with _for_reader(request) as person:
        return answering.plain(answering.answer(person, question, asked.dict()))
