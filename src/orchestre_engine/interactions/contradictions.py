"""Contradictions: an indicator pushed both ways, and facts that conflict for the same audience."""

import unicodedata
from collections import defaultdict
from itertools import combinations, product

from orchestre_engine.interactions.problem import InteractionProblem
from orchestre_engine.interactions.result import (
    CHANGES,
    POPULATIONS,
    WEIGHT,
    Finding,
    FindingKind,
    fingerprint,
)
from orchestre_engine.interactions.windows import Tally

INDICATOR_OPPOSED = "indicator-opposed"
FACTS_CONFLICT = "facts-conflict"


def find_opposed(problem: InteractionProblem, tally: Tally) -> list[Finding]:
    """Give the changes that push the same indicator in opposite directions.

    The effects of a change on an indicator add up first. A contradiction is as strong as its
    weaker side. More than `crowd_changes` changes on an indicator with both signs are told once.
    """
    net: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for effect in problem.effects:
        net[effect.indicator][effect.change] += effect.direction * effect.weight
    findings: list[Finding] = []
    for indicator, pushes in sorted(net.items()):
        up = {change: push for change, push in pushes.items() if push > 0}
        down = {change: -push for change, push in pushes.items() if push < 0}
        tally[INDICATOR_OPPOSED, "effects-cancel-out"] += len(pushes) - len(up) - len(down)
        if not up or not down:
            continue
        if len(up) + len(down) > problem.crowd_changes:
            findings.append(_torn_indicator(indicator, up, down))
        else:
            findings += [
                _opposed(indicator, raises, lowers, min(up[raises], down[lowers]))
                for raises, lowers in product(up, down)
            ]
    return findings


def _opposed(indicator: str, raises: str, lowers: str, weight: float) -> Finding:
    pair = (min(raises, lowers), max(raises, lowers))
    return Finding(
        kind=FindingKind.CONTRADICTION,
        rule=INDICATOR_OPPOSED,
        changes=pair,
        populations=(),
        starts_on=None,
        ends_on=None,
        score=weight,
        score_unit=WEIGHT,
        facts=(("indicator", indicator), ("raises", raises), ("lowers", lowers)),
        key=fingerprint(FindingKind.CONTRADICTION, INDICATOR_OPPOSED, *pair, indicator),
    )


def _torn_indicator(indicator: str, up: dict[str, float], down: dict[str, float]) -> Finding:
    return Finding(
        kind=FindingKind.CONTRADICTION,
        rule=INDICATOR_OPPOSED,
        changes=tuple(sorted((*up, *down))),
        populations=(),
        starts_on=None,
        ends_on=None,
        score=min(sum(up.values()), sum(down.values())),
        score_unit=WEIGHT,
        facts=(
            ("indicator", indicator),
            *(("raises", change) for change in sorted(up)),
            *(("lowers", change) for change in sorted(down)),
        ),
        key=fingerprint(FindingKind.CONTRADICTION, INDICATOR_OPPOSED, "crowd", indicator),
    )


def alike(text: str) -> str:
    """Give what two writings of the same thing have in common: no case, accent nor odd space."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(s for s in plain if not unicodedata.combining(s)).split())


def find_conflicts(problem: InteractionProblem, tally: Tally) -> list[Finding]:
    """Give the changes that tell the same people different things about the same subject.

    Two changes that have a value in common on the subject are taken to agree on it.
    """
    told: dict[tuple[str, str], dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    names: dict[str, str] = {}
    for fact in problem.facts:
        subject = alike(fact.subject)
        names.setdefault(subject, fact.subject)
        told[subject, fact.population][fact.change].setdefault(alike(fact.value), fact.value)
    findings: list[Finding] = []
    pairs: dict[tuple[str, str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for (subject, population), by_change in sorted(told.items()):
        versions = {value for values in by_change.values() for value in values}
        if len(versions) > 1 and len(by_change) > problem.crowd_changes:
            findings.append(_many_versions(names[subject], subject, population, by_change))
            continue
        for first, second in combinations(sorted(by_change), 2):
            if by_change[first].keys() & by_change[second].keys():
                tally[FACTS_CONFLICT, "same-value"] += 1
                continue
            values = (_said(by_change[first]), _said(by_change[second]))
            pairs[first, second, subject].append((population, *values))
    findings += [_conflict(pair, names[pair[2]], cases) for pair, cases in pairs.items()]
    return findings


def _said(values: dict[str, str]) -> str:
    return " / ".join(values[value] for value in sorted(values))


def _conflict(
    pair: tuple[str, str, str], subject: str, cases: list[tuple[str, str, str]]
) -> Finding:
    first, second, folded = pair
    populations = tuple(sorted({population for population, _, _ in cases}))
    _, here, there = cases[0]
    return Finding(
        kind=FindingKind.CONTRADICTION,
        rule=FACTS_CONFLICT,
        changes=(first, second),
        populations=populations,
        starts_on=None,
        ends_on=None,
        score=float(len(populations)),
        score_unit=POPULATIONS,
        facts=(("subject", subject), ("first_value", here), ("second_value", there)),
        key=fingerprint(FindingKind.CONTRADICTION, FACTS_CONFLICT, first, second, folded),
    )


def _many_versions(
    subject: str, folded: str, population: str, by_change: dict[str, dict[str, str]]
) -> Finding:
    changes = tuple(sorted(by_change))
    return Finding(
        kind=FindingKind.CONTRADICTION,
        rule=FACTS_CONFLICT,
        changes=changes,
        populations=(population,),
        starts_on=None,
        ends_on=None,
        score=float(len(changes)),
        score_unit=CHANGES,
        facts=(
            ("subject", subject),
            *(("value", f"{change}: {_said(by_change[change])}") for change in changes),
        ),
        key=fingerprint(FindingKind.CONTRADICTION, FACTS_CONFLICT, "crowd", population, folded),
    )
