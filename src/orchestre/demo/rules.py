"""The content of the demo organisation, read in one language and placed in time.

The tables count weeks from a Monday twelve weeks ago, so that whoever opens the demo, in any
season, finds changes behind, under way and ahead.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from orchestre.demo import means

CONTENT = Path(__file__).parent / "content"
WEEKS_BEHIND = 12
MEANS = ("roles", "demands", "costs", "envelopes")
Values = dict[str, object]


@dataclass(frozen=True)
class Planted:
    """A situation put there on purpose: the product must find it."""

    kind: str
    initiatives: frozenset[str]
    populations: frozenset[str]


def table(name: str) -> list[dict[str, str]]:
    """Read one table of the content."""
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def first_monday(today: date) -> date:
    """Return the Monday from which the content counts its weeks: twelve weeks ago."""
    return today - timedelta(days=today.weekday(), weeks=WEEKS_BEHIND)


def planted() -> list[Planted]:
    """Return every planted situation."""
    return [
        Planted(
            row["kind"],
            frozenset(_split(row["initiatives"])),
            frozenset(_split(row["populations"])),
        )
        for row in table("planted")
    ]


def _split(text: str) -> list[str]:
    return [part for part in text.split("|") if part]


@dataclass(frozen=True)
class Teller:
    """Tells the content in one language, from one Monday."""

    language: str
    start: date

    def day(self, weeks: str) -> date:
        """Return the Monday so many weeks after the start."""
        return self.start + timedelta(weeks=int(weeks))

    def text(self, row: dict[str, str], name: str) -> str:
        """Return a text in the language."""
        return row[f"{name}_{self.language}"]

    def names(self, text: str) -> list[str]:
        """Return a list of names, each written `français=English` when they differ."""
        parts = [part.split("=") for part in _split(text)]
        return [part[0] if self.language == "fr" else part[-1] for part in parts]

    def records(self) -> dict[str, list[Values]]:
        """Return the rows of every sheet of the portfolio workbook."""
        return {
            "units": [self._unit(row) for row in table("units")],
            "populations": [self._population(row) for row in table("populations")],
            "objectives": self._objectives(),
            "initiatives": self._initiatives(),
            "impacts": [self._impact(row) for row in table("impacts")],
            "activities": [self._activity(row) for row in table("activities")],
            "dependencies": [self._dependency(row) for row in table("dependencies")],
            "milestones": self._milestones(),
            "capacity": [self._capacity(row) for row in table("capacity")],
            "periods": [self._period(row) for row in table("periods")],
            **{kind: means.records(self, table(kind), kind) for kind in MEANS},
        }

    def _unit(self, row: dict[str, str]) -> Values:
        return {"code": row["code"], "name": self.text(row, "name"), "parent": row["parent"]}

    def _population(self, row: dict[str, str]) -> Values:
        return {
            "code": row["code"],
            "name": self.text(row, "name"),
            "unit": row["unit"],
            "role": self.text(row, "role"),
            "site": row["site"],
            "kind": "unit",
            "headcount": int(row["headcount"]),
            "headcount_on": self.start,
            "weekly_hours": 35.0,
        }

    def _objectives(self) -> list[Values]:
        indicators = {row["objective"]: row for row in table("indicators")[::-1]}
        made: list[Values] = []
        for row in table("objectives"):
            measure = indicators.get(row["code"])
            made.append(
                {
                    "code": row["code"],
                    "title": self.text(row, "title"),
                    "axis": self.text(row, "axis"),
                    "horizon": self.day(row["horizon"]),
                    "indicator": self.text(measure, "name") if measure else "",
                    "direction": measure["direction"] if measure else "",
                }
            )
        return made

    def _initiatives(self) -> list[Values]:
        programmes = self.programmes()
        indicators = {row["code"]: self.text(row, "name") for row in table("indicators")}
        people = {row["unit"]: row for row in table("people")}
        worth = {row["initiative"]: row for row in table("worth")}
        pushed: dict[tuple[str, str], list[str]] = {}
        for row in table("effects"):
            key = (row["initiative"], row["direction"])
            pushed.setdefault(key, []).append(indicators[row["indicator"]])
        return [
            {
                **self._initiative(row),
                **means.worth_of(self, worth.get(row["code"])),
                "programme": programmes.get(row["programme"], ""),
                "sponsor": self.text(people[row["unit"]], "sponsor"),
                "lead": self.text(people[row["unit"]], "lead"),
                "indicators_up": pushed.get((row["code"], "up"), []),
                "indicators_down": pushed.get((row["code"], "down"), []),
            }
            for row in table("initiatives")
        ]

    def programmes(self) -> dict[str, str]:
        """Return the names of the programmes by their codes."""
        return {row["code"]: self.text(row, "name") for row in table("programmes")}

    def _initiative(self, row: dict[str, str]) -> Values:
        starts_on = self.day(row["start"])
        human, technical, economic = row["health"].split("|")
        return {
            "code": row["code"],
            "title": self.text(row, "title"),
            "why": self.text(row, "why"),
            "family": row["family"],
            "kind": row["kind"],
            "stage": row["stage"],
            "unit": row["unit"],
            "starts_on": starts_on,
            "ends_on": starts_on + timedelta(weeks=int(row["weeks"])),
            "go_live_on": self.day(row["golive"]),
            "go_live_earlier_weeks": float(row["earlier"]),
            "go_live_later_weeks": float(row["later"]),
            "cost_eur": Decimal(row["cost_k"]) * 1000,
            "health_human": human,
            "health_technical": technical,
            "health_economic": economic,
            "mandatory": bool(row["mandatory"]),
            "mandatory_reason": self.text(row, "why") if row["mandatory"] else "",
            "systems": self.names(row["systems"]),
            "processes": self.names(row["processes"]),
            "supplier": self.names(row["suppliers"]),
            "experts": self.names(row["experts"]),
            "deliverables": self.names(row["deliverables"]),
            "objectives": _split(row["objectives"]),
        }

    def _impact(self, row: dict[str, str]) -> Values:
        aspects = dict(part.split("=") for part in _split(row["aspects"]))
        return {
            "initiative": row["initiative"],
            "population": row["population"],
            "intensity": float(row["intensity"]),
            "hours_per_person": float(row["hours"]) if row["hours"] else None,
            "reach_ratio": float(row["reach"]),
            "from_state": self.text(row, "from"),
            "to_state": self.text(row, "to"),
            "provenance": "declared",
            **{name: float(level) for name, level in aspects.items()},
        }

    def _activity(self, row: dict[str, str]) -> Values:
        starts_on = self.day(row["start"])
        return {
            "initiative": row["initiative"],
            "population": row["population"],
            "kind": row["kind"],
            "name": self.text(row, "name"),
            "aspect": row["aspect"],
            "starts_on": starts_on,
            "ends_on": starts_on + timedelta(weeks=int(row["weeks"])),
            "hours_per_person": float(row["hours"]),
            "reach_ratio": float(row["reach"]),
        }

    def _dependency(self, row: dict[str, str]) -> Values:
        return {
            "predecessor": row["predecessor"],
            "successor": row["successor"],
            "kind": row["kind"],
            "lag_days": int(row["lag_days"]),
            "what": self.text(row, "what"),
            "agreed": bool(row["agreed"]),
        }

    def _milestones(self) -> list[Values]:
        label = "Mise en service" if self.language == "fr" else "Go-live"
        return [
            {
                "initiative": row["code"],
                "name": label,
                "kind": "go_live",
                "baseline_on": self.day(row["golive"]),
                "forecast_on": self.day(row["golive"]),
            }
            for row in table("initiatives")
        ]

    def _capacity(self, row: dict[str, str]) -> Values:
        return {
            "unit": row["unit"],
            "absorption_ratio": float(row["ratio"]),
            "reason": self.text(row, "reason"),
            "provenance": "declared",
        }

    def _period(self, row: dict[str, str]) -> Values:
        starts_on = self.day(row["start"])
        return {
            "unit": row["unit"],
            "kind": row["kind"],
            "name": self.text(row, "name"),
            "starts_on": starts_on,
            "ends_on": starts_on + timedelta(weeks=int(row["weeks"])),
            "factor": float(row["factor"]),
        }
