"""Who may do what, by role: pure values, read by every policy."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Roles of the trade; a grant gives one of them on a scope."""

    ADMINISTRATOR = "administrator", _("administrator")
    OFFICE = "office", _("transformation office")
    ANALYST = "analyst", _("PMO analyst")
    LEAD = "lead", _("change lead")
    SPONSOR = "sponsor", _("sponsor")
    UNIT_MANAGER = "unit_manager", _("unit manager")
    RELAY = "relay", _("relay")
    CONTRIBUTOR = "contributor", _("contributor")
    READER = "reader", _("reader")
    AUDITOR = "auditor", _("auditor")
    CONSULTANT = "consultant", _("external consultant")


class Can(StrEnum):
    """The acts that policies tell apart."""

    READ = "read"
    READ_CONFIDENTIAL = "read-confidential"
    EDIT_PORTFOLIO = "edit-portfolio"
    EDIT_ORG = "edit-org"
    EDIT_CAPACITY = "edit-capacity"
    RATE_AS_PROJECT = "rate-as-project"
    RATE_AS_UNIT = "rate-as-unit"
    SETTLE_FINDINGS = "settle-findings"
    EDIT_RESOURCES = "edit-resources"
    DRAFT = "draft"
    RUN_COMMITTEES = "run-committees"
    DECIDE = "decide"
    VALIDATE = "validate-benefits"
    IMPORT = "import"
    EXPORT = "export"
    SHARE = "share"
    READ_JOURNAL = "read-journal"
    ADMINISTER = "administer"


_OFFICE = frozenset(set(Can) - {Can.ADMINISTER})

CAPABILITIES: dict[str, frozenset[Can]] = {
    Role.ADMINISTRATOR: frozenset(set(Can) - {Can.READ_CONFIDENTIAL, Can.VALIDATE}),
    Role.OFFICE: _OFFICE,
    Role.ANALYST: _OFFICE - {Can.READ_CONFIDENTIAL, Can.READ_JOURNAL, Can.VALIDATE},
    Role.LEAD: frozenset(
        {
            Can.READ,
            Can.EDIT_PORTFOLIO,
            Can.RATE_AS_PROJECT,
            Can.EXPORT,
            Can.SETTLE_FINDINGS,
            Can.DRAFT,
        }
    ),
    Role.SPONSOR: frozenset({Can.READ, Can.EXPORT, Can.SHARE, Can.DRAFT, Can.DECIDE}),
    Role.UNIT_MANAGER: frozenset({Can.READ, Can.RATE_AS_UNIT, Can.EDIT_CAPACITY, Can.EXPORT}),
    Role.RELAY: frozenset({Can.READ, Can.RATE_AS_UNIT}),
    Role.CONTRIBUTOR: frozenset({Can.READ, Can.RATE_AS_PROJECT}),
    Role.READER: frozenset({Can.READ}),
    Role.AUDITOR: frozenset({Can.READ, Can.READ_JOURNAL, Can.EXPORT, Can.VALIDATE}),
    Role.CONSULTANT: frozenset({Can.READ, Can.EXPORT}),
}


@dataclass(frozen=True)
class Reach:
    """What one person may do, and where: the grants in force, resolved once per request."""

    everywhere: frozenset[Can] = frozenset()
    by_unit: dict[int, frozenset[Can]] = field(default_factory=dict)
    by_initiative: dict[int, frozenset[Can]] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()

    def can(self, what: Can) -> bool:
        """Tell whether the act is allowed on the whole organisation."""
        return what in self.everywhere

    def can_somewhere(self, what: Can) -> bool:
        """Tell whether the act is allowed on any scope at all: shows or hides a menu."""
        return (
            what in self.everywhere
            or any(what in some for some in self.by_unit.values())
            or any(what in some for some in self.by_initiative.values())
        )

    def units(self, what: Can) -> frozenset[int]:
        """Units at the top of the subtrees where the act is allowed."""
        return frozenset(unit for unit, some in self.by_unit.items() if what in some)

    def initiatives(self, what: Can) -> frozenset[int]:
        """Initiatives on which the act is allowed by name."""
        return frozenset(pk for pk, some in self.by_initiative.items() if what in some)
