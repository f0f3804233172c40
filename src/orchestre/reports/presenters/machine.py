"""A report as one object that any program reads: no infinite figure, no missing key."""

from __future__ import annotations

import math
from typing import Any

from orchestre.interactions.models import Finding
from orchestre.interactions.presenters.sentences import Told, sentence
from orchestre.load.presenters.overloads import merged, probability
from orchestre.reports.presenters.frame import Subject, named
from orchestre.reports.rules import plain
from orchestre_engine import load as engine


def as_object(subject: Subject) -> dict[str, Any]:
    """Return what `orchestre analyse --json` writes."""
    return {
        "initiatives": subject.initiatives,
        "refused": list(subject.refused),
        "assumed_ratio": plain(subject.assumed_ratio),
        "overloads": [_overload(subject, one) for one in subject.overloads],
        "findings": [_finding(subject, one) for one in subject.findings],
    }


def _overload(subject: Subject, one: engine.Overload) -> dict[str, Any]:
    view = subject.view
    group = view.snapshot.groups[one.population]
    told: dict[str, Any] = {
        "population": named(group.name, group.code),
        "from": view.monday(one.first).isoformat(),
        "to": view.monday(one.last).isoformat(),
        "peak_ratio": plain(one.peak_ratio),
        "excess_person_hours": plain(one.excess_person_hours, 2),
        "probability": plain(probability(view, one)),
        "contributions": _contributions(subject, one),
    }
    if math.isinf(one.peak_ratio):
        told["peak_over_zero_capacity"] = True
    return told


def _contributions(subject: Subject, one: engine.Overload) -> list[dict[str, Any]]:
    askings, reader = subject.view.snapshot.askings, subject.reader
    found: list[dict[str, Any]] = [
        {
            "initiative": named(askings[part.change].title, part.change),
            "share": plain(part.excess_share),
        }
        for part in one.contributions
        if reader.names(part.change)
    ]
    closed = tuple(part for part in one.contributions if not reader.names(part.change))
    found += [
        {"initiative": name, "share": plain(share)}
        for name, share, _hours in merged(subject.view, reader, closed)
    ]
    return sorted(found, key=lambda part: -(part["share"] or 0.0))


def _finding(subject: Subject, one: Finding) -> dict[str, Any]:
    told = Told(one, subject.names)
    return {
        "kind": one.kind,
        "initiatives": [named(row.title, row.code) for row in told.initiatives],
        "populations": [named(row.name, row.code) for row in told.populations],
        "from": one.starts_on.isoformat() if one.starts_on else None,
        "to": one.ends_on.isoformat() if one.ends_on else None,
        "score": plain(one.score, 2),
        "sentence": sentence(one, subject.names),
    }
