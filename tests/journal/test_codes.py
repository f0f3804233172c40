"""Rows created at the same moment get different codes, and none is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, models

import cast
from orchestre.access.models import User
from orchestre.org import services as org
from orchestre.org.models import Population, Unit
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Initiative, Programme
from orchestre.strategy import services as strategy
from orchestre.strategy.models import Indicator, Objective

pytestmark = pytest.mark.usefixtures("committed")
WRITERS = 8
CASES: list[tuple[type[models.Model], Callable[[User, int], Any]]] = [
    (Unit, lambda user, _n: org.create_unit(user, {"name": "Agences"})),
    (Population, lambda user, _n: org.create_population(user, {"name": "Guichets"})),
    (Initiative, lambda user, n: portfolio.create(user, title=f"Caisse {n}")),
    (Programme, lambda user, n: portfolio.add_programme(user, f"Programme {n}")),
    (Objective, lambda user, n: strategy.add_objective(user, {"title": f"But {n}"})),
    (Indicator, lambda user, n: strategy.add_indicator(user, {"name": f"Taux {n}"})),
]


@pytest.mark.parametrize(("model", "create"), CASES, ids=lambda one: getattr(one, "__name__", ""))
def test_writers_at_once_get_different_codes(
    model: type[models.Model], create: Callable[[User, int], Any]
) -> None:
    cast.organisation()
    user, gate = cast.person("claire"), threading.Barrier(WRITERS)
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            gate.wait(20)
            create(User.objects.get(pk=user.pk), number)
        except BaseException as failure:  # noqa: BLE001 - told by the test
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    codes = list(model._default_manager.values_list("code", flat=True))
    assert len(codes) == len(set(codes)) == WRITERS
