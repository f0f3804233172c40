"""The organisation as pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orchestre.org import rules
from orchestre.org.models import CalendarPeriod, Population, Unit
from orchestre.org.queries import Shares, Tree, UnitNode
from orchestre.ui import formats
from orchestre.ui.components import Badge, Button, Tone
from orchestre.ui.tables import Column, DataTable, Row

OPEN_LEVELS = 2
USUAL_HOURS = 35.0


@dataclass(frozen=True)
class PopulationLine:
    """One population in the tree."""

    name: str
    url: str
    note: str
    headcount: str
    headcount_known: bool
    weekly_hours: str
    capacity: str
    source: str
    impacts: int


@dataclass(frozen=True)
class UnitLine:
    """One unit in the tree; `closes` counts the levels that end after it."""

    pk: int
    name: str
    code: str
    url: str
    capacity_url: str
    manager: str
    people: str
    people_note: str
    share: str
    source: str
    opened: bool
    has_children: bool
    populations: tuple[PopulationLine, ...]
    closes: range


@dataclass(frozen=True)
class TreePage:
    """What the page of populations says and shows."""

    sentence: str
    units: tuple[UnitLine, ...]
    outside: tuple[PopulationLine, ...]
    unknown: int
    words: str
    unfolded: bool
    may_edit: bool
    sees_whole: bool

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show."""
        return not self.units and not self.outside


def tree_page(
    tree: Tree, shares: Shares, *, words: str, unfolded: bool, may_edit: bool, sees_whole: bool
) -> TreePage:
    """Return the tree as lines, with what is inherited and from where."""
    levels = [node.level for node in tree.nodes]
    following = [*levels[1:], 0][: len(levels)]
    opened = unfolded or bool(words)
    units = tuple(
        _unit_line(node, shares, next_level, opened=opened, may_edit=may_edit)
        for node, next_level in zip(tree.nodes, following, strict=True)
    )
    everybody = [p for node in tree.nodes for p in node.populations] + list(tree.outside)
    return TreePage(
        sentence=_tree_sentence(tree, everybody),
        units=units,
        outside=tuple(_population_line(p, "", shares, may_edit=may_edit) for p in tree.outside),
        unknown=sum(p.headcount is None for p in everybody),
        words=words,
        unfolded=unfolded,
        may_edit=may_edit,
        sees_whole=sees_whole,
    )


def _tree_sentence(tree: Tree, everybody: list[Population]) -> str:
    if not everybody and not tree.nodes:
        return ""
    units, groups = len(tree.nodes), len(everybody)
    known = [p.headcount for p in everybody if p.headcount is not None]
    words = [
        ngettext("%(n)s unit", "%(n)s units", units) % {"n": formats.number(units)},
        ngettext("%(n)s population", "%(n)s populations", groups) % {"n": formats.number(groups)},
    ]
    if known:
        people = sum(known)
        words.append(
            ngettext("%(n)s person counted", "%(n)s people counted", people)
            % {"n": formats.number(people)}
        )
    return ", ".join(words) + "."


def _unit_line(
    node: UnitNode, shares: Shares, next_level: int, *, opened: bool, may_edit: bool
) -> UnitLine:
    unit, heads = node.unit, node.heads
    absorption = shares.at(unit.path)
    has_children = next_level > node.level
    return UnitLine(
        pk=unit.pk,
        name=unit.name,
        code=unit.code,
        url=reverse("org:edit-unit", args=[unit.pk]) if may_edit else "",
        capacity_url=f"{reverse('org:capacity')}?unit={unit.pk}",
        manager=unit.manager_name,
        people=_people(heads.total) if heads.groups else "",
        people_note=_unknown_note(heads),
        share=formats.percent(absorption.ratio, 1 if _has_decimals(absorption.ratio) else 0),
        source=_("assumed") if absorption.assumed else source_of(absorption, shares, unit.pk),
        opened=opened or (node.level < OPEN_LEVELS - 1 and (has_children or not node.level)),
        has_children=has_children,
        populations=tuple(
            _population_line(p, unit.path, shares, may_edit=may_edit) for p in node.populations
        ),
        closes=range(0 if has_children else node.level - next_level + 1),
    )


def _has_decimals(ratio: float | None) -> bool:
    return ratio is not None and abs(ratio * 100 - round(ratio * 100)) > 1e-9


def _people(count: int | None) -> str:
    if count is None:
        return formats.undefined()
    return ngettext("%(n)s person", "%(n)s people", count) % {"n": formats.number(count)}


def _unknown_note(heads: rules.Heads) -> str:
    if not heads.unknown_groups:
        return ""
    return ngettext(
        "%(n)s population not counted", "%(n)s populations not counted", heads.unknown_groups
    ) % {"n": formats.number(heads.unknown_groups)}


def source_of(absorption: rules.Absorption, shares: Shares, own_id: int | None) -> str:
    """Say where a share comes from."""
    if absorption.ratio is None:
        return _("no share is set")
    if absorption.assumed:
        return _("assumed: nobody has said otherwise")
    if absorption.unit_id == own_id:
        return _("set here")
    if absorption.unit_id is None:
        return _("inherited from the whole organisation")
    return _("inherited from %(unit)s") % {"unit": shares.name_of(absorption)}


def _population_line(
    population: Population, path: str, shares: Shares, *, may_edit: bool
) -> PopulationLine:
    absorption = shares.at(path)
    note = " · ".join(filter(None, [population.role, population.site, population.shift]))
    if population.kind != Population.Kind.UNIT:
        note = " · ".join(filter(None, [population.get_kind_display(), note]))
    return PopulationLine(
        name=population.name,
        url=reverse("org:edit-population", args=[population.pk]) if may_edit else "",
        note=note,
        headcount=formats.number(population.headcount),
        headcount_known=population.headcount is not None,
        weekly_hours=formats.hours(population.weekly_hours),
        capacity=formats.hours(rules.capacity_hours(population.weekly_hours, absorption.ratio)),
        source=_("assumed")
        if absorption.assumed
        else source_of(absorption, shares, population.unit_id),
        impacts=getattr(population, "impact_count", 0),
    )


@dataclass(frozen=True)
class WeekBox:
    """One week of the calendar strip."""

    week: str
    month: str
    hours: str
    title: str
    level: str


@dataclass(frozen=True)
class CapacityPage:
    """What people of a place can give to change, and why."""

    place: str
    hours: str
    formula: str
    source: str
    weeks: tuple[WeekBox, ...]
    periods: DataTable | None
    own_rule: bool
    assumed: bool
    may_edit: bool
    known: bool
    trail: tuple[tuple[str, str], ...] = ()
    below: tuple[tuple[str, str, str], ...] = ()


def hours_range(weekly_hours: list[float], ratio: float | None, factor: float = 1.0) -> str:
    """Write what can be given per week, from the least to the most when people work differently."""
    if ratio is None:
        return formats.hours(None)
    working = sorted(set(weekly_hours)) or [USUAL_HOURS]
    low, high = (rules.capacity_hours(h, ratio, factor) for h in (working[0], working[-1]))
    if len(working) == 1:
        return formats.hours(low)
    return _("%(low)s to %(high)s") % {"low": formats.number(low), "high": formats.hours(high)}


def formula(weekly_hours: list[float], absorption: rules.Absorption) -> str:
    """Write the product behind the figure."""
    working = sorted(set(weekly_hours)) or [USUAL_HOURS]
    hours = formats.hours(working[0])
    if len(working) > 1:
        hours = _("%(low)s to %(high)s") % {
            "low": formats.number(working[0]),
            "high": formats.hours(working[-1]),
        }
    return f"{hours} × {formats.share(absorption.ratio)}"


def week_boxes(
    factors: tuple[rules.WeekFactor, ...],
    names: dict[int, str],
    weekly_hours: list[float],
    ratio: float | None,
) -> tuple[WeekBox, ...]:
    """Return the boxes of the calendar strip."""
    return tuple(_week_box(one, names, weekly_hours, ratio) for one in factors)


def _week_box(
    one: rules.WeekFactor, names: dict[int, str], weekly_hours: list[float], ratio: float | None
) -> WeekBox:
    hours = hours_range(weekly_hours, ratio, one.factor)
    why = ", ".join(names[pk] for pk in one.period_ids if pk in names)
    colon = pgettext("between a name and its figure", ": ")
    return WeekBox(
        week=formats.week(one.starts_on),
        month=formats.month_short(one.starts_on) if one.starts_on.day <= 7 else "",
        hours=hours,
        title=f"{formats.week_long(one.starts_on)}{colon}{hours}" + (f" ({why})" if why else ""),
        level=_level(one.factor),
    )


def _level(factor: float) -> str:
    if factor <= 0:
        return "none"
    if factor < 1:
        return "less"
    return "more" if factor > 1 else "usual"


def periods_table(
    periods: list[CalendarPeriod], unit: Unit | None, editable: set[int]
) -> DataTable:
    """Return the periods of a place with those it inherits."""
    return DataTable(
        caption=_("Periods when capacity differs"),
        columns=(
            Column(_("Period"), wide=True),
            Column(_("Kind")),
            Column(_("Dates")),
            Column(_("Capacity left"), numeric=True),
            Column(_("Where it is set")),
            Column(_("Act"), label_hidden=True),
        ),
        rows=tuple(_period_row(p, unit, can=p.pk in editable) for p in periods),
    )


def _period_row(period: CalendarPeriod, unit: Unit | None, *, can: bool) -> Row:
    where = period.unit.name if period.unit else _("the whole organisation")
    inherited = period.unit_id != (unit.pk if unit else None)
    url = reverse("org:edit-period", args=[period.pk])
    edit = Button(_("Edit"), url, kind="quiet", small=True, described=period.name)
    tone: Tone = "danger" if period.factor <= 0 else "warn" if period.factor < 1 else "success"
    return Row(
        (
            period.name,
            period.get_kind_display(),
            formats.dates(period.starts_on, period.ends_on),
            Badge(formats.percent(period.factor), tone=tone),
            _("inherited from %(unit)s") % {"unit": where} if inherited else where,
            edit if can else "",
        )
    )


def indented(units: list[tuple[Unit, int]]) -> list[tuple[str, str]]:
    """Return units as choices that show the tree."""
    return [(str(unit.pk), "\u2003" * level + unit.name) for unit, level in units]
