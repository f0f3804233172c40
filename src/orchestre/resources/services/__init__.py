"""Writes of roles, money and value: one function, one intention, one act of the journal."""

from __future__ import annotations

from orchestre.resources.services.money import (
    add_cost,
    add_envelope,
    change_cost,
    change_envelope,
    remove_cost,
    remove_envelope,
)
from orchestre.resources.services.roles import (
    add_role,
    ask_role,
    change_capacity,
    change_demand,
    change_role,
    remove_capacity,
    remove_demand,
    remove_role,
    say_capacity,
)
from orchestre.resources.services.together import copy_with, move_with
from orchestre.resources.services.worth import remove_worth, say_worth

__all__ = [
    "add_cost",
    "add_envelope",
    "add_role",
    "ask_role",
    "change_capacity",
    "change_cost",
    "change_demand",
    "change_envelope",
    "change_role",
    "copy_with",
    "move_with",
    "remove_capacity",
    "remove_cost",
    "remove_demand",
    "remove_envelope",
    "remove_role",
    "remove_worth",
    "say_capacity",
    "say_worth",
]
