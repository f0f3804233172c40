"""What people say in a selection: drivers, comparisons, ratings, orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.portfolio.models import Initiative
from orchestre.selection import policy, rules
from orchestre.selection.models import Driver, Judgement, Order, Rater, Rating, Selection


def add_driver(person: Person, selection: Selection, values: dict[str, Any]) -> Driver:
    """Add a driver; seven at most, for each pair is a question."""
    policy.may_edit(person, selection).require()
    if selection.drivers.count() >= rules.MOST_DRIVERS:
        raise DomainError(
            _("Seven drivers already ask for 21 comparisons. Merge two before adding one."),
            code="too-many-drivers",
        )
    _only_one(selection, values["name"])
    with act(person, "selections.driver", _("Added the driver “%s”") % values["name"]) as doing:
        return doing.create(Driver(selection=selection, **values))


def change_driver(
    person: Person, driver: Driver, values: dict[str, Any], *, expected_version: int | None = None
) -> Driver:
    """Change what a driver is called, means or serves."""
    policy.may_edit(person, driver.selection).require()
    if values.get("name", driver.name) != driver.name:
        _only_one(driver.selection, values["name"])
    with act(person, "selections.driver", _("Changed the driver “%s”") % driver.name) as doing:
        doing.update(driver, values, expected_version=expected_version)
    return driver


def _only_one(selection: Selection, name: str) -> None:
    if selection.drivers.filter(name=name).exists():
        sentence = _("There is already a driver of that name.")
        raise DomainError(sentence, code="already-there", fields={"name": [sentence]})


def remove_driver(person: Person, driver: Driver) -> None:
    """Take a driver out, with the comparisons and ratings that name it."""
    policy.may_edit(person, driver.selection).require()
    with act(person, "selections.driver", _("Removed the driver “%s”") % driver.name) as doing:
        for row in Judgement.objects.filter(first=driver) | Judgement.objects.filter(second=driver):
            doing.delete(row)
        for rating in driver.ratings.all():
            doing.delete(rating)
        doing.delete(driver)


def add_rater(person: Person, selection: Selection, name: str) -> Rater:
    """Add somebody who compares the drivers."""
    policy.may_edit(person, selection).require()
    told = name.strip()
    if not told or selection.raters.filter(name=told).exists():
        sentence = _("Give a name that is not in the list yet.")
        raise DomainError(sentence, code="name-taken", fields={"name": [sentence]})
    with act(person, "selections.rater", _("Added “%s” to those who compare") % told) as doing:
        return doing.create(Rater(selection=selection, name=told))


def remove_rater(person: Person, rater: Rater) -> None:
    """Take somebody out, with what they compared."""
    policy.may_edit(person, rater.selection).require()
    with act(person, "selections.rater", _("Removed “%s” from those who compare") % rater) as doing:
        for row in rater.judgements.all():
            doing.delete(row)
        doing.delete(rater)


def judge(person: Person, rater: Rater, first: Driver, second: Driver, ratio: float) -> Judgement:
    """Say how many times one driver counts as much as another."""
    policy.may_edit(person, rater.selection).require()
    if first.pk == second.pk or {first.selection_id, second.selection_id} != {rater.selection_id}:
        raise DomainError(_("Compare two drivers of this selection."), code="not-a-pair")
    if min(abs(ratio - step) for step in rules.SCALE) > 1e-6:
        raise DomainError(_("Choose one of the nine answers."), code="not-an-answer")
    if first.pk > second.pk:
        first, second, ratio = second, first, 1 / ratio
    known = Judgement.objects.filter(rater=rater, first=first, second=second).first()
    label = _("Compared “%(one)s” and “%(two)s”") % {"one": first, "two": second}
    with act(person, "selections.judge", label) as doing:
        if known is None:
            return doing.create(Judgement(rater=rater, first=first, second=second, ratio=ratio))
        doing.update(known, {"ratio": ratio})
    return known


def rate(
    person: Person, selection: Selection, levels: Mapping[tuple[Initiative, Driver], str]
) -> int:
    """Say how much initiatives move drivers, all at once; an empty level takes a rating away."""
    policy.may_edit(person, selection).require()
    for (_initiative, driver), level in levels.items():
        if (level and level not in rules.LEVELS) or driver.selection_id != selection.pk:
            raise DomainError(_("Choose one of the five levels."), code="not-a-level")
    known = {
        (one.initiative_id, one.driver_id): one
        for one in Rating.objects.filter(driver__selection=selection)
    }
    written = 0
    label = ngettext("Rated %(n)d impact on drivers", "Rated %(n)d impacts on drivers", len(levels))
    with act(person, "selections.rate", label % {"n": len(levels)}) as doing:
        for (initiative, driver), level in levels.items():
            row = known.get((initiative.pk, driver.pk))
            if row is None and level:
                doing.create(Rating(driver=driver, initiative=initiative, level=level))
                written += 1
            elif row is not None and not level:
                doing.delete(row)
                written += 1
            elif row is not None:
                written += doing.update(row, {"level": level})
    return written


def order(
    person: Person, selection: Selection, initiative: Initiative, way: str, reason: str
) -> Order:
    """Keep or leave out an initiative whatever it is worth, with the reason."""
    policy.may_edit(person, selection).require()
    told = reason.strip()
    if not told:
        sentence = _("Give the reason: it is what the next reader needs.")
        raise DomainError(sentence, code="reason-missing", fields={"reason": [sentence]})
    if way not in Order.Way.values:
        raise DomainError(_("Choose to keep it or to leave it out."), code="not-an-order")
    if not policy.candidates_of(selection).filter(pk=initiative.pk).exists():
        raise DomainError(
            _("“%s” is not a candidate of this selection.") % initiative.code,
            code="not-a-candidate",
        )
    known = Order.objects.filter(selection=selection, initiative=initiative).first()
    label = _("Ordered %(code)s in the selection “%(name)s”") % {
        "code": initiative.code,
        "name": selection.name,
    }
    with act(person, "selections.order", label, reason=told) as doing:
        if known is None:
            return doing.create(
                Order(selection=selection, initiative=initiative, way=way, reason=told)
            )
        doing.update(known, {"way": way, "reason": told})
    return known


def lift(person: Person, order: Order) -> None:
    """Let the computation choose again."""
    policy.may_edit(person, order.selection).require()
    label = _("Lifted the order on %s") % order.initiative.code
    with act(person, "selections.order", label) as doing:
        doing.delete(order)
