"""What a move would do, in sentences, said before anything is written.

    effects.register(function)

`function(initiative, new_span)` returns sentences; `new_span` holds the new dates
(`starts_on`, `ends_on`, `go_live_on`). Nothing is written while it runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.portfolio import policy
from orchestre.portfolio.models import Dependency, Initiative
from orchestre.portfolio.queries import beside, one
from orchestre.portfolio.rules.dates import Span, Verdict, freezes_hit, verdicts
from orchestre.portfolio.rules.registry import Registry
from orchestre.ui import formats

Effect = Callable[[Initiative, Span], list[str]]
registered: Registry[Effect] = Registry()


def register(effect: Effect) -> Effect:
    """Add sentences to the preview of moves; usable as a decorator."""
    return registered.register(effect)


@dataclass(frozen=True)
class DateChange:
    """One date before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Preview:
    """All that a move would do, before it is done."""

    initiative: Initiative
    days: int
    title: str
    dates: tuple[DateChange, ...]
    broken: tuple[str, ...]
    mended: tuple[str, ...]
    freezes: tuple[str, ...]
    effects: tuple[str, ...]

    @property
    def is_quiet(self) -> bool:
        """Tell whether nothing but the dates changes."""
        return not (self.broken or self.mended or self.freezes or self.effects)


def preview(person: Person, initiative: Initiative, days: int) -> Preview:
    """Return what moving an initiative by some days would do; nothing is written."""
    span = one.span_of(initiative)
    new = span.shifted(days)
    links, spans = one.links_around(initiative)
    found = verdicts(initiative.pk, new, links, spans)
    told = _link_sentences(person, initiative, found)
    freezes = beside.freezes(initiative.unit.path if initiative.unit else "")
    return Preview(
        initiative=initiative,
        days=days,
        title=move_title(initiative.code, days),
        dates=_dates(initiative, span, new),
        broken=tuple(told[one.link.key] for one in found if one.breaks),
        mended=tuple(told[one.link.key] for one in found if one.mends),
        freezes=tuple(
            _("The go-live on %(day)s falls in “%(name)s” (%(dates)s).")
            % {
                "day": formats.day(new.go_live_on),
                "name": period.name,
                "dates": formats.dates(period.starts_on, period.ends_on),
            }
            for period in freezes_hit(new.go_live_on, freezes)
        ),
        effects=tuple(sentence for effect in registered for sentence in effect(initiative, new)),
    )


def move_title(code: str, days: int) -> str:
    """Say a move in words: weeks when it is whole weeks."""
    later = days > 0
    if days % 7 == 0:
        count = abs(days) // 7
        words = (
            ngettext("%(code)s: %(n)d week later", "%(code)s: %(n)d weeks later", count)
            if later
            else ngettext("%(code)s: %(n)d week earlier", "%(code)s: %(n)d weeks earlier", count)
        )
    else:
        count = abs(days)
        words = (
            ngettext("%(code)s: %(n)d day later", "%(code)s: %(n)d days later", count)
            if later
            else ngettext("%(code)s: %(n)d day earlier", "%(code)s: %(n)d days earlier", count)
        )
    return words % {"code": code, "n": count}


def _dates(initiative: Initiative, span: Span, new: Span) -> tuple[DateChange, ...]:
    found = []
    if span.starts_on and span.ends_on:
        found.append(
            DateChange(
                _("Dates"),
                formats.dates(span.starts_on, span.ends_on),
                formats.dates(new.starts_on, new.ends_on),
            )
        )
    if span.go_live_on:
        found.append(
            DateChange(_("Go-live"), formats.day(span.go_live_on), formats.day(new.go_live_on))
        )
    coming = [
        row for row in one.milestones_of(initiative) if row.forecast_on and row.actual_on is None
    ]
    if coming:
        count = ngettext("%(n)d milestone to come", "%(n)d milestones to come", len(coming)) % {
            "n": len(coming)
        }
        found.append(DateChange(_("Milestones"), count, _("moved by as much")))
    return tuple(found)


def _link_sentences(
    person: Person, initiative: Initiative, found: tuple[Verdict, ...]
) -> dict[int, str]:
    rows = Dependency.objects.select_related("predecessor", "successor").in_bulk(
        [verdict.link.key for verdict in found]
    )
    ends = {end for row in rows.values() for end in (row.predecessor_id, row.successor_id)}
    visible = set(policy.visible_to(person).filter(pk__in=ends).values_list("pk", flat=True))
    sentences = {}
    for verdict in found:
        row = rows[verdict.link.key]
        gives = row.predecessor_id == initiative.pk
        other = row.successor if gives else row.predecessor
        name = other.code if other.pk in visible else _("a confidential initiative")
        what = row.what or _("its result")
        late = max(0, -(verdict.after_days or 0))
        words = (
            ngettext(
                "%(other)s would wait %(n)d day for %(what)s.",
                "%(other)s would wait %(n)d days for %(what)s.",
                late,
            )
            if gives
            else ngettext(
                "%(what)s of %(other)s would come %(n)d day too late.",
                "%(what)s of %(other)s would come %(n)d days too late.",
                late,
            )
        )
        mended = _("The dependency with %(other)s would hold again (%(what)s).")
        sentences[row.pk] = (mended if verdict.mends else words) % {
            "other": name,
            "what": what,
            "n": late,
        }
    return sentences
