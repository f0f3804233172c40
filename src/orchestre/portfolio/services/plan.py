"""Milestones and dependencies: what is promised, by whom, and agreed by both sides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import Act, act
from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.portfolio import policy
from orchestre.portfolio.models import Dependency, Initiative, Milestone
from orchestre.portfolio.rules.registry import Registry

Detacher = Callable[[Act, Milestone], None]

detachers: Registry[Detacher] = Registry()
"""Filled by features above whose rows hang on a milestone: called in the act that deletes it."""

Values = dict[str, Any]
Side = Literal["giver", "taker"]


def add_milestone(user: User, initiative: Initiative, values: Values) -> Milestone:
    """Write a milestone; its first forecast is its baseline."""
    policy.may_change(user, initiative).require()
    _check_name(values)
    made = Milestone(initiative=initiative, **values)
    if made.baseline_on is None:
        made.baseline_on = made.forecast_on
    label = _("Added the milestone “%(name)s” to %(code)s") % {
        "name": made.name,
        "code": initiative.code,
    }
    with act(user, "portfolio.add-milestone", label) as done:
        return done.create(made)


def change_milestone(
    user: User, milestone: Milestone, values: Values, *, expected_version: int | None = None
) -> ChangeSet | None:
    """Write some facts of a milestone."""
    policy.may_change(user, milestone.initiative).require()
    _check_name({"name": milestone.name, **values})
    label = _("Changed the milestone “%(name)s” of %(code)s") % {
        "name": milestone.name,
        "code": milestone.initiative.code,
    }
    with act(user, "portfolio.change-milestone", label) as done:
        done.update(milestone, values, expected_version=expected_version)
    return done.change_set


def remove_milestone(user: User, milestone: Milestone) -> ChangeSet | None:
    """Delete a milestone."""
    policy.may_change(user, milestone.initiative).require()
    label = _("Deleted the milestone “%(name)s” of %(code)s") % {
        "name": milestone.name,
        "code": milestone.initiative.code,
    }
    with act(user, "portfolio.remove-milestone", label) as done:
        for detach in detachers:
            detach(done, milestone)
        done.delete(milestone)
    return done.change_set


def add_dependency(
    user: User, giver: Initiative, taker: Initiative, values: Values, *, side: Side
) -> Dependency:
    """Write what one initiative needs of another; the side that writes agrees by writing."""
    policy.may_change(user, giver if side == "giver" else taker).require()
    made = Dependency(predecessor=giver, successor=taker, **values)
    made.agreed_by_giver, made.agreed_by_taker = side == "giver", side == "taker"
    _check_dependency(made)
    label = _("%(taker)s needs %(giver)s") % {"taker": taker.code, "giver": giver.code}
    with act(user, "portfolio.add-dependency", label) as done:
        return done.create(made)


def change_dependency(
    user: User,
    dependency: Dependency,
    values: Values,
    *,
    side: Side,
    expected_version: int | None = None,
) -> ChangeSet | None:
    """Write some facts of a dependency; the other side must agree again."""
    policy.may_change(user, _end(dependency, side)).require()
    wanted = Dependency(
        pk=dependency.pk,
        predecessor=dependency.predecessor,
        successor=dependency.successor,
        kind=values.get("kind", dependency.kind),
        what=values.get("what", dependency.what),
    )
    _check_dependency(wanted)
    differs = any(getattr(dependency, name) != value for name, value in values.items())
    if differs:
        values = {
            **values,
            "agreed_by_giver": side == "giver",
            "agreed_by_taker": side == "taker",
        }
    label = _("Changed the dependency %s") % dependency
    with act(user, "portfolio.change-dependency", label) as done:
        done.update(dependency, values, expected_version=expected_version)
    return done.change_set


def agree(
    user: User, dependency: Dependency, *, side: Side, agreed: bool = True
) -> ChangeSet | None:
    """Say, for one side, that the dependency is agreed, or no longer."""
    policy.may_change(user, _end(dependency, side)).require()
    words = _("Agreed on the dependency %s") if agreed else _("Withdrew from the dependency %s")
    with act(user, "portfolio.agree", words % dependency) as done:
        done.update(dependency, {f"agreed_by_{side}": agreed})
    return done.change_set


def remove_dependency(user: User, dependency: Dependency) -> ChangeSet | None:
    """Delete a dependency; either side may."""
    ends = (dependency.predecessor, dependency.successor)
    if not any(policy.may_change(user, end) for end in ends):
        raise CannotDo(_("Only the lead of one of the two initiatives or the office deletes it."))
    label = _("Deleted the dependency %s") % dependency
    with act(user, "portfolio.remove-dependency", label) as done:
        done.delete(dependency)
    return done.change_set


def _end(dependency: Dependency, side: Side) -> Initiative:
    return dependency.predecessor if side == "giver" else dependency.successor


def _check_name(values: Values) -> None:
    if not str(values.get("name", "")).strip():
        sentence = _("Give the milestone a name.")
        raise DomainError(sentence, fields={"name": [sentence]})


def _check_dependency(wanted: Dependency) -> None:
    if wanted.predecessor_id == wanted.successor_id:
        sentence = _("An initiative does not depend on itself: choose another one.")
        raise DomainError(sentence, fields={"other": [sentence]})
    twins = Dependency.objects.filter(
        predecessor=wanted.predecessor,
        successor=wanted.successor,
        kind=wanted.kind,
        what=wanted.what,
    )
    if twins.exclude(pk=wanted.pk).exists():
        sentence = _("This dependency is already there: change it rather than adding it again.")
        raise DomainError(sentence, fields={"other": [sentence]})
