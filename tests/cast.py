"""The same few people everywhere: who they are and what they may do.

Claire runs the transformation office, Ada administers, Paul analyses, Lina leads one
initiative, Marc manages a unit, Rosa reads everything, Aude audits, Noam has no grant.
"""

from __future__ import annotations

from orchestre.access.models import Grant, Organisation, User
from orchestre.access.rules import Role

PASSPHRASE = "quatre-vents-sur-la-jetée"

PEOPLE: dict[str, tuple[str, str | None]] = {
    "ada": ("Ada Admin", Role.ADMINISTRATOR),
    "claire": ("Claire Office", Role.OFFICE),
    "paul": ("Paul Analyst", Role.ANALYST),
    "rosa": ("Rosa Reader", Role.READER),
    "aude": ("Aude Auditor", Role.AUDITOR),
    "noam": ("Noam Nobody", None),
    "lina": ("Lina Lead", None),
    "marc": ("Marc Manager", None),
}


def person(name: str) -> User:
    """Create or find one member of the cast, with the grants that stand on everything."""
    full_name, role = PEOPLE[name]
    user = User.objects.filter(email=f"{name}@example.org").first()
    if user is None:
        user = User.objects.create_user(f"{name}@example.org", full_name, PASSPHRASE)
        user.language = "en"
        user.save()
    if role is not None:
        Grant.objects.get_or_create(user=user, role=role, scope=Grant.Scope.ALL)
    return user


def lead_of(initiative_id: int) -> User:
    """Make Lina lead this initiative."""
    user = person("lina")
    Grant.objects.get_or_create(
        user=user, role=Role.LEAD, scope=Grant.Scope.INITIATIVE, scope_id=initiative_id
    )
    return user


def manager_of(unit_id: int) -> User:
    """Make Marc manage this unit."""
    user = person("marc")
    Grant.objects.get_or_create(
        user=user, role=Role.UNIT_MANAGER, scope=Grant.Scope.UNIT, scope_id=unit_id
    )
    return user


def organisation() -> Organisation:
    """Create the organisation and its administrator, so that the first run is over."""
    person("ada")
    return Organisation.objects.get_or_create(name="Maison Test")[0]
