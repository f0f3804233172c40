"""A list that features further up the street fill when they start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Registry(Generic[Item]):
    """Kept in the order of registration; the same item twice is kept once."""

    def __init__(self) -> None:
        self._items: list[Item] = []

    def register(self, item: Item) -> Item:
        """Add an item; usable as a decorator."""
        if item not in self._items:
            self._items.append(item)
        return item

    def unregister(self, item: Item) -> None:
        """Take an item out; nothing happens when it is not there."""
        if item in self._items:
            self._items.remove(item)

    def __iter__(self) -> Iterator[Item]:
        return iter(tuple(self._items))

    def __len__(self) -> int:
        return len(self._items)
