"""What differs between two packs: figures that moved, rows that came, left or changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from orchestre.reports.rules.document import Figure, Figures, Heat, Line, Pack, Question, Table

What = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Shift:
    """One difference: where it is, what it is about, before and after (empty: not there)."""

    section: str
    what: What
    label: str
    before: str
    after: str
    delta: float | None = None


def differences(old: Pack, new: Pack) -> tuple[Shift, ...]:
    """Return every difference between two packs, in the order of the new one."""
    before, after = _facts(old), _facts(new)
    found = [_against(key, before.get(key), fact) for key, fact in after.items()]
    found += [_against(key, fact, None) for key, fact in before.items() if key not in after]
    return tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class _Fact:
    section: str
    label: str
    text: str
    number: float | None


_Key = tuple[str, str, str, str]


def _against(key: _Key, old: _Fact | None, new: _Fact | None) -> Shift | None:
    if old is None and new is not None:
        return Shift(new.section, "added", new.label, "", new.text)
    if new is None and old is not None:
        return Shift(old.section, "removed", old.label, old.text, "")
    if old is None or new is None:
        raise LookupError(f"a difference about nothing: {key}")
    if old.text == new.text and old.number == new.number:
        return None
    delta = None if old.number is None or new.number is None else new.number - old.number
    return Shift(new.section, "changed", new.label, old.text, new.text, delta)


def _facts(pack: Pack) -> dict[_Key, _Fact]:
    return dict(_each(pack))


def _each(pack: Pack) -> Iterator[tuple[_Key, _Fact]]:
    for section in pack.sections:
        for block in section.blocks:
            if isinstance(block, Figures):
                for one in block.figures:
                    yield (section.key, block.key, one.key, ""), _of_figure(section.title, one)
            elif isinstance(block, Table | Heat):
                for line in block.rows:
                    fact = _of_line(section.title, line)
                    yield (section.key, block.key, line.key, "row"), fact
            elif isinstance(block, Question):
                key = (section.key, "question", block.key, "")
                yield key, _Fact(section.title, block.title, block.recommendation, None)


def _of_figure(section: str, one: Figure) -> _Fact:
    return _Fact(section, one.label, one.text, one.number)


def _of_line(section: str, line: Line) -> _Fact:
    first, *rest = (cell.text for cell in line.cells)
    return _Fact(section, first, " · ".join(text for text in rest if text), None)
