"""The worked example of the method page is what the code computes, in both languages."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from orchestre.sequencing.rules.edits import Edit
from orchestre.sequencing.services import gauges

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("fr", ("= 338 h", "= 2 ETP-mois", "| 40 000 €", "= 40 000 €", "− 56 000 €")),
        ("en", ("= 338 h", "= 2 FTE-months", "| €40,000", "= €40,000", "− €56,000")),
    ],
)
def test_the_worked_example(plan: SimpleNamespace, page: str, told: tuple[str, ...]) -> None:
    text = (DOCS / page / "methods" / "gauges.md").read_text(encoding="utf-8")
    assert all(one in text for one in told)
    before = gauges.measure().measures
    after = gauges.measure_edits({"IN-B": Edit(shift_days=56)}).measures
    assert (before.people_over, after.people_over) == (260, 0)
    assert before.excess_person_hours == pytest.approx(338)
    assert before.fte_excess == pytest.approx(2)
    assert before.budget_excess_eur == pytest.approx(40_000)
    assert after.budget_excess_eur == pytest.approx(40_000)
    assert after.delay_cost_eur == pytest.approx(40_000)
    assert before.value_eur is not None
    assert after.value_eur is not None
    assert after.value_eur - before.value_eur == pytest.approx(-56_000)
