"""A finished selection in the demo organisation: five drivers, three raters, people as the limit.

Planted: beyond a few millions more money brings nothing, for populations are full; one rater's
answers contradict each other; one initiative is not rated enough to be compared.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.demo.rules import table
from orchestre.journal.services import act
from orchestre.portfolio.models import Initiative
from orchestre.selection.models import Driver, Judgement, Order, Rater, Rating, Selection
from orchestre.selection.services import computing
from orchestre.strategy.models import Objective

BUDGET_EUR = 60_000_000
MONTHS = 12
NAMES = {
    "fr": ("Choix de l’année", "Le bail s’achève : la date ne dépend pas de nous."),
    "en": ("The year’s choices", "The lease ends: the date is not ours."),
}
ORDERED = "IN-023"
PICKS = (
    "IN-001 IN-003 IN-004 IN-005 IN-006 IN-007 IN-009 IN-010 IN-013 IN-016 IN-018 IN-021 IN-022 "
    "IN-023 IN-026 IN-029 IN-030 IN-032 IN-033 IN-035 IN-036 IN-037 IN-038 IN-039 IN-044 IN-046"
)


def load(language: str, start: date) -> Selection:
    """Write the exercise and compute it; nobody owns it, everybody who reads sees it."""
    name, reason = NAMES[language]
    with act(None, "selections.create", _("Opened the selection “%s”") % name) as doing:
        chosen = doing.create(
            Selection(
                name=name,
                shared=True,
                starts_on=start.replace(day=1),
                months=MONTHS,
                budget_eur=BUDGET_EUR,
                picks=PICKS.split(),
            )
        )
        drivers = {
            row["code"]: doing.create(
                Driver(
                    selection=chosen,
                    name=row[f"name_{language}"],
                    meaning=row[f"meaning_{language}"],
                    objective=Objective.objects.filter(code=row["objective"]).first(),
                )
            )
            for row in table("selection_drivers")
        }
        raters: dict[str, Rater] = {}
        for row in table("selection_comparisons"):
            who = row[f"rater_{language}"]
            if who not in raters:
                raters[who] = doing.create(Rater(selection=chosen, name=who))
            first, second = drivers[row["first"]], drivers[row["second"]]
            ratio = float(Fraction(row["ratio"]))
            doing.create(Judgement(rater=raters[who], first=first, second=second, ratio=ratio))
        known = {one.code: one for one in Initiative.objects.all()}
        doing.create_many(
            [
                Rating(driver=driver, initiative=known[row["initiative"]], level=row[code])
                for row in table("selection_ratings")
                for code, driver in drivers.items()
                if row[code]
            ]
        )
        doing.create(
            Order(selection=chosen, initiative=known[ORDERED], way=Order.Way.IN, reason=reason)
        )
    computing.computed(chosen, None)
    with act(None, "selections.finish", _("Finished the selection “%s”") % name) as doing:
        doing.update(chosen, {"finished_at": timezone.now()})
    return chosen
