"""Waves of the workbook: one line each, with who goes live then; a population is in one at most.

Who goes live is settled once every line is read, so that a population may leave one wave for
another in the same file, whatever the order of the lines.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from orchestre.exchange.implied import texts
from orchestre.exchange.ledger import FieldDiff, PlannedRow
from orchestre.portfolio.rules.dates import FIRST_DAY, LAST_DAY
from orchestre.portfolio.services.waves import MOST_WAVES
from orchestre.sheets.cells import format_list
from orchestre.sheets.dataset import Record

if TYPE_CHECKING:
    from orchestre.exchange.planning import Planner

KIND = "wave_people"
_Pair = tuple[int, int]


@dataclass(frozen=True)
class _Line:
    """One wave of the file and who it says goes live then; `whole` when it says all of them."""

    record: Record
    wave: PlannedRow
    people: tuple[PlannedRow, ...]
    whole: bool


class Waves:
    """Plans who goes live with the waves that the file describes."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self.ledger, self.refusals = planner.ledger, planner.refusals
        self.lines: list[_Line] = []
        self.said: dict[int, tuple[PlannedRow, ...]] = {}
        self.links: dict[_Pair, PlannedRow] = {}
        self.claimed: dict[_Pair, PlannedRow] = {}
        self.count = Counter(id(self._initiative(row)) for row in self.ledger.books["waves"].rows)
        for link in self.ledger.books[KIND].rows:
            self.links[self._pair(link)] = link

    def _initiative(self, row: PlannedRow) -> PlannedRow | None:
        return self.ledger.row_of("initiatives", row.value("initiative_id"))

    def _pair(self, link: PlannedRow) -> _Pair:
        people = self.ledger.row_of("populations", link.value("population_id"))
        return id(self._initiative(link)), id(people)

    def people(self, record: Record) -> tuple[PlannedRow, ...] | None:
        """Return who a line says goes live; None when the line cannot stand, which is said."""
        said = texts(record.values.get("populations"))
        known = self._named(record, said)
        if known or self._closed(record):
            return known
        if not said:
            reason = _("Choose at least one population: a wave is people who go live together.")
            self.refusals.refuse(record, "populations", "", reason)
        return None

    def _named(self, record: Record, said: list[str]) -> tuple[PlannedRow, ...]:
        """Find populations; what is refused shows the whole cell, which a correction replaces."""
        place, first = (record.sheet, record.row, "populations"), len(self.refusals.all)
        found, better = [], []
        for text in said:
            row = self.planner.references.find("populations", text, record, "populations")
            if row is not None:
                found.append(row)
            better.append(self.refusals.near.pop(place, text))
        if len(self.refusals.all) > first and better != said:
            self.refusals.near[place] = format_list(tuple(better))
        for at in range(first, len(self.refusals.all)):
            one = self.refusals.all[at]
            self.refusals.all[at] = replace(one, value=format_list(tuple(said)))
        return tuple(dict.fromkeys(found))

    @staticmethod
    def _closed(record: Record) -> int:
        """Return how many populations the wave has that the file does not show."""
        number = record.values.get("closed")
        return number if isinstance(number, int) else 0

    def holds(self, record: Record, values: dict[str, Any], known: PlannedRow | None) -> bool:
        """Refuse a day outside the calendar, another initiative, or one wave too many."""
        day = values.get("go_live_on")
        if isinstance(day, date) and not FIRST_DAY <= day <= LAST_DAY:
            reason = _("This day is outside the calendar: choose another.")
            self.refusals.refuse(record, "go_live_on", day.isoformat(), reason)
            return False
        initiative = values["initiative_id"]
        if known is None:
            self.count[id(initiative)] += 1
            if self.count[id(initiative)] > MOST_WAVES:
                reason = (
                    _("An initiative has at most %d waves: put several populations in one.")
                    % MOST_WAVES
                )
                self.refusals.refuse(record, "name", str(values.get("name") or ""), reason)
                return False
        elif self._initiative(known) is not initiative:
            reason = _("“%(what)s” stays with its initiative. Write a line without its identifier.")
            text = str(record.values.get("initiative") or "")
            self.refusals.refuse(record, "initiative", text, reason % {"what": known.label})
            return False
        return True

    def take(self, record: Record, wave: PlannedRow, people: tuple[PlannedRow, ...]) -> None:
        """Keep a line for the end."""
        whole = bool(
            self.planner.own
            and record.values.get("id")
            and "populations" in self.planner.columns.get("waves", set())
            and not self.refusals.has(record, "populations")
            and not self._closed(record)
        )
        self.lines.append(_Line(record, wave, people, whole))
        if whole:
            self.said[id(wave)] = people

    def settle(self) -> None:
        """Plan who joins, who changes wave, and who leaves."""
        for line in self.lines:
            joined = [self._join(line, people) for people in line.people]
            if line.wave.stored is None and not any(joined):
                self.ledger.books["waves"].touched.discard(id(line.wave))  # a wave of nobody
        for line in self.lines:
            if line.whole and not self.refusals.has(line.record, "populations"):
                self._leave(line)

    def _join(self, line: _Line, people: PlannedRow) -> bool:
        pair = id(self._initiative(line.wave)), id(people)
        link, book = self.links.get(pair), self.ledger.books[KIND]
        inside = self.ledger.row_of("waves", link.value("wave_id")) if link else None
        other = self.claimed.get(pair) or (None if self._lets_go(inside, people) else inside)
        if other is not None and other is not line.wave:
            reason = _(
                "“%(people)s” already goes live with the wave “%(wave)s”: a population is in one "
                "wave at most. Take it out of that wave first."
            ) % {"people": people.label, "wave": other.label}
            cell = format_list(tuple(texts(line.record.values.get("populations"))))
            self.refusals.refuse(line.record, "populations", cell, reason)
            return False
        self.claimed[pair] = line.wave
        if link is None:
            values = {
                "wave_id": line.wave,
                "initiative_id": line.wave.value("initiative_id"),
                "population_id": people,
            }
            link = self.planner.references.plan(KIND, values, line.record)
            link.label = f"{line.wave.label} – {people.label}"
            self.links[pair] = link
        elif inside is not line.wave:
            link.label = people.label  # the wave is told beside it, before and after
            self._move(line, link, inside)
        book.touched.add(id(link))
        return True

    def _lets_go(self, wave: PlannedRow | None, people: PlannedRow) -> bool:
        """Tell whether the file says all of a wave, and no longer these people."""
        return wave is not None and id(wave) in self.said and people not in self.said[id(wave)]

    def _move(self, line: _Line, link: PlannedRow, before: PlannedRow | None) -> None:
        link.action, link.values["wave_id"] = "changed", line.wave
        link.sheet, link.row = line.record.sheet, line.record.row
        link.diffs.append(FieldDiff("wave_id", _("Wave"), before, line.wave))

    def _leave(self, line: _Line) -> None:
        """End what a line of our own workbook no longer says."""
        for pair, link in self.links.items():
            stays = pair in self.claimed or link.stored is None
            if stays or self.ledger.row_of("waves", link.value("wave_id")) is not line.wave:
                continue
            people = self.ledger.row_of("populations", link.value("population_id"))
            link.label = f"{line.wave.label} – {people.label}" if people else link.label
            link.action = "deleted"
            link.sheet, link.row = line.record.sheet, line.record.row
            self.ledger.books[KIND].touched.add(id(link))


def changed(rows: dict[str, list[PlannedRow]]) -> dict[int, PlannedRow]:
    """Return the stored waves whose people change, by number: their version tells it."""
    found: dict[int, PlannedRow] = {}
    for link in rows.get(KIND, ()):
        if link.action == "unchanged":
            continue
        before = [diff.before for diff in link.diffs if diff.attname == "wave_id"]
        for wave in (link.values.get("wave_id"), *before):
            if isinstance(wave, PlannedRow) and wave.pk is not None and wave.action != "created":
                found[wave.pk] = wave
    return found
