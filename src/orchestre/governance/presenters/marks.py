"""Words, badges and addresses that several pages of committees share."""

from __future__ import annotations

from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.governance.models import Action, AgendaItem, Decision, Matter, Meeting, Opinion
from orchestre.governance.rules.effects import effect_ratio
from orchestre.governance.rules.meeting import Quorum
from orchestre.ui import formats
from orchestre.ui.components import Badge, Pager, StatusMark, Tone

LONGEST_PAGE = 7

_VERDICTS: dict[str, str] = {
    Decision.Verdict.ACHIEVED: "ok",
    Decision.Verdict.PARTLY: "watch",
    Decision.Verdict.NOT: "off",
    Decision.Verdict.UNKNOWN: "unknown",
}
_MEETINGS: dict[str, Tone] = {
    Meeting.State.PLANNED: "neutral",
    Meeting.State.OPEN: "accent",
    Meeting.State.CLOSED: "info",
    Meeting.State.MINUTED: "success",
}
_ITEMS: dict[str, Tone] = {
    AgendaItem.State.PLANNED: "neutral",
    AgendaItem.State.OPEN: "accent",
    AgendaItem.State.DECIDED: "success",
    AgendaItem.State.DEALT: "success",
    AgendaItem.State.POSTPONED: "warn",
}


def address(name: str, *args: object) -> str:
    """Return the address of a page of committees."""
    return reverse(f"governance:{name}", args=args)


def scenario(key: int | None) -> str:
    """Return the address of a scenario, empty when its pages are not there."""
    if key is None:
        return ""
    try:
        return reverse("sequencing:show", args=[key])
    except NoReverseMatch:
        return ""


def verdict(decision: Decision) -> StatusMark | Badge | None:
    """Say what came of a decision; late when the day has passed without a verdict."""
    if decision.verdict == Decision.Verdict.REPLACED:
        return Badge(_("replaced"), "neutral")
    if decision.verdict:
        state = _VERDICTS[decision.verdict]
        return StatusMark(state, capital(decision.get_verdict_display()))  # type: ignore[arg-type]  # one of the five states
    if decision.review_on is None:
        return None
    today = timezone.localdate()
    if decision.review_on < today:
        days = (today - decision.review_on).days
        late = ngettext("verdict late by %(n)s day", "verdict late by %(n)s days", days)
        return Badge(late % {"n": days}, "danger")
    return Badge(_("effect read again on %s") % formats.day(decision.review_on), "neutral")


def meeting_state(meeting: Meeting) -> Badge:
    """Say where a meeting stands."""
    return Badge(meeting.get_state_display(), _MEETINGS[meeting.state])


def item_state(item: AgendaItem) -> Badge:
    """Say what became of an item."""
    return Badge(item.get_state_display(), _ITEMS[item.state])


def matter_kind(matter: Matter) -> Badge:
    """Name the kind of a point."""
    tones: dict[str, Tone] = {"risk": "warn", "issue": "danger", "change_request": "info"}
    return Badge(matter.get_kind_display(), tones[matter.kind])


def opinion_mark(opinion: Opinion) -> Badge:
    """Say an opened opinion in one word."""
    tones: dict[str, Tone] = {"for": "success", "reserved": "warn", "against": "danger"}
    if not opinion.position:
        return Badge(_("not given"), "neutral")
    return Badge(opinion.get_position_display(), tones.get(opinion.position, "neutral"))


def due(action: Action) -> Badge | str:
    """Say when an action is due, and by how much it is late."""
    if action.state != Action.State.OPEN:
        return Badge(action.get_state_display(), "success" if action.state == "done" else "neutral")
    if action.due_on is None:
        return _("no date")
    days = (timezone.localdate() - action.due_on).days
    if days <= 0:
        return formats.day(action.due_on)
    late = ngettext("late by %(n)s day", "late by %(n)s days", days) % {"n": days}
    return Badge(late, "danger")


def owner(row: Action | Matter) -> str:
    """Name who answers for it."""
    if row.owner_name:
        return row.owner_name
    return str(row.owner) if row.owner else _("nobody")


def when(at: datetime) -> str:
    """Say the day and the hour of a meeting."""
    return formats.instant(at)


def quorum(found: Quorum) -> str:
    """Say who is there against what is needed."""
    if found.needed is None:
        return ngettext(
            "%(n)s voting member present, no quorum set.",
            "%(n)s voting members present, no quorum set.",
            found.present,
        ) % {"n": found.present}
    values = {"n": found.present, "needed": found.needed}
    if found.is_met:
        return _("Quorum reached: %(n)s present, %(needed)s needed.") % values
    return _("Quorum not reached: %(n)s present, %(needed)s needed.") % values


def measure(decision: Decision) -> str:
    """Name the measure of an effect."""
    if decision.measure == Decision.Measure.OWN:
        return decision.measure_name or decision.get_measure_display()
    return decision.get_measure_display() if decision.measure else ""


def figures(decision: Decision) -> str:
    """Say the figures of an effect: then, expected, now."""
    if not decision.measure:
        return ""
    parts = [
        _("%(measure)s: %(then)s at the decision")
        % {"measure": capital(measure(decision)), "then": formats.number(decision.value_then)}
    ]
    if decision.value_expected is not None:
        parts.append(_("%s expected") % formats.number(decision.value_expected))
    judged = decision.verdict_on is not None and decision.verdict != Decision.Verdict.REPLACED
    if judged:
        now = {"now": formats.number(decision.value_now), "day": formats.day(decision.verdict_on)}
        parts.append(_("%(now)s on %(day)s") % now)
    ratio = effect_ratio(decision.value_then, decision.value_now, decision.value_expected)
    text = ", ".join(parts)
    if ratio is not None and judged:
        text += " " + _("(%s of the effect expected)") % formats.percent(ratio)
    return f"{text}."


def page_of(asked: str, total: int, size: int) -> tuple[int, int]:
    """Return the page asked for among those there are, and the position of its first row."""
    known = asked.isascii() and asked.isdigit() and len(asked) < LONGEST_PAGE
    number = min(max(int(asked) if known else 1, 1), max(-(-total // size), 1))
    return number, (number - 1) * size


def pager(number: int, total: int, size: int, query: str) -> Pager | None:
    """Lead to the pages before and after; None when one page holds everything."""
    if total <= size:
        return None
    first = (number - 1) * size
    last = min(first + size, total)
    summary = _("%(first)s to %(last)s of %(total)s") % {
        "first": formats.number(first + 1),
        "last": formats.number(last),
        "total": formats.number(total),
    }
    return Pager(
        summary,
        f"?{query}&page={number - 1}" if number > 1 else "",
        f"?{query}&page={number + 1}" if last < total else "",
    )


def capital(text: str) -> str:
    """Begin with a capital, and touch nothing else."""
    return f"{text[:1].upper()}{text[1:]}"
