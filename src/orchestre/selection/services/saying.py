"""What people say in a selection: drivers, comparisons, ratings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.journal.services import act
from orchestre.kernel.errors import Clash, Conflict, DomainError, StaleVersion
from orchestre.portfolio.models import Initiative
from orchestre.selection import policy, rules
from orchestre.selection.models import Driver, Judgement, Rater, Rating, Selection


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


def judge(
    person: Person,
    rater: Rater,
    first: Driver,
    second: Driver,
    ratio: float,
    *,
    expected_version: int | None = None,
) -> Judgement:
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
        doing.update(known, {"ratio": ratio}, expected_version=expected_version)
    return known


def add_judgement(
    person: Person, rater: Rater, first: Driver, second: Driver, ratio: float
) -> Judgement:
    """Answer a pair that the rater has not answered yet."""
    if Judgement.objects.filter(rater=rater, first__in=(first, second), second__in=(first, second)):
        raise DomainError(
            _("“%(who)s” has already compared these two drivers. Change that answer.")
            % {"who": rater},
            code="already-there",
        )
    return judge(person, rater, first, second, ratio)


def remove_judgement(person: Person, row: Judgement) -> None:
    """Take an answer back: the pair is then to be answered again."""
    policy.may_edit(person, row.rater.selection).require()
    label = _("Took back the comparison of “%(one)s” and “%(two)s”") % {
        "one": row.first,
        "two": row.second,
    }
    with act(person, "selections.judge", label) as doing:
        doing.delete(row)


def rate(
    person: Person,
    selection: Selection,
    levels: Mapping[tuple[Initiative, Driver], str],
    shown: Mapping[tuple[int, int], str] | None = None,
) -> int:
    """Say how much initiatives move drivers, all at once; an empty level takes a rating away.

    `shown` is what the person had under their eyes, by initiative and driver: nothing is written
    when somebody rated otherwise meanwhile.
    """
    policy.may_edit(person, selection).require()
    for (_initiative, driver), level in levels.items():
        if (level and level not in rules.LEVELS) or driver.selection_id != selection.pk:
            raise DomainError(_("Choose one of the five levels."), code="not-a-level")
    written = 0
    label = ngettext("Rated %(n)d impact on drivers", "Rated %(n)d impacts on drivers", len(levels))
    with act(person, "selections.rate", label % {"n": len(levels)}) as doing:
        rows = Rating.objects.select_for_update(of=("self",)).filter(driver__selection=selection)
        known = {(one.initiative_id, one.driver_id): one for one in rows}
        _nobody_else_rated(levels, known, shown or {})
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


def _nobody_else_rated(
    levels: Mapping[tuple[Initiative, Driver], str],
    known: Mapping[tuple[int, int], Rating],
    shown: Mapping[tuple[int, int], str],
) -> None:
    clashes = []
    for (initiative, driver), mine in levels.items():
        key = (initiative.pk, driver.pk)
        row = known.get(key)
        theirs = row.level if row else ""
        if theirs not in {mine, shown.get(key, theirs)}:
            clashes.append(Clash(f"r-{initiative.pk}-{driver.pk}", mine, theirs))
    if clashes:
        raise StaleVersion(
            ngettext(
                "%(n)d rating was changed by somebody else meanwhile; nothing was saved. "
                "Read theirs beside yours, then save again.",
                "%(n)d ratings were changed by somebody else meanwhile; nothing was saved. "
                "Read theirs beside yours, then save again.",
                len(clashes),
            )
            % {"n": len(clashes)},
            Conflict(object_label="", current_version=0, clashes=tuple(clashes)),
        )


def add_rating(person: Person, driver: Driver, initiative: Initiative, level: str) -> Rating:
    """Say how much one initiative moves one driver, that nobody rated yet."""
    policy.may_edit(person, driver.selection).require()
    if Rating.objects.filter(driver=driver, initiative=initiative).exists():
        raise DomainError(
            _("“%(code)s” is already rated on “%(driver)s”. Change that rating.")
            % {"code": initiative.code, "driver": driver},
            code="already-there",
        )
    with act(person, "selections.rate", _rated(initiative, driver)) as doing:
        return doing.create(Rating(driver=driver, initiative=initiative, level=level))


def change_rating(
    person: Person, row: Rating, level: str, *, expected_version: int | None = None
) -> Rating:
    """Say otherwise how much an initiative moves a driver."""
    policy.may_edit(person, row.driver.selection).require()
    with act(person, "selections.rate", _rated(row.initiative, row.driver)) as doing:
        doing.update(row, {"level": level}, expected_version=expected_version)
    return row


def remove_rating(person: Person, row: Rating) -> None:
    """Take a rating away: a blank, which never counts as none."""
    policy.may_edit(person, row.driver.selection).require()
    label = _("Took away the rating of %(code)s on “%(driver)s”") % {
        "code": row.initiative.code,
        "driver": row.driver,
    }
    with act(person, "selections.rate", label) as doing:
        doing.delete(row)


def _rated(initiative: Initiative, driver: Driver) -> str:
    values = {"code": initiative.code, "driver": driver}
    return _("Rated %(code)s on “%(driver)s”") % values
