"""What a slip of one milestone would move."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.outlook import queries
from orchestre.outlook.presenters import words
from orchestre.outlook.services import compute
from orchestre.outlook.services.compute import Outlook
from orchestre.outlook.snapshot.chain import live_id
from orchestre.outlook.snapshot.problem import code_of
from orchestre.ui import formats
from orchestre.ui.tables import Column, DataTable, Row
from orchestre_engine.outlook import Moved


@dataclass(frozen=True)
class SlipAnswer:
    """Which go-lives move, and by how much."""

    sentence: str
    table: DataTable | None


def slip_answer(person: Person, view: Outlook, code: str, step: int, weeks: float) -> SlipAnswer:
    """Tell what moves when a milestone slips by some weeks."""
    moved = compute.slipped(view, code, step, weeks)
    ends = [
        one
        for one in moved
        if one.id == live_id(code_of(one.id)) and not view.built.chains[code_of(one.id)].is_live
    ]
    chain = view.built.chains[code]
    name = words.step_name(next(one for one in chain.open_steps if one.pk == step))
    opening = ngettext(
        "If “%(name)s” slips by %(n)s week,", "If “%(name)s” slips by %(n)s weeks,", round(weeks)
    ) % {"name": name, "n": formats.number(weeks)}
    if not ends:
        return SlipAnswer(f"{opening} {_('no go-live moves: the float absorbs it.')}", None)
    tail = ngettext("%(n)s go-live moves.", "%(n)s go-lives move.", len(ends)) % {
        "n": formats.number(len(ends))
    }
    return SlipAnswer(f"{opening} {tail}", _table(person, view, ends))


def _table(person: Person, view: Outlook, ends: list[Moved]) -> DataTable:
    visible = queries.visible_codes(person)
    names = queries.titles(code_of(one.id) for one in ends)
    rows, hidden = [], 0
    for one in ends:
        code = code_of(one.id)
        if code not in visible:
            hidden += 1
            continue
        promised = view.inputs.known[code].promised_on
        after = view.built.day(one.after)
        late = promised is not None and after > promised
        rows.append(
            Row(
                (
                    f"{code} {names.get(code, '')}",
                    formats.day(view.built.day(one.before)),
                    formats.day(after),
                    words.in_weeks(one.days),
                    _("after the promise") if late else _("within the promise"),
                ),
                tone="danger" if late else "",
            )
        )
    if hidden:
        told = ngettext("%(n)s confidential initiative", "%(n)s confidential initiatives", hidden)
        rows.append(Row((told % {"n": formats.number(hidden)}, "", "", "", "")))
    columns = (
        Column(_("Initiative"), wide=True),
        Column(_("Go-live planned")),
        Column(_("Becomes")),
        Column(_("Later by")),
        Column(_("Against the promise")),
    )
    return DataTable(_("Go-lives that move"), columns, tuple(rows), caption_hidden=True)
