"""Who claims, declares, validates; what is refused and why; what cannot be undone."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

import cast
import factories
from orchestre.benefits import policy, queries, services, snapshot
from orchestre.benefits.models import Benefit, ValueLine
from orchestre.benefits.services.proofs import fingerprint
from orchestre.journal.models import ChangeSet
from orchestre.kernel.errors import CannotDo, DomainError, StaleVersion
from orchestre.portfolio.models import Initiative
from support import results

pytestmark = pytest.mark.django_db
JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)


@pytest.fixture
def one() -> Initiative:
    cast.organisation()
    made = factories.initiative("New till", code="IN-1", unit=factories.unit("Agences", code="AG"))
    cast.lead_of(made.pk)
    return made


def declared(one: Initiative, amount: int = 310) -> ValueLine:
    made = results.benefit(one)
    return services.declare(cast.person("lina"), made, JAN, Decimal(amount))


def test_a_lead_declares_and_another_validates(one: Initiative) -> None:
    line = declared(one)
    assert (line.declared, str(line.declared_by)) == (310, "Lina Lead")
    done = services.validate(cast.person("aude"), line, Decimal(250), expected_version=line.version)
    assert (done.validated, str(done.validated_by)) == (250, "Aude Auditor")
    assert not ChangeSet.objects.latest("pk").undoable


@pytest.mark.parametrize("name", ["lina", "rosa", "ada", "paul"])
def test_validating_is_a_charge_of_the_office_and_of_auditors(one: Initiative, name: str) -> None:
    line = declared(one)
    with pytest.raises(CannotDo, match="Only the transformation office and auditors"):
        services.validate(cast.person(name), line, Decimal(1))


def test_nobody_validates_what_they_declared_not_even_the_office(one: Initiative) -> None:
    claire = cast.person("claire")
    line = services.declare(claire, results.benefit(one), JAN, Decimal(10))
    with pytest.raises(CannotDo, match="You declared this amount"):
        services.validate(claire, line, Decimal(10))
    with pytest.raises(IntegrityError), transaction.atomic():
        ValueLine.objects.filter(pk=line.pk).update(validated_by=claire)


def test_without_a_dated_baseline_nothing_is_declared(one: Initiative) -> None:
    made = results.benefit(one, baseline_on=None)
    with pytest.raises(DomainError, match="Say the baseline and its date first"):
        services.declare(cast.person("lina"), made, JAN, Decimal(1))


def test_a_month_to_come_is_a_forecast(one: Initiative) -> None:
    made, ahead = results.benefit(one), timezone.localdate() + timedelta(days=62)
    with pytest.raises(DomainError, match="write it as a forecast"):
        services.declare(cast.person("lina"), made, ahead, Decimal(1))
    assert services.foresee(cast.person("lina"), made, ahead, Decimal(5)).forecast == 5


def test_no_more_than_declared_is_validated_and_validated_is_closed(one: Initiative) -> None:
    line, aude = declared(one), cast.person("aude")
    with pytest.raises(DomainError, match="No more than what was declared"):
        services.validate(aude, line, Decimal(311))
    services.validate(aude, line, Decimal(250))
    with pytest.raises(DomainError, match="contest it before"):
        services.declare(cast.person("lina"), line.benefit, JAN, Decimal(400))
    with pytest.raises(DomainError, match="it is kept"):
        services.remove_benefit(cast.person("lina"), line.benefit)
    with pytest.raises(DomainError, match="Say why"):
        services.contest(aude, line, " ")
    services.contest(aude, line, "Counted twice")
    line.refresh_from_db()
    assert (line.validated, line.validated_by) == (None, None)
    assert ChangeSet.objects.latest("pk").reason == "Counted twice"


def test_an_old_version_is_not_validated(one: Initiative) -> None:
    line = declared(one)
    services.validate(cast.person("aude"), line, Decimal(100), expected_version=line.version)
    with pytest.raises(StaleVersion):
        services.validate(cast.person("claire"), line, Decimal(200), expected_version=1)


def test_planning_follows_the_target_the_ramp_and_the_anchor(one: Initiative) -> None:
    made = results.benefit(one, ramp_months=1, attribution_ratio=0.5, recurrence="once")
    assert services.plan_values(cast.person("lina"), made) == 12
    lines = list(made.lines.values_list("month_on", "planned"))
    assert lines[0] == (date(2026, 4, 1), Decimal("25.00"))
    assert lines[1] == (date(2026, 5, 1), Decimal("50.00"))
    made.target_per_year = None
    with pytest.raises(DomainError, match="Give a target a year"):
        services.plan_values(cast.person("lina"), made)


def test_evidence_keeps_the_fingerprint_and_is_graded_by_another(one: Initiative) -> None:
    made, lina, aude = results.benefit(one), cast.person("lina"), cast.person("aude")
    file = fingerprint("invoices.pdf", [b"ab", b"c"])
    assert file.size == 3
    assert file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    proof = services.add_evidence(lina, made, "Invoices", file)
    with pytest.raises(CannotDo):
        services.review_evidence(lina, proof, "strong")
    own = services.add_evidence(aude, made, "Count")
    with pytest.raises(CannotDo, match="You brought this evidence"):
        services.review_evidence(aude, own, "strong")
    assert services.review_evidence(aude, proof, "sufficient").reviewer == aude


def test_a_benefit_is_auditable_once_nothing_lacks(one: Initiative) -> None:
    made = results.benefit(one)
    (held,) = queries.with_parts(Benefit.objects.all())
    assert "budget_trace" in queries.lacking(held)
    Benefit.objects.update(
        baseline_source="Ledger", assumptions="Volumes stay", method="Invoices",
        cost_to_achieve_eur=5, recurrence="yearly", budget_line="Postage",
    )  # fmt: skip
    made.refresh_from_db()
    proof = services.add_evidence(cast.person("lina"), made, "Invoices")
    (held,) = queries.with_parts(Benefit.objects.all())
    assert queries.lacking(held) == ("reviewer",)
    services.review_evidence(cast.person("aude"), proof, "strong")
    (held,) = queries.with_parts(Benefit.objects.all())
    assert queries.lacking(held) == ()
    assert snapshot.level_of(held) == 1  # qualified; nobody committed to it


def test_the_vector_of_the_design_from_rows(one: Initiative) -> None:
    made = results.benefit(one)
    for month, amounts in (
        (JAN, {"planned": 300, "declared": 200, "validated": 150}),
        (FEB, {"planned": 100, "declared": 110, "validated": 100}),
        (date(2090, 1, 1), {"planned": 600, "forecast": 500}),
    ):
        ValueLine.objects.create(benefit=made, month_on=month, **amounts)
    told = queries.summary(queries.with_parts(Benefit.objects.all()), date(2026, 3, 5))
    assert (told.planned, told.declared, told.validated) == (400, 310, 250)
    assert told.rates.declared_ratio == pytest.approx(0.775)
    assert told.rates.validated_ratio == pytest.approx(0.625)
    assert told.rates.forecast_ratio == pytest.approx(0.90)


def test_harm_and_other_measures_are_in_no_total(one: Initiative) -> None:
    harm = results.benefit(one, "B-02", disbenefit=True)
    other = results.benefit(one, "B-03", measure="minutes")
    for made in (harm, other):
        ValueLine.objects.create(benefit=made, month_on=JAN, planned=50, declared=40)
    told = queries.summary(queries.with_parts(Benefit.objects.all()), date(2026, 3, 5))
    assert (told.planned, told.declared, told.harm_declared) == (None, None, 40)
    assert told.other_measures == 1


def test_the_same_line_claimed_twice_is_told(one: Initiative) -> None:
    two = factories.initiative("Other", code="IN-2", unit=one.unit)
    for code, initiative in (("B-01", one), ("B-02", two)):
        results.benefit(
            initiative, code, unit=one.unit, budget_line="Postage ", attribution_ratio=0.7
        )
    told = queries.summary(queries.with_parts(Benefit.objects.all()), date(2026, 3, 5))
    (double,) = told.doubles
    assert double.keys == ("B-01", "B-02")


def test_benefits_of_a_closed_initiative_do_not_exist(one: Initiative) -> None:
    secret = factories.initiative("Canary", code="IN-9", confidential=True)
    results.benefit(secret, "B-09")
    assert not policy.visible_to(cast.person("rosa")).filter(code="B-09").exists()
    assert policy.visible_to(cast.person("claire")).filter(code="B-09").exists()


def test_a_curve_reaches_the_last_month_however_long_it_is(one: Initiative) -> None:
    made = results.benefit(one)
    for year in (2018, 2026):
        ValueLine.objects.create(benefit=made, month_on=date(year, 1, 1), planned=Decimal(100))
    found = queries.curves(queries.with_parts(Benefit.objects.filter(pk=made.pk)), date(2026, 3, 2))
    assert found is not None
    assert found.months[-1] == JAN
    assert found.planned[-1] == 200
