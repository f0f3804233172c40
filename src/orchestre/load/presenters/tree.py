"""The rows of the map: units that fold, and the populations below them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from orchestre.kernel.text import fold
from orchestre.load.queries import Reader
from orchestre.load.rules.view import MapState
from orchestre.load.services.answer import LoadView
from orchestre.load.snapshot import Group, UnitNode

ROWS_AT_FIRST = 40
_DIGITS = re.compile(r"([0-9]+)")


@dataclass(frozen=True)
class Node:
    """A unit with what hangs below it, or a population (a leaf)."""

    unit: UnitNode | None = None
    group: Group | None = None
    children: tuple[Node, ...] = ()
    members: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """Name that people read."""
        return self.group.name if self.group else self.unit.name if self.unit else ""


@dataclass(frozen=True)
class Line:
    """A node as one row: how deep, and whether it is unfolded."""

    node: Node
    depth: int
    opened: bool = False


@dataclass(frozen=True)
class Tree:
    """What a person sees of the organisation, folded as the address says."""

    lines: tuple[Line, ...]
    opened: frozenset[int]
    groups: tuple[int, ...] = field(default=())


def build(
    view: LoadView, reader: Reader, state: MapState, keep: Callable[[int], bool] | None = None
) -> Tree:
    """Draw the tree that a reader sees; `keep` filters populations by their row."""
    rows = {code: row for row, code in enumerate(view.result.population_ids)}
    shown = [
        group
        for code, group in view.snapshot.groups.items()
        if reader.sees_population(code) and _matches(group, state.words)
        and (keep is None or keep(rows[code]))
    ]  # fmt: skip
    builder = _Builder(view, reader, shown, rows)
    roots = builder.roots(state.within)
    groups = tuple(sorted(row for node in roots for row in node.members))
    if state.opened is not None and keep is None and not state.words:
        opened = state.opened
    else:
        opened = _opened_at_first(roots, everything=bool(state.words) or keep is not None)
    return Tree(tuple(_lines(roots, opened, 0)), opened, groups)


def _matches(group: Group, words: str) -> bool:
    text = fold(f"{group.name} {group.code}")
    return all(word in text for word in fold(words).split())


def _by_name(one: UnitNode | Group) -> tuple[list[tuple[int, str]], int]:
    """Sort as people count: team 2 before team 10."""
    parts = _DIGITS.split(fold(one.name))
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts], one.pk


class _Builder:
    def __init__(
        self, view: LoadView, reader: Reader, shown: list[Group], rows: dict[str, int]
    ) -> None:
        self._units = view.snapshot.units
        self._reader, self._rows = reader, rows
        self._below: defaultdict[str | None, list[str]] = defaultdict(list)
        for unit in sorted(self._units.values(), key=_by_name):
            self._below[unit.parent].append(unit.code)
        self._groups: defaultdict[str | None, list[Group]] = defaultdict(list)
        for group in sorted(shown, key=_by_name):
            self._groups[group.unit].append(group)

    def roots(self, within: int | None) -> tuple[Node, ...]:
        """Return the units at the top of what is seen, then the populations of no such unit."""
        if within is not None:
            chosen = [unit.code for unit in self._units.values() if unit.pk == within]
            chosen = [code for code in chosen if self._reader.sees_unit(code)]
        else:
            chosen = [
                code
                for code, unit in self._units.items()
                if self._reader.sees_unit(code)
                and (unit.parent is None or not self._reader.sees_unit(unit.parent))
            ]
        nodes = [node for code in chosen if (node := self._node(code)) is not None]
        if within is None:
            nodes += [
                self._leaf(group)
                for unit, groups in self._groups.items()
                if unit is None or not self._reader.sees_unit(unit)
                for group in groups
            ]
        return tuple(nodes)

    def _leaf(self, group: Group) -> Node:
        return Node(group=group, members=(self._rows[group.code],))

    def _node(self, code: str) -> Node | None:
        children = [node for below in self._below[code] if (node := self._node(below)) is not None]
        children += [self._leaf(group) for group in self._groups[code]]
        if not children:
            return None
        if len(children) == 1 and children[0].group is not None:
            return children[0]  # a unit of one population is that population
        members = tuple(row for child in children for row in child.members)
        return Node(self._units[code], None, tuple(children), members)


def _opened_at_first(roots: tuple[Node, ...], *, everything: bool) -> frozenset[int]:
    """Unfold level by level while the page stays readable."""
    opened: set[int] = set()
    level, shown = list(roots), len(roots)
    while level:
        units = [node for node in level if node.unit is not None]
        more = sum(len(node.children) for node in units)
        if not units or (shown + more > ROWS_AT_FIRST and not everything and opened):
            break
        opened |= {node.unit.pk for node in units if node.unit is not None}
        level, shown = [child for node in units for child in node.children], shown + more
    return frozenset(opened)


def _lines(nodes: tuple[Node, ...], opened: frozenset[int], depth: int) -> Iterator[Line]:
    for node in nodes:
        unfolded = node.unit is not None and node.unit.pk in opened
        yield Line(node, depth, unfolded)
        if unfolded:
            yield from _lines(node.children, opened, depth + 1)
