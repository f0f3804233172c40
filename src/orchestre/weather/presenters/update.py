"""The two-minute update: everything filled in from last time and from what moved since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.journal.models import Change
from orchestre.journal.presenters import history_line
from orchestre.kernel.errors import Conflict
from orchestre.load.services.compute import today
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.ui import formats
from orchestre.ui.components import Breadcrumb, ConflictPanel, ConflictRow, Link
from orchestre.weather import queries
from orchestre.weather.models import WeatherReport
from orchestre.weather.presenters import words
from orchestre.weather.presenters.one import Why, age_of
from orchestre.weather.rules import ANSWERS, AXES, PILLARS, pillars_of
from orchestre.weather.services import readings
from orchestre.weather.snapshot import WORDS

NEWS_SHOWN = 8
MILESTONES_SHOWN = 6


@dataclass(frozen=True)
class Answer:
    """One of the four answers of an axis."""

    value: str
    label: str
    key: str
    mark: SafeString
    chosen: bool


@dataclass(frozen=True)
class Question:
    """One axis to declare, beside what the figures say."""

    axis: str
    label: str
    answers: tuple[Answer, ...]
    calculated: SafeString
    level: str
    whys: tuple[Why, ...]
    missing: str
    reason: str
    error: str


@dataclass(frozen=True)
class Dated:
    """A milestone whose forecast is edited in place."""

    pk: int
    version: int
    name: str
    kind: str
    baseline: str
    value: str
    error: str


@dataclass(frozen=True)
class UpdatePage:
    """What the page of the update draws."""

    initiative: Initiative
    breadcrumb: Breadcrumb
    questions: tuple[Question, ...]
    milestones: tuple[Dated, ...]
    more_milestones: str
    summary: str
    summary_error: str
    news: tuple[str, ...]
    more_news: str
    since: str
    after: int | None
    last_time: str
    pillars_moved: bool
    left: int


@dataclass(frozen=True)
class Filled:
    """What the person typed, shown again when something is refused."""

    declared: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[int, str] = field(default_factory=dict)
    summary: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


def build(person: Person, initiative: Initiative, filled: Filled) -> UpdatePage:
    """Assemble the update of one initiative for one person."""
    one, frame = readings.of(initiative), readings.frame()
    last = queries.last_of(initiative)
    since = last.published_at if last else initiative.created_at
    news = _news(person, queries.moved_since(initiative, since)) if last else ()
    ahead = queries.milestones_ahead(initiative)
    waiting = queries.awaited(person, today(), frame.period_days)
    return UpdatePage(
        initiative=initiative,
        breadcrumb=Breadcrumb(
            (Link(_("Weather"), reverse("weather:list")), Link(initiative.code, ""))
        ),
        questions=tuple(_question(axis, one, last, filled) for axis in AXES),
        milestones=tuple(_dated(row, filled) for row in ahead[:MILESTONES_SHOWN]),
        more_milestones=_later(len(ahead) - MILESTONES_SHOWN),
        summary=_summary(last, news) if filled.summary is None else filled.summary,
        summary_error=filled.errors.get("summary", ""),
        news=news[:NEWS_SHOWN],
        more_news=_more(len(news) - NEWS_SHOWN),
        since=formats.instant(since) if last else "",
        after=last.pk if last else None,
        last_time=words.age(age_of(last), stale=False),
        pillars_moved=last is not None and _pillars_moved(initiative, last),
        left=len([pk for pk, _code, _title in waiting if pk != initiative.pk]),
    )


def _more(count: int) -> str:
    if count <= 0:
        return ""
    return ngettext("%(n)s more change.", "%(n)s more changes.", count) % {"n": count}


def _later(count: int) -> str:
    if count <= 0:
        return ""
    told = ngettext(
        "%(n)s more milestone, later: change it in the plan.",
        "%(n)s more milestones, later: change them in the plan.",
        count,
    )
    return told % {"n": count}


def _pillars_moved(initiative: Initiative, last: WeatherReport) -> bool:
    """Tell whether somebody wrote a headline health by hand since the last report."""
    told = pillars_of(last.declared)
    return any(getattr(initiative, name) != told[name] for name in PILLARS)


def _summary(last: WeatherReport | None, news: tuple[str, ...]) -> str:
    """Begin with what moved; when nothing did, with what was said last time."""
    if news:
        return " ".join(f"{line.rstrip('.')}." for line in news[:2])[:500]
    return last.summary if last else ""


def _question(
    axis: str, one: readings.One | None, last: WeatherReport | None, filled: Filled
) -> Question:
    level = one.word(axis) if one else ""
    # nothing was ever declared: the figures are the first proposal, never a guess
    before = last.declared[axis] if last else level
    chosen = filled.declared.get(axis, before)
    told = filled.reasons.get(axis)
    return Question(
        axis=axis,
        label=str(words.AXES[axis]),
        answers=tuple(
            Answer(
                value,
                words.answer_word(value),
                str(number),
                words.mark(value, text=words.answer_word(value)),
                value == chosen,
            )
            for number, value in enumerate(ANSWERS, start=1)
        ),
        calculated=words.mark(level),
        level=level,
        whys=tuple(
            Why(
                words.mark(WORDS[measure.level]),
                words.sentence(measure.name, measure.value, one.known.behind),
                words.bounds(measure.name, measure.amber, measure.red),
            )
            for measure in one.axes[axis].measures
        )
        if one
        else (),
        missing="" if one and one.axes[axis].measures else str(words.MISSING[axis]),
        reason=str(last.reasons.get(axis, "")) if told is None and last else told or "",
        error=filled.errors.get(f"reason_{axis}", filled.errors.get(axis, "")),
    )


def _dated(row: Milestone, filled: Filled) -> Dated:
    day = row.forecast_on
    return Dated(
        row.pk,
        row.version,
        row.name,
        str(Milestone.Kind(row.kind).label),
        formats.day(row.baseline_on),
        filled.days.get(row.pk, day.isoformat() if day else ""),
        filled.errors.get(f"day_{row.pk}", ""),
    )


def _news(person: Person, changes: Iterable[Change]) -> tuple[str, ...]:
    """Write what moved since the last report, a line for each row, fields from first to last."""
    moved: dict[tuple[str, int], dict[str, tuple[str | None, str | None]]] = {}
    names: dict[tuple[str, int], str] = {}
    lines: dict[tuple[str, int], str] = {}
    for change in changes:
        row = change.model, change.object_id
        names[row] = change.object_label
        if change.operation != Change.Operation.UPDATED:
            moved.pop(row, None)
            lines[row] = _came_or_left(change)
            continue
        fields = moved.setdefault(row, {})
        for one in history_line(change, person).fields:
            first, _last = fields.get(one.label, (one.before, ""))
            fields[one.label] = (first, one.after)
    for row, fields in moved.items():
        told = ", ".join(
            f"{label} {_shown(before)} → {_shown(after)}"
            for label, (before, after) in fields.items()
            if before != after
        )
        if told and not lines.get(row):
            lines[row] = (
                _("%(milestone)s: %(what)s") % {"milestone": names[row], "what": told}
                if row[0] == "portfolio.milestone"
                else told
            )
    return tuple(text for text in lines.values() if text)


def _shown(value: str | None) -> str:
    return formats.undefined() if value is None else value


def _came_or_left(change: Change) -> str:
    if change.model == "portfolio.initiative":
        return ""
    if change.operation == Change.Operation.CREATED:
        return _("Milestone added: %s") % change.object_label
    return _("Milestone dropped: %s") % change.object_label


def conflict_panel(
    initiative: Initiative, conflict: Conflict, posted: Iterable[tuple[str, list[str]]]
) -> ConflictPanel:
    """Return what each wrote, and the choice; what was typed is kept meanwhile."""
    at: datetime | None = conflict.at
    rows = tuple(
        ConflictRow(
            field=clash.field,
            label=str(words.AXES.get(clash.field, _("Summary"))),
            mine=_written(clash.field, clash.mine),
            theirs=_written(clash.field, clash.theirs),
            who=conflict.who or _("Somebody"),
            when=formats.instant(timezone.localtime(at)) if at else "",
        )
        for clash in conflict.clashes
    )
    skipped = {"after", "csrfmiddlewaretoken", *(f"keep-{row.field}" for row in rows)}
    hidden = [(name, value) for name, values in posted if name not in skipped for value in values]
    return ConflictPanel(
        title=_("Two people declared the weather of this initiative. Nothing was saved yet."),
        rows=rows,
        action_url=reverse("weather:update", args=[initiative.code]),
        cancel_url=reverse("weather:show", args=[initiative.code]),
        hidden=(*hidden, ("after", str(conflict.current_version or ""))),
    )


def _written(name: str, value: object) -> str:
    if name in AXES:
        return words.answer_word(str(value))
    return str(value) or _("empty")
