"""Opening, sharing, copying and dropping scenarios."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.journal import queries as journal
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.sequencing import policy
from orchestre.sequencing.models import Override, Scenario
from orchestre.sequencing.queries import scenarios as queries

State = Scenario.State
COPIED = (
    "shift_days", "starts_on", "ends_on", "go_live_on", "included", "rank", "allocation_ratio",
    "amount_ratio", "amount_eur", "waves", "note",
)  # fmt: skip


def draft(user: User, name: str, *, why: str = "") -> Scenario:
    """Open a private scenario on the plan as it now is."""
    policy.may_draft(user).require()
    label = _("Drafted the scenario “%(name)s”") % {"name": _named(name)}
    made = Scenario(
        name=_named(name),
        why=why.strip(),
        owner=user,
        based_on_plan=queries.plan_in_force(),
        based_on_act=journal.last_act(),
    )
    with act(user, "scenarios.draft", label) as done:
        return done.create(made)


def rename(
    user: User, scenario: Scenario, name: str, why: str, *, expected_version: int | None = None
) -> Scenario:
    """Write the name and the reason of a scenario."""
    policy.may_own(user, scenario).require()
    label = _("Renamed a scenario “%(name)s”") % {"name": _named(name)}
    with act(user, "scenarios.rename", label) as done:
        values = {"name": _named(name), "why": why.strip()}
        done.update(scenario, values, expected_version=expected_version)
    return scenario


def share(user: User, scenario: Scenario) -> Scenario:
    """Show a scenario to everybody who reads the portfolio."""
    policy.may_own(user, scenario).require()
    if scenario.state == State.SHARED:
        raise DomainError(_("This scenario is already shared."), code="already-so")
    label = _("Shared the scenario “%(name)s”") % {"name": scenario.name}
    with act(user, "scenarios.share", label) as done:
        done.update(scenario, {"state": State.SHARED, "shared_at": timezone.now()})
    return scenario


def drop(user: User, scenario: Scenario) -> Scenario:
    """Put a scenario away; it is undone like any act."""
    policy.may_own(user, scenario).require()
    label = _("Dropped the scenario “%(name)s”") % {"name": scenario.name}
    with act(user, "scenarios.drop", label) as done:
        done.update(scenario, {"state": State.DROPPED})
    return scenario


def duplicate(user: User, scenario: Scenario, name: str = "") -> Scenario:
    """Copy a scenario into a private draft of one's own.

    What it says of initiatives closed to the person is not copied: they could not read it.
    """
    policy.may_draft(user).require()
    made = Scenario(
        name=_named(name or _("%s (copy)") % scenario.name),
        why=scenario.why,
        owner=user,
        based_on_plan=scenario.based_on_plan,
        based_on_act=scenario.based_on_act,
    )
    label = _("Duplicated the scenario “%(name)s”") % {"name": scenario.name}
    with act(user, "scenarios.duplicate", label) as done:
        done.create(made)
        seen = policy.visible_overrides(user).filter(scenario=scenario)
        done.create_many(
            [
                Override(
                    scenario=made,
                    initiative_id=row.initiative_id,
                    **{name: getattr(row, name) for name in COPIED},
                )
                for row in seen
            ]
        )
    return made


def _named(name: str) -> str:
    told = name.strip()[:200]
    if not told:
        sentence = _("Give the scenario a name: the question it answers.")
        raise DomainError(sentence, fields={"name": [sentence]})
    return told


def rebase(user: User, scenario: Scenario, *, act_read: int) -> Scenario:
    """Say that what changed in the plan, up to an act of the journal, was read."""
    policy.may_edit(user, scenario).require()
    read, known = journal.link_of(act_read), journal.link_of(scenario.based_on_act)
    if (act_read and not read) or read < known:
        raise DomainError(_("Read the differences again before saying so."), code="read-again")
    label = _("Read the changes of the plan for “%(name)s”") % {"name": scenario.name}
    with act(user, "scenarios.rebase", label) as done:
        plan = queries.plan_in_force()
        values = {"based_on_act": act_read, "based_on_plan_id": plan.pk if plan else None}
        done.update(scenario, values)
    return scenario
