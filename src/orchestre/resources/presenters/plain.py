"""Means as plain values, for programs: what is not known is null."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from orchestre.access.reach import Person
from orchestre.resources import policy, queries, rules
from orchestre.resources.models import Envelope
from orchestre.resources.presenters import money
from orchestre.resources.queries import Board


def of_person(person: Person, first: date, months: int) -> dict[str, Any]:
    """Give what is asked and available to one person."""
    board = queries.board(person, first, months)
    if not policy.reads_money(person):
        return of_board(board) | {"cost_eur": None, "undated_costs": None, "envelopes": None}
    return of_board(board) | _money(board, queries.envelopes(person))


def of_everything(first: date, months: int) -> dict[str, Any]:
    """Give it to who keeps the installation."""
    board = queries.whole_board(first, months)
    return of_board(board) | _money(board, queries.all_envelopes())


def of_board(board: Board) -> dict[str, Any]:
    """Give the roles of a board, month by month."""
    return {
        "computation": rules.VERSION,
        "months": list(board.months),
        "roles": [
            {
                "role": role.code,
                "name": role.name,
                "asked_fte": [round(float(one), 6) for one in board.asked[at]],
                "available_fte": [
                    None if math.isnan(one) else round(float(one), 6) for one in board.available[at]
                ],
            }
            for at, role in enumerate(board.roles)
        ],
    }


def _money(board: Board, envelopes: list[Envelope]) -> dict[str, Any]:
    lines = money.lines(board.means.costs, envelopes, queries.programme_codes())
    return {
        "cost_eur": {
            str(state): [round(float(one), 2) for one in values]
            for state, values in money.by_state(board.means.costs, board.months).items()
        },
        "undated_costs": len(board.means.undated_costs),
        "envelopes": [
            {
                "name": line.envelope.name,
                "programme": line.envelope.programme.code if line.envelope.programme else None,
                "starts_on": line.envelope.starts_on,
                "ends_on": line.envelope.ends_on,
                "amount_eur": float(line.envelope.amount_eur),
                "asked_eur": round(line.asked_eur, 2),
                "firm_eur": round(line.firm_eur, 2),
                "assumed_eur": round(line.assumed_eur, 2),
                "left_eur": round(line.left_eur, 2),
            }
            for line in lines
        ],
    }
