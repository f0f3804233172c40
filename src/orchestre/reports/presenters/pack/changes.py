"""What moved since the last pack: dates, money, entries and exits, figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.journal.models import Change
from orchestre.portfolio.models import Initiative
from orchestre.reports import queries
from orchestre.reports.presenters.pack.scope import Scope
from orchestre.reports.rules.comparing import Shift, differences
from orchestre.reports.rules.document import Cell, Head, Line, Pack, Section, Table
from orchestre.ui import formats

DATED = ("starts_on", "ends_on", "go_live_on")
MOST_ROWS = 40
MANY_ENTRIES = 8


def sections(scope: Scope) -> tuple[Section, ...]:
    """Write what moved; the figures that moved are added once the pack is whole."""
    rows = list(_lines(scope))
    lead = ngettext(
        "%(n)d thing moved since %(when)s.", "%(n)d things moved since %(when)s.", len(rows)
    ) % {"n": len(rows), "when": formats.day(scope.since.date())}
    left = max(0, len(rows) - MOST_ROWS)
    table = Table(
        "moved",
        _("What moved"),
        (
            Head(_("Initiative"), share=3),
            Head(_("What"), share=1.4),
            Head(_("Before"), share=1.4),
            Head(_("After"), share=1.4),
            Head(_("Gap"), numeric=True),
        ),
        tuple(rows[:MOST_ROWS]),
        note=ngettext("%(n)d more.", "%(n)d more.", left) % {"n": left} if left else "",
        empty=_("Nothing moved since the last pack."),
    )
    return (Section("changes", _("What moved since the last time"), lead, (table,)),)


def _lines(scope: Scope) -> Iterable[Line]:
    names = {one.pk: one for one in scope.initiatives}
    milestones = {row.pk: row for row in scope.milestones}
    yield from _of_initiatives(scope, names)
    yield from _exits(scope)
    entered = _entered(scope, names)
    for pk, before, after in _first_and_last(scope, "portfolio.milestone", milestones):
        row = milestones[pk]
        if row.initiative_id in entered:
            continue  # it came with its initiative, which is told
        if "forecast_on" in after:
            yield _dated(
                f"m{pk}",
                names[row.initiative_id],
                row.name,
                before.get("forecast_on"),
                after["forecast_on"],
            )


def _entered(scope: Scope, names: dict[int, Initiative]) -> set[int]:
    changed = _first_and_last(scope, "portfolio.initiative", names)
    return {pk for pk, before, _after in changed if not before}


def _of_initiatives(scope: Scope, names: dict[int, Initiative]) -> Iterable[Line]:
    changed = list(_first_and_last(scope, "portfolio.initiative", names))
    entered = [pk for pk, before, _after in changed if not before]
    if len(entered) > MANY_ENTRIES:
        count = ngettext("%(n)d initiative", "%(n)d initiatives", len(entered))
        cells = (Cell(count % {"n": len(entered)}), Cell(_("entry")), Cell(""), Cell(""), Cell(""))
        yield Line("entries", cells)
    for pk, before, after in changed:
        one = names[pk]
        if not before:
            if len(entered) <= MANY_ENTRIES:
                yield _told(f"i{pk}", one, _("entry"), "", str(one.get_stage_display()))
            continue
        for name in DATED:
            if name in after:
                label = str(Initiative._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001 - a plain field, by Django's documented Meta API
                yield _dated(f"i{pk}.{name}", one, label, before.get(name), after[name])
        if "stage" in after:
            stages = dict(Initiative.Stage.choices)
            pair = [str(stages.get(side.get("stage", ""), "")) for side in (before, after)]
            yield _told(f"i{pk}.stage", one, _("stage"), *pair)
        if "cost_eur" in after:
            yield _money(f"i{pk}.cost", one, before.get("cost_eur"), after["cost_eur"])


def _exits(scope: Scope) -> Iterable[Line]:
    """Tell what was stopped or put away since: it is in no other part of the pack."""
    gone = queries.left_of_packs(scope.person, confidential=scope.confidential)
    names = {one.pk: one for one in gone}
    stages = dict(Initiative.Stage.choices)
    for pk, before, after in _first_and_last(scope, "portfolio.initiative", names):
        if after.get("stage") == Initiative.Stage.STOPPED:
            pair = [str(stages.get(side.get("stage", ""), "")) for side in (before, after)]
            yield _told(f"x{pk}", names[pk], _("exit"), *pair)
        elif after.get("archived_at"):
            stage = str(names[pk].get_stage_display())
            yield _told(f"x{pk}", names[pk], _("exit"), stage, _("archived"))


def _first_and_last(
    scope: Scope, model: str, rows: Iterable[int]
) -> Iterable[tuple[int, dict[str, Any], dict[str, Any]]]:
    """Give, for each row changed since, its first values before and its last after."""
    wanted = set(rows)  # apart: a large portfolio has more milestones than a statement holds keys
    changes = (
        Change.objects.filter(model=model, change_set__created_at__gt=scope.since)
        .exclude(operation=Change.Operation.DELETED)
        .order_by("object_id", "pk")
    )
    found: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {}
    created: set[int] = set()
    for change in changes:
        if change.object_id not in wanted:
            continue
        before, after = found.setdefault(change.object_id, ({}, {}))
        if change.operation == Change.Operation.CREATED:
            created.add(change.object_id)
            continue
        for name, value in change.before.items():
            before.setdefault(name, value)
        after.update(change.after)
    for pk, (before, after) in found.items():
        kept = {name: value for name, value in after.items() if before.get(name) != value}
        if pk in created:
            yield pk, {}, kept
        elif kept:
            yield pk, before, kept


def _name(one: Initiative) -> Cell:
    return Cell(f"{one.code} · {one.title}")


def _told(key: str, one: Initiative, what: str, before: str, after: str) -> Line:
    return Line(key, (_name(one), Cell(what), Cell(before), Cell(after), Cell("")))


def _dated(key: str, one: Initiative, what: str, old: object, new: object) -> Line:
    before, after = _day(old), _day(new)
    gap = (after - before).days if before and after else None
    text = "" if gap is None else f"{gap:+d}\N{NO-BREAK SPACE}{_('d')}"
    tone = "off" if (gap or 0) > 0 else "ok" if (gap or 0) < 0 else ""
    gap_cell = Cell(text, None if gap is None else float(gap), tone=tone)  # type: ignore[arg-type]  # one of the tones
    return Line(
        key, (_name(one), Cell(what), Cell(formats.day(before)), Cell(formats.day(after)), gap_cell)
    )


def _day(value: object) -> date | None:
    return parse_date(str(value)) if value else None


def _money(key: str, one: Initiative, old: object, new: object) -> Line:
    before, after = (None if one is None else float(str(one)) for one in (old, new))
    gap = None if before is None or after is None else after - before
    return Line(
        key,
        (
            _name(one),
            Cell(_("full cost")),
            Cell(formats.euros(before)),
            Cell(formats.euros(after)),
            Cell("" if gap is None else formats.euros(gap), gap),
        ),
    )


def against(previous: Pack | None, now: Pack) -> Table | None:
    """Write the key figures that differ from the last pack; None without one."""
    if previous is None:
        return None
    shifts = [one for one in differences(previous, now) if one.what == "changed"]
    rows = [_shift(at, one) for at, one in enumerate(shifts) if one.delta]
    if not rows:
        return None
    return Table(
        "figures",
        _("Figures that moved"),
        (
            Head(_("Figure"), share=3),
            Head(_("Last time"), numeric=True),
            Head(_("Now"), numeric=True),
        ),
        tuple(rows),
    )


def _shift(at: int, one: Shift) -> Line:
    return Line(str(at), (Cell(one.label), Cell(one.before), Cell(one.after)))
