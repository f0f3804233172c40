"""First run, accounts, invitations, roles: what administrators do, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

import cast
from factories import unit
from orchestre.access import rights, services
from orchestre.access.models import Grant, Invitation, Organisation, User
from orchestre.access.reach import reach_of
from orchestre.access.rules import Can, Role
from orchestre.access.services import GivenRole, NewPerson
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.kernel.errors import CannotDo, DomainError

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
WELCOME = {
    "organisation": "Mairie de Test",
    "language": "en",
    "name": "Ada",
    "email": "Ada@Example.org",
    "passphrase": "four words not together",
}


def test_a_fresh_installation_leads_everything_to_its_first_page() -> None:
    client = Client()
    assert User.objects.count() == 0
    for address in ("/", "/login/", "/journal/", "/settings/"):
        assert client.get(address).headers["Location"] == "/welcome/"
    assert client.get("/welcome/").status_code == 200
    answer = client.post("/welcome/", WELCOME)
    assert answer.headers["Location"] == "/welcome/start/"
    ada = User.objects.get()
    assert (ada.email, ada.language, reach_of(ada).can(Can.ADMINISTER)) == (
        "ada@example.org",
        "en",
        True,
    )
    assert Organisation.objects.get().name == "Mairie de Test"
    assert client.get("/welcome/start/").status_code == 200
    # and never again
    assert client.get("/welcome/").headers["Location"] == "/login/"
    other = {**WELCOME, "email": "eve@example.org"}
    assert Client().post("/welcome/", other).headers["Location"] == "/login/"
    assert User.objects.count() == 1
    with pytest.raises(CannotDo):
        services.start("Eve", "eve@example.org", "four words not together", "Mine", "en")


@pytest.mark.parametrize(
    ("passphrase", "sentence"),
    [
        ("short", "too short"),
        ("123456789012", "entirely numeric"),
        ("mairie de test", "Choose other words"),
        ("orchestre-ada1", "Choose other words"),
    ],
)
def test_a_weak_passphrase_is_refused_at_its_field(passphrase: str, sentence: str) -> None:
    cast.organisation()
    Organisation.objects.update(name="Mairie de Test")
    person = User(email="ada1@example.org", name="Ada")
    person.set_unusable_password()
    person.save()
    secret = services.invite(None, person)
    client = Client(headers={"accept-language": "en"})
    answer = client.post(f"/invitation/{secret}/", {"passphrase": passphrase})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert f'value="{passphrase}"' not in answer.content.decode()


def test_long_passphrases_are_not_cut() -> None:
    person = cast.person("claire")
    services.set_passphrase(person, person, "é" * 72 + "-end-a")
    assert person.check_password("é" * 72 + "-end-a")
    assert not person.check_password("é" * 72 + "-end-b")


def test_an_invitation_is_shown_once_and_works_once(as_person: As) -> None:
    form = {"name": "Zoé", "email": "zoe@example.org", "language": "fr", "role": "reader"}
    page = as_person("ada").post(reverse("access:person-new"), {**form, "scope": "all"})
    link = re.search(r"/invitation/[\w-]+/", page.content.decode())
    assert link is not None
    assert Invitation.objects.get().digest not in page.content.decode()
    guest = Client()
    assert "Zoé" in guest.get(link.group()).content.decode()
    chosen = {"passphrase": "lanterne verte du quai"}
    assert guest.post(link.group(), chosen).status_code == 302
    assert guest.get("/settings/me/").status_code == 200
    assert guest.get(link.group()).status_code == 404
    assert guest.post(link.group(), {"passphrase": "another four words"}).status_code == 404
    zoe = User.objects.get(email="zoe@example.org")
    assert zoe.check_password("lanterne verte du quai")


def test_an_invitation_dies_after_three_days_or_when_replaced() -> None:
    ada, marc = cast.person("ada"), cast.person("marc")
    with time_machine.travel("2026-11-22T08:00:00Z", tick=False) as clock:
        first = services.invite(ada, marc)
        second = services.invite(ada, marc)
        assert Client().get(f"/invitation/{first}/").status_code == 404
        assert Client().get(f"/invitation/{second}/").status_code == 200
        clock.shift(timedelta(hours=73))
        assert Client().get(f"/invitation/{second}/").status_code == 404


def test_the_same_address_is_not_given_twice(as_person: As) -> None:
    form = {"name": "X", "email": "Claire@Example.ORG", "language": "fr", "role": "reader"}
    cast.person("claire")
    page = as_person("ada").post(reverse("access:person-new"), {**form, "scope": "all"})
    assert page.status_code == 422
    assert "already an account" in page.content.decode()


def test_nothing_is_left_when_the_role_of_a_new_account_is_refused() -> None:
    ada = cast.person("ada")
    with pytest.raises(DomainError, match="NOWHERE"):
        services.create_person_with_role(
            ada,
            NewPerson("z@example.org", "Z"),
            GivenRole(Role.UNIT_MANAGER, Grant.Scope.UNIT, "nowhere".upper()),
        )
    assert not User.objects.filter(email="z@example.org").exists()


def test_a_role_on_a_unit_is_given_by_its_code_and_taken_back(as_person: As) -> None:
    top = unit("Top", code="TOP")
    marc = cast.person("marc")
    client = as_person("ada")
    give = reverse("access:grant-new", args=[marc.pk])
    wrong = client.post(give, {"role": "unit_manager", "scope": "unit", "scope_code": "TPO"})
    assert wrong.status_code == 422
    assert "TPO" in wrong.content.decode()
    right = {"role": "unit_manager", "scope": "unit", "scope_code": "top"}
    assert client.post(give, right).status_code == 302
    assert reach_of(User.objects.get(pk=marc.pk)).units(Can.EDIT_CAPACITY) == {top.pk}
    held = Grant.objects.get(user=marc)
    client.post(give, {**right, "valid_until": "2027-01-31"})
    assert Grant.objects.get(user=marc).valid_until == date(2027, 1, 31)
    assert client.post(reverse("access:grant-revoke", args=[held.pk])).status_code == 302
    assert not Grant.objects.filter(user=marc).exists()


def test_a_role_ends_on_its_day() -> None:
    marc = cast.person("marc")
    rights.grant(cast.person("ada"), marc, Role.OFFICE, valid_until=date(2026, 11, 22))
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False) as clock:
        assert reach_of(User.objects.get(pk=marc.pk)).can(Can.EDIT_PORTFOLIO)
        clock.shift(timedelta(days=1))
        assert not reach_of(User.objects.get(pk=marc.pk)).can_somewhere(Can.READ)


def test_a_consultant_needs_an_end_date() -> None:
    with pytest.raises(DomainError) as refused:
        rights.grant(cast.person("ada"), cast.person("marc"), Role.CONSULTANT)
    assert list(refused.value.fields) == ["valid_until"]


def test_the_last_administrator_cannot_leave() -> None:
    ada, claire = cast.person("ada"), cast.person("claire")
    held = Grant.objects.get(user=ada, role=Role.ADMINISTRATOR)
    for leave in (
        lambda: services.deactivate(ada, ada),
        lambda: rights.revoke_grant(ada, held),
        lambda: services.deactivate(None, ada),
    ):
        with pytest.raises(DomainError, match="last administrator"):
            leave()
    rights.grant(ada, claire, Role.ADMINISTRATOR, valid_until=date(2099, 1, 1))
    with pytest.raises(DomainError, match="last administrator"):
        rights.revoke_grant(ada, held)  # who leaves one day does not count
    rights.grant(ada, claire, Role.ADMINISTRATOR)
    rights.revoke_grant(claire, held)
    assert not reach_of(User.objects.get(pk=ada.pk)).can(Can.ADMINISTER)


@pytest.mark.parametrize("who", ["claire", "paul", "rosa", "aude", "noam"])
def test_only_administrators_act_on_accounts(who: str) -> None:
    person, target = cast.person(who), cast.person("marc")
    cast.person("ada")
    for act in (
        lambda: services.create_person(person, NewPerson("z@example.org", "Z")),
        lambda: services.invite(person, target),
        lambda: services.deactivate(person, target),
        lambda: services.reactivate(person, target),
        lambda: services.change_person(person, target, {"name": "Z"}),
        lambda: services.set_passphrase(person, target, "four words not together"),
        lambda: rights.grant(person, person, Role.ADMINISTRATOR),
        lambda: rights.revoke_grant(person, Grant(user=target, role=Role.READER)),
        lambda: services.set_organisation(person, {"name": "Z"}),
    ):
        with pytest.raises(CannotDo):
            act()
    assert not ChangeSet.objects.exists()


def test_the_office_cannot_undo_its_way_to_more_rights(as_person: As) -> None:
    ada, claire = cast.person("ada"), cast.person("claire")
    held = rights.grant(ada, claire, Role.ADMINISTRATOR)
    rights.revoke_grant(ada, held)
    taken = ChangeSet.objects.first()
    assert taken is not None
    answer = as_person("claire").post(reverse("journal:undo", args=[taken.pk]))
    assert answer.status_code == 403
    assert not Grant.objects.filter(user=claire, role=Role.ADMINISTRATOR).exists()
    undo(ada, taken)
    assert Grant.objects.filter(user=claire, role=Role.ADMINISTRATOR).exists()


def test_one_changes_ones_own_display_and_passphrase(as_person: As) -> None:
    client = as_person("rosa")
    form = {"name": "Rosa R.", "language": "fr", "theme": "dark", "density": "compact"}
    assert client.post("/settings/me/", form).status_code == 302
    rosa = User.objects.get(email="rosa@example.org")
    assert (rosa.name, rosa.theme, rosa.shortcuts_on) == ("Rosa R.", "dark", False)
    wrong = {"current": "not this one", "passphrase": "lanterne verte du quai"}
    assert client.post("/settings/me/passphrase/", wrong).status_code == 422
    elsewhere = Client()
    elsewhere.post("/login/", {"email": rosa.email, "passphrase": cast.PASSPHRASE})
    right = {**wrong, "current": cast.PASSPHRASE}
    assert client.post("/settings/me/passphrase/", right).status_code == 302
    assert client.get("/settings/me/").status_code == 200
    assert elsewhere.get("/settings/me/").status_code == 302


def test_the_language_is_chosen_without_an_account() -> None:
    cast.organisation()
    client = Client(headers={"accept-language": "en"})
    assert 'lang="en"' in client.get("/login/").content.decode()
    client.post("/preferences/", {"language": "fr", "next": "/login/"})
    assert 'lang="fr"' in client.get("/login/").content.decode()
    client.post("/preferences/", {"language": "xx"})
    assert 'lang="fr"' in client.get("/login/").content.decode()


def test_preferences_take_only_what_a_person_may_choose(as_person: As) -> None:
    client = as_person("rosa")
    rosa = User.objects.get(email="rosa@example.org")
    client.post(
        "/preferences/",
        {"theme": "pink", "density": "compact", "is_active": "0", "email": "x@example.org"},
    )
    after = User.objects.get(pk=rosa.pk)
    assert (after.theme, after.density, after.is_active, after.email) == (
        "auto",
        "compact",
        True,
        "rosa@example.org",
    )


def test_accounts_of_the_demo_enter_the_demo_only() -> None:
    about = cast.organisation()
    rosa = cast.person("rosa")
    User.objects.filter(pk=rosa.pk).update(is_demo=True)
    form = {"email": rosa.email, "passphrase": cast.PASSPHRASE}
    assert Client().post("/login/", form).status_code == 401
    Organisation.objects.filter(pk=about.pk).update(is_demo=True)
    assert Client().post("/login/", form).status_code == 302
