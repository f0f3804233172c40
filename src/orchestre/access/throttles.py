"""How often something may be tried: counted in the database, shared by all processes.

Windows are short buckets; a limit looks at every bucket that touches the period, so that no
period of that length, wherever it starts, holds more than the limit.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from orchestre.access.models import Throttle

FREE_TRIES = 5
LONGEST_DELAY = timedelta(minutes=2)
FORGET_AFTER = timedelta(hours=1)
_ORIGIN = datetime(2020, 1, 1, tzinfo=timezone.get_fixed_timezone(0))


@dataclass(frozen=True)
class Limit:
    """At most so many per period."""

    count: int
    period: timedelta
    bucket: timedelta


LOGIN_PER_ADDRESS = Limit(60, timedelta(minutes=1), timedelta(seconds=10))
LOGIN_PER_ACCOUNT = Limit(50, timedelta(hours=1), timedelta(minutes=5))
API_PER_TOKEN = Limit(600, timedelta(minutes=1), timedelta(seconds=10))
INVITATIONS = Limit(3, timedelta(hours=1), timedelta(minutes=10))


def short(text: str) -> str:
    """Return a key of fixed length for any text, without keeping the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def take(key: str, limit: Limit) -> bool:
    """Count one try; tell whether it is within the limit. A refused try is not kept."""
    now = timezone.now()
    starts = now - (now - _ORIGIN) % limit.bucket
    with transaction.atomic():
        Throttle.objects.get_or_create(key=key, window_starts_at=starts)
        mine = Throttle.objects.filter(key=key, window_starts_at=starts)
        mine.update(count=F("count") + 1)  # locks the bucket: tries are counted one by one
        since = now - limit.period - limit.bucket
        used = Throttle.objects.filter(key=key, window_starts_at__gt=since).aggregate(
            total=Sum("count")
        )["total"]
        if used > limit.count:
            mine.update(count=F("count") - 1)
            return False
    return True


def give_back(key: str, limit: Limit) -> None:
    """Take back one counted try: it was not a guess."""
    since = timezone.now() - limit.period - limit.bucket
    last = (
        Throttle.objects.filter(key=key, window_starts_at__gt=since, count__gt=0)
        .order_by("-window_starts_at")
        .first()
    )
    if last is not None:
        Throttle.objects.filter(pk=last.pk, count__gt=0).update(count=F("count") - 1)


def delay_after(tries: int) -> timedelta:
    """Five free tries, then 1 s, 2 s, 4 s … up to two minutes."""
    if tries < FREE_TRIES:
        return timedelta()
    return min(LONGEST_DELAY, timedelta(seconds=2 ** min(tries - FREE_TRIES, 10)))


def wait_before(key: str) -> timedelta | None:
    """Count one try under a growing delay; return how long to wait, None when it may go ahead."""
    with transaction.atomic():
        row, _made = Throttle.objects.select_for_update().get_or_create(
            key=key, window_starts_at=_ORIGIN
        )
        now = timezone.now()  # after the lock: a try that waited for its turn is not an early one
        if row.blocked_until is not None and row.blocked_until > now:
            return row.blocked_until - now
        if row.blocked_until is not None and row.blocked_until + FORGET_AFTER < now:
            row.count = 0
        row.count += 1
        row.blocked_until = now + delay_after(row.count)
        row.save(update_fields=["count", "blocked_until"])
    return None


def forgive(key: str) -> None:
    """Forget the tries: the person got in."""
    Throttle.objects.filter(key=key, window_starts_at=_ORIGIN).delete()


def sweep() -> int:
    """Delete counts that no limit looks at any more."""
    old = timezone.now() - timedelta(hours=3)
    counted = Throttle.objects.filter(window_starts_at__gt=_ORIGIN, window_starts_at__lt=old)
    delayed = Throttle.objects.filter(window_starts_at=_ORIGIN, blocked_until__lt=old)
    return int(counted.delete()[0]) + int(delayed.delete()[0])
