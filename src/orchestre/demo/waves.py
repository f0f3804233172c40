"""Waves of the demo organisation.

Planted: the new branch CRM goes live in three waves, and the first one, in the western branches,
meets the till and the duty of advice: moved alone, it relieves them and leaves the others in place.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from orchestre.demo.rules import Teller, table
from orchestre.journal.services import act
from orchestre.org.models import Population
from orchestre.portfolio.models import Initiative, Wave, WavePopulation


def load(language: str, start: date) -> None:
    """Say who goes live apart from the rest of an initiative."""
    teller = Teller(language, start)
    initiatives = {one.code: one for one in Initiative.objects.all()}
    people = {one.code: one for one in Population.objects.all()}
    with act(None, "demo.waves", _("Told the waves of the demo"), undoable=False) as doing:
        for row in table("waves"):
            initiative = initiatives[row["initiative"]]
            wave = doing.create(
                Wave(
                    initiative=initiative,
                    name=teller.text(row, "name"),
                    go_live_on=teller.day(row["week"]),
                )
            )
            doing.create_many(
                [
                    WavePopulation(wave=wave, initiative=initiative, population=people[code])
                    for code in row["populations"].split("|")
                ]
            )
