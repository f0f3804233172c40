"""Estimates, risks, costs, assumptions, reference classes: written, refused, undone."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

import cast
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.kernel.errors import CannotDo, DomainError, StaleVersion
from orchestre.outlook.models import MilestoneEstimate, ReferenceCase, RiskEvent
from orchestre.outlook.services import reference, writing
from orchestre.outlook.snapshot.rows import assumptions
from orchestre.portfolio import services as portfolio

pytestmark = pytest.mark.django_db


def dates(first: date, *later: int) -> dict[str, Any]:
    names = ("optimistic_on", "likely_on", "pessimistic_on")
    return {
        name: first + timedelta(days=days) for name, days in zip(names, (0, *later), strict=True)
    }


def test_an_estimate_is_written_changed_and_forgotten(trio: SimpleNamespace) -> None:
    claire = cast.person("claire")
    row = writing.estimate(claire, trio.go_c, dates(date(2026, 7, 20), 14, 60))
    assert row.kind == "trigen"
    writing.estimate(claire, trio.go_c, {"pessimistic_on": date(2026, 12, 1)}, expected_version=1)
    row.refresh_from_db()
    assert (row.version, row.pessimistic_on) == (2, date(2026, 12, 1))
    with pytest.raises(StaleVersion):
        writing.estimate(
            claire, trio.go_c, {"pessimistic_on": date(2026, 11, 2)}, expected_version=1
        )
    writing.forget_estimate(claire, row)
    assert not MilestoneEstimate.objects.filter(milestone=trio.go_c).exists()
    undo(claire, ChangeSet.objects.get(verb="outlook.forget-estimate"))
    assert MilestoneEstimate.objects.filter(milestone=trio.go_c).exists()


@pytest.mark.parametrize(("later", "field"), [((-7, 30), "likely_on"), ((14, 7), "pessimistic_on")])
def test_dates_out_of_order_are_refused(
    trio: SimpleNamespace, later: tuple[int, int], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        writing.estimate(cast.person("claire"), trio.go_c, dates(date(2026, 7, 20), *later))
    assert list(refused.value.fields) == [field]


def test_a_milestone_that_is_reached_is_not_estimated(trio: SimpleNamespace) -> None:
    trio.go_c.actual_on = date(2026, 2, 2)
    with pytest.raises(DomainError, match="is reached"):
        writing.estimate(cast.person("claire"), trio.go_c, dates(date(2026, 7, 20), 14, 60))


def test_a_reader_estimates_nothing(trio: SimpleNamespace) -> None:
    rosa = cast.person("rosa")
    with pytest.raises(CannotDo):
        writing.estimate(rosa, trio.go_c, dates(date(2026, 7, 20), 14, 60))
    with pytest.raises(CannotDo):
        writing.add_risk(rosa, trio.c, {"name": "x", "probability": 0.1, "impact_weeks": 1})
    with pytest.raises(CannotDo):
        writing.assume(rosa, {"unit_correlation": 0.1})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"probability": 1.5}, "probability"),
        ({"residual_probability": -0.1}, "residual_probability"),
        ({"impact_weeks": 900}, "impact_weeks"),
        ({"impact_weeks": None}, "impact_weeks"),
    ],
)
def test_a_risk_says_what_it_does(
    trio: SimpleNamespace, values: dict[str, Any], field: str
) -> None:
    facts = {"name": "Retard", "probability": 0.2, "impact_weeks": 3.0} | values
    with pytest.raises(DomainError) as refused:
        writing.add_risk(cast.person("claire"), trio.c, facts)
    assert list(refused.value.fields) == [field]


def test_a_risk_belongs_to_a_milestone_of_its_initiative(trio: SimpleNamespace) -> None:
    claire = cast.person("claire")
    with pytest.raises(DomainError, match="of this initiative"):
        writing.add_risk(
            claire, trio.c,
            {"name": "x", "probability": 0.1, "impact_weeks": 1.0, "milestone": trio.go_a},
        )  # fmt: skip
    risk = writing.add_risk(
        claire, trio.c, {"name": "x", "probability": 0.1, "impact_eur": Decimal(5000)}
    )
    writing.change_risk(claire, risk, {"milestone": trio.go_c, "closed": True}, expected_version=1)
    risk.refresh_from_db()
    assert (risk.milestone_id, risk.closed) == (trio.go_c.pk, True)
    writing.remove_risk(claire, risk)
    assert not RiskEvent.objects.exists()


def test_a_moved_initiative_carries_its_estimates(trio: SimpleNamespace) -> None:
    portfolio.move(cast.person("claire"), trio.a, 7)
    assert MilestoneEstimate.objects.get(milestone=trio.go_a).likely_on == trio.end + timedelta(7)


def test_a_deleted_milestone_lets_go_of_its_estimate_and_undo_gives_it_back(
    trio: SimpleNamespace,
) -> None:
    claire = cast.person("claire")
    risk = RiskEvent.objects.create(
        initiative=trio.a, milestone=trio.go_a, name="x", probability=0.1, impact_weeks=1
    )
    done = portfolio.remove_milestone(claire, trio.go_a)
    risk.refresh_from_db()
    assert risk.milestone_id is None
    assert done is not None
    undo(claire, done)
    assert MilestoneEstimate.objects.filter(milestone_id=risk.milestone_id or 0).count() == 0
    risk.refresh_from_db()
    assert risk.milestone_id is not None
    assert MilestoneEstimate.objects.filter(milestone=risk.milestone).exists()


def test_assumptions_are_changed_and_a_rate_needs_a_source(trio: SimpleNamespace) -> None:
    claire = cast.person("claire")
    with pytest.raises(DomainError, match="where the rate comes from"):
        writing.assume(claire, {"discount_rate": 0.035})
    writing.assume(claire, {"discount_rate": 0.035, "discount_source": "Direction financière"})
    assert assumptions().discount_rate == 0.035
    with pytest.raises(DomainError, match="1 excluded"):
        writing.assume(claire, {"unit_correlation": 1.0})
    with pytest.raises(DomainError, match="At worst"):
        writing.assume(claire, {"cost_high_ratio": 0.5})


def test_the_cost_of_an_initiative_holds_its_plan(trio: SimpleNamespace) -> None:
    claire = cast.person("claire")
    with pytest.raises(DomainError, match="At best"):
        writing.estimate_cost(claire, trio.a, {"low_ratio": 1.2})
    with pytest.raises(DomainError, match="At worst"):
        writing.estimate_cost(claire, trio.a, {"high_ratio": 0.9})
    row = writing.estimate_cost(claire, trio.a, {"low_ratio": 0.8, "high_ratio": 1.5})
    assert writing.estimate_cost(claire, trio.a, {"high_ratio": 1.6}).pk == row.pk


TABLE = "Projet;Budget;Coût réel\n" + "\n".join(f"P{at};100;{100 + 10 * at}" for at in range(12))


def test_a_public_table_becomes_a_class(trio: SimpleNamespace) -> None:
    claire = cast.person("claire")
    assert reference.import_table(claire, "Ailleurs", TABLE.encode(), {}) == (12, 0)
    from orchestre.outlook.snapshot.rows import take  # noqa: PLC0415 - beside its use

    drifts = reference.costs(take(date(2026, 3, 2)))
    assert [(one.source, one.cases) for one in drifts] == [("", 0), ("Ailleurs", 12)]
    assert drifts[0].found is None
    assert drifts[1].found is not None
    assert drifts[1].found.uplift(50) == pytest.approx(1.5)
    reference.import_table(claire, "Ailleurs", TABLE.encode(), {})
    assert ReferenceCase.objects.count() == 12
    reference.remove_class(claire, "Ailleurs")
    assert not ReferenceCase.objects.exists()


@pytest.mark.parametrize(
    ("content", "columns", "words"),
    [
        (b"Projet;Budget\nP1;1\n", {}, "at least 10"),
        (TABLE.encode(), {"actual_eur": "Dépense"}, "no column “Dépense”"),
        (TABLE.replace("Budget", "Autre").encode(), {}, "both what was planned"),
    ],
)
def test_a_table_that_cannot_be_a_class_is_refused(
    trio: SimpleNamespace, content: bytes, columns: dict[str, str], words: str
) -> None:
    with pytest.raises(DomainError, match=words):
        reference.import_table(cast.person("claire"), "Ailleurs", content, columns)
