"""The list as plain rows, for files."""

from __future__ import annotations

from collections.abc import Iterator

from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters import cells, columns, words
from orchestre.portfolio.presenters.listing import shown_columns
from orchestre.portfolio.rules.view import View
from orchestre.sheets.records import guarded

CODE, TITLE = "code", "title"


def rows(initiatives: tuple[Initiative, ...], view: View) -> Iterator[list[str]]:
    """Return a heading and one row per initiative; no cell can act as a formula."""
    names = shown_columns(view)
    extra = {one.name: one for one in columns.registered}
    keys = [one.pk for one in initiatives]
    beside = cells.read_beside(keys, names, frozenset())
    loaded = {name: extra[name].loader(keys) for name in names if name in extra}
    heads = [str(extra[n].label if n in extra else words.COLUMN_LABELS[n]) for n in names]
    yield [_field(CODE), _field(TITLE), *heads]
    for one in initiatives:
        yield [
            guarded(text)
            for text in (
                one.code,
                one.title,
                *(
                    loaded[name].get(one.pk, "") if name in extra else cells.text(name, one, beside)
                    for name in names
                ),
            )
        ]


def _field(name: str) -> str:
    return words.capital(str(Initiative._meta.get_field(name).verbose_name))  # type: ignore[union-attr]  # noqa: SLF001 - a plain field, Django's documented Meta API
