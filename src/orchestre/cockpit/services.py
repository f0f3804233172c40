"""What a person does with the cockpit: put off, and say that all was seen."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.cockpit.models import Seen, Snooze
from orchestre.cockpit.queries import forget
from orchestre.cockpit.rules.tasks import KINDS, SNOOZE_DAYS
from orchestre.kernel.errors import DomainError


def snooze(person: User, key: str, days: int) -> Snooze:
    """Put something off; it comes back by itself. It is one's own business, not the journal's."""
    kind, colon, ref = key.partition(":")
    known = (ref in KINDS) if kind == "all" else (kind in KINDS and bool(ref))
    if not colon or not known or len(key) > 80 or days not in SNOOZE_DAYS:
        raise DomainError(_("This cannot be put off."), code="cannot-snooze")
    until_on = timezone.localdate() + timedelta(days=days)
    row, _made = Snooze.objects.update_or_create(
        user=person, key=key, defaults={"until_on": until_on}
    )
    Snooze.objects.filter(user=person, until_on__lte=timezone.localdate()).delete()
    forget(person)
    return row


def take_back(person: User) -> int:
    """Bring back everything that a person put off."""
    count, _by_table = Snooze.objects.filter(user=person).delete()
    forget(person)
    return count


def mark_seen(person: User) -> None:
    """Say that all that moved until now was seen."""
    Seen.objects.update_or_create(user=person, defaults={"at": timezone.now()})
