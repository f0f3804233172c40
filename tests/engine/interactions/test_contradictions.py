"""Indicators pushed both ways, and conflicting facts for the same audience."""

from engine.interactions.portfolios import change, found, problem
from orchestre_engine.interactions.problem import Fact, IndicatorEffect
from orchestre_engine.interactions.solve import solve

A, B, C = change("A"), change("B"), change("C")


def test_an_indicator_pushed_both_ways_is_as_strong_as_its_weaker_side() -> None:
    effects = (
        IndicatorEffect("B", "handling time", 1, 3.0),
        IndicatorEffect("A", "handling time", -1, 2.0),
        IndicatorEffect("C", "handling time", -1, 0.5),
        IndicatorEffect("C", "cost", -1),
    )
    findings = found(problem(A, B, C, effects=effects), "indicator-opposed")
    assert [(one.changes, one.score) for one in findings] == [(("A", "B"), 2.0), (("B", "C"), 0.5)]
    assert findings[0].fact("indicator") == "handling time"
    assert (findings[0].fact("raises"), findings[0].fact("lowers")) == ("B", "A")


def test_the_same_direction_is_no_contradiction_and_effects_of_a_change_add_up() -> None:
    effects = (
        IndicatorEffect("A", "cost", 1, 2.0),
        IndicatorEffect("A", "cost", -1, 2.0),
        IndicatorEffect("B", "cost", -1),
        IndicatorEffect("C", "cost", -1),
    )
    result = solve(problem(A, B, C, effects=effects))
    assert result.findings == ()
    assert [(one.reason, one.count) for one in result.not_judged] == [("effects-cancel-out", 1)]


def test_an_indicator_that_many_push_both_ways_is_told_once() -> None:
    many = [change(f"M{at}") for at in range(9)]
    effects = tuple(
        IndicatorEffect(one.id, "cost", 1 if at < 2 else -1) for at, one in enumerate(many)
    )
    [finding] = solve(problem(*many, effects=effects)).findings
    assert finding.all_facts("raises") == ("M0", "M1")
    assert (len(finding.changes), finding.score) == (9, 2.0)


def test_two_indicators_give_two_findings_that_are_refused_apart() -> None:
    effects = tuple(
        IndicatorEffect(code, name, sign)
        for name in ("cost", "delay")
        for code, sign in (("A", 1), ("B", -1))
    )
    keys = {one.key for one in solve(problem(A, B, effects=effects)).findings}
    assert len(keys) == 2


def test_conflicting_facts_for_the_same_people() -> None:
    facts = (
        Fact("A", "till", "Heures d’ouverture", "8 h – 18 h"),
        Fact("B", "till", "heures d’OUVERTURE", "9 h – 17 h"),
        Fact("A", "stock", "Heures d’ouverture", "8 h – 18 h"),
        Fact("B", "stock", "Heures d’ouverture", "9 h – 17 h"),
        Fact("C", "office", "Heures d’ouverture", "10 h"),
    )
    [finding] = solve(problem(A, B, C, facts=facts)).findings
    assert (finding.rule, finding.changes) == ("facts-conflict", ("A", "B"))
    assert finding.populations == ("stock", "till")
    assert finding.fact("first_value") == "8 h – 18 h"
    assert finding.fact("second_value") == "9 h – 17 h"


def test_the_same_fact_written_otherwise_does_not_conflict() -> None:
    facts = (
        Fact("A", "till", "Lieu", "Salle  Étoile"),
        Fact("B", "till", "lieu", "salle etoile"),
        Fact("B", "till", "lieu", "salle Lune"),
        Fact("B", "till", "date", "mardi"),
    )
    result = solve(problem(A, B, facts=facts))
    assert result.findings == ()
    assert [(one.reason, one.count) for one in result.not_judged] == [("same-value", 1)]


def test_many_versions_of_a_fact_are_told_once() -> None:
    many = [change(f"M{at}") for at in range(9)]
    facts = tuple(Fact(one.id, "till", "site", f"site {at % 2}") for at, one in enumerate(many))
    [finding] = solve(problem(*many, facts=facts)).findings
    assert (len(finding.changes), finding.score_unit) == (9, "changes")
    assert finding.all_facts("value")[1] == "M1: site 1"
