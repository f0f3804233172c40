"""Columns kept as they are: what a row holds of them after the import."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from orchestre.sheets.dataset import Dataset, Record
from orchestre.sheets.mapping import CUSTOM

NUMBERED = re.compile(r"(.+) \(\d+\)")  # how a workbook tells a custom column from ours


def custom_after(
    dataset: Dataset, record: Record, stored: Mapping[str, Any] | None, *, own: bool
) -> dict[str, Any]:
    """Return the custom fields after a line; in our own workbook an emptied cell is emptied."""
    before = dict(stored or {})
    given = {_name(header, before): text for header, text in record.custom.items()}
    if own:
        headers = {
            _name(column.header, before)
            for sheet in dataset.mapping.sheets
            if sheet.kind == record.kind
            for column in sheet.columns
            if column.target == CUSTOM
        }
        before = {
            name: value
            for name, value in before.items()
            if name not in headers or name in given or value in (None, "")
        }
    same = {name for name, text in given.items() if str(before.get(name)) == text}
    return {**before, **{name: text for name, text in given.items() if name not in same}}


def _name(header: str, stored: Mapping[str, Any]) -> str:
    """Return the custom field that a header stands for."""
    found = NUMBERED.fullmatch(header)
    return found[1] if header not in stored and found and found[1] in stored else header
