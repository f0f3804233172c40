"""What means say beside an initiative: in the list, before a move, before a stop."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.portfolio.models import Initiative
from orchestre.portfolio.rules.dates import Span
from orchestre.resources import queries, rules, snapshot
from orchestre.resources.presenters import words
from orchestre.resources.rules import Ask, Floats
from orchestre.ui import formats

MONTHS_AROUND = 36


def delay_costs(ids: list[int]) -> dict[int, str]:
    """Write, for each initiative, what a week of delay costs."""
    return {
        pk: formats.short_euros(float(worth.delay_cost_eur_per_week))
        for pk, worth in queries.worths(ids).items()
        if worth.delay_cost_eur_per_week is not None
    }


def sentences_of_move(initiative: Initiative, new: Span) -> list[str]:
    """Tell which roles begin or cease to lack hands when an initiative moves, and its price."""
    days = _days(initiative, new)
    if not days:
        return []
    return [*_roles_told(initiative.code, days), *_delay_told(initiative, days)]


def _days(initiative: Initiative, new: Span) -> int:
    pairs = (
        (initiative.starts_on, new.starts_on),
        (initiative.ends_on, new.ends_on),
        (initiative.go_live_on, new.go_live_on),
    )
    return (
        next((after - before).days for before, after in pairs if before and after)
        if any(before and after for before, after in pairs)
        else 0
    )


def _roles_told(code: str, days: int) -> list[str]:
    means = snapshot.take(assume=False)
    today = timezone.localdate()
    own = [ask for ask in means.asks if ask.initiative == code and ask.ends_on > today]
    if not own:
        return []
    roles = tuple(sorted({ask.role for ask in own}))
    first = rules.month_of(min(ask.starts_on for ask in own) + timedelta(days=min(days, 0)))
    months = rules.months_from(max(first, rules.month_of(today)), MONTHS_AROUND)
    available = snapshot.available_by_month(means, roles, months)
    before = rules.fte_by_month(means.asks, roles, months)
    moved = [_moved(ask, code, days, after=ask.ends_on > today) for ask in means.asks]
    after = rules.fte_by_month(moved, roles, months)
    worse = _worst(after - before, after - available, roles)
    better = _worst(before - after, before - available, roles)
    told = [
        _("%(role)s: %(missing)s will be missing %(when)s.")
        % {
            "role": means.roles[roles[row]],
            "missing": words.fte(float(after[row, at] - available[row, at])),
            "when": words.in_month(months[at]),
        }
        for row, at in worse
    ]
    told += [
        _("%(role)s: relieved by %(fte)s %(when)s.")
        % {
            "role": means.roles[roles[row]],
            "fte": words.fte(float(before[row, at] - after[row, at])),
            "when": words.in_month(months[at]),
        }
        for row, at in better
    ]
    return told or [_("No role lacks hands because of it.")]


def _moved(ask: Ask, code: str, days: int, *, after: bool) -> Ask:
    return ask.shifted(days) if ask.initiative == code and after else ask


def _worst(change: Floats, gap: Floats, roles: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return, role by role, the month of the largest gap that the move makes or mends."""
    found = []
    for row in range(len(roles)):
        touched = [
            at
            for at in range(gap.shape[1])
            if change[row, at] > rules.ROUNDING_FTE and gap[row, at] > rules.ROUNDING_FTE
        ]
        if touched:
            found.append((row, max(touched, key=lambda at: gap[row, at])))
    return found


def _delay_told(initiative: Initiative, days: int) -> list[str]:
    worth = queries.worth_of(initiative)
    if worth is None or worth.delay_cost_eur_per_week is None or initiative.go_live_on is None:
        return []
    amount = float(worth.delay_cost_eur_per_week) * abs(days) / 7
    told = _("The delay costs about %s.") if days > 0 else _("Coming earlier is worth about %s.")
    return [told % formats.short_euros(amount)]


def freed_by_stopping(initiative: Initiative) -> list[str]:
    """Tell which hands and which money a stop gives back."""
    today = timezone.localdate()
    told = []
    months = rules.months_from(today, MONTHS_AROUND)
    asks = [
        Ask(initiative.code, one.role.name, max(one.starts_on, today), one.ends_on, one.fte, "")
        for one in queries.demands_of(initiative)
        if one.ends_on > today
    ]
    names = sorted({ask.role for ask in asks})
    peaks = rules.fte_by_month(asks, names, months).max(axis=1) if asks else []
    hands = [
        _("%(fte)s of %(role)s") % {"fte": words.fte(float(peak)), "role": name}
        for name, peak in zip(names, peaks, strict=True)
        if peak > 0
    ]
    if hands:
        told.append(_("Hands freed, at most in a month: %s.") % words.listed(hands, most=5))
    unspent = [one for one in queries.costs_of(initiative) if one.state != one.State.SPENT]
    planned = sum(float(one.amount_eur) for one in unspent if one.state == one.State.PLANNED)
    committed = sum(float(one.amount_eur) for one in unspent if one.state == one.State.COMMITTED)
    if planned:
        told.append(_("Planned money freed: %s.") % formats.short_euros(planned))
    if committed:
        told.append(_("Committed money, to be negotiated: %s.") % formats.short_euros(committed))
    return told
