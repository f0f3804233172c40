"""Somebody always administers: else the first run would open again, to whoever comes."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

import cast
import factories
from orchestre.access import rights, services
from orchestre.access.models import Grant
from orchestre.access.queries import needs_first_run
from orchestre.access.rules import Role
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.kernel.errors import DomainError

pytestmark = pytest.mark.django_db


def test_undoing_does_not_take_the_last_administrator_away() -> None:
    cast.organisation()
    ada, claire = cast.person("ada"), cast.person("claire")
    held = Grant.objects.get(user=ada, role=Role.ADMINISTRATOR)
    rights.grant(ada, claire, Role.ADMINISTRATOR)
    given = ChangeSet.objects.latest("pk")
    rights.revoke_grant(claire, held)
    with pytest.raises(DomainError, match="nobody to administer"):
        undo(claire, given)
    assert not needs_first_run()
    assert Client().get("/welcome/").status_code == 302
    rights.grant(claire, cast.person("rosa"), Role.ADMINISTRATOR)
    undo(claire, given)
    assert not Grant.objects.filter(user=claire, role=Role.ADMINISTRATOR).exists()


def test_the_administrator_of_a_unit_does_not_count() -> None:
    ada, marc = cast.person("ada"), cast.person("marc")
    unit = factories.unit("Agences", code="AG")
    rights.grant(ada, marc, Role.ADMINISTRATOR, scope=Grant.Scope.UNIT, scope_code=unit.code)
    with pytest.raises(DomainError, match="last administrator"):
        rights.revoke_grant(ada, Grant.objects.get(user=ada, role=Role.ADMINISTRATOR))


def test_the_last_administrator_is_given_no_end_date() -> None:
    ada, end = cast.person("ada"), date(2099, 1, 1)
    with pytest.raises(DomainError, match="last administrator"):
        rights.grant(ada, ada, Role.ADMINISTRATOR, valid_until=end)
    with pytest.raises(DomainError, match="last administrator"):
        services.change_person(ada, ada, {"valid_until": end})
    rights.grant(ada, cast.person("claire"), Role.ADMINISTRATOR)
    services.change_person(ada, ada, {"valid_until": end})
    ada.refresh_from_db()
    assert ada.valid_until == end
