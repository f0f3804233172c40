"""Reading MS Project XML as sheets of the portfolio workbook.

The project and each of its summary tasks become an initiative; the other tasks become the
milestones of the nearest summary above them, with their baseline, forecast and actual
dates. Links that join two initiatives become dependencies; links inside one initiative
are kept on the task, in the notation of MS Project (`2FS+1d`).
"""

import io
import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

import defusedxml
from defusedxml.ElementTree import iterparse

from orchestre.sheets.inside.grid import Counter, sheet_of
from orchestre.sheets.limits import Limits
from orchestre.sheets.shapes import Draft, Unreadable

_NS = "{http://schemas.microsoft.com/project}"
_LINK_KINDS = {"0": "FF", "1": "FS", "2": "SF", "3": "SS"}
_ELAPSED = frozenset(("4", "6", "8", "10", "12", "36", "38", "40", "42", "44"))
_PERCENT = frozenset(("19", "20", "51", "52"))
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
_MINUTES_PER_ELAPSED_DAY = 1_440

INITIATIVES = (
    "Code", "Title", "Programme", "Why", "Starts on", "Ends on", "WBS", "Lead",
    "Baseline start", "Baseline finish", "% complete",
)  # fmt: skip
MILESTONES = (
    "Initiative", "Name", "Task type", "Baseline", "Forecast", "Actual", "Starts on",
    "Baseline start", "Duration (hours)", "% complete", "WBS", "Links", "Task UID",
)  # fmt: skip
DEPENDENCIES = ("Predecessor", "Successor", "Kind", "Lag (days)", "What", "Lag (% of duration)")


@dataclass(slots=True)
class _Task:
    uid: str
    name: str
    level: int
    summary: bool
    texts: dict[str, str]
    baseline: dict[str, str]
    links: list[tuple[str, str, str, str]] = field(default_factory=list)
    initiative: str = ""


@dataclass(slots=True)
class _Plan:
    texts: dict[str, str] = field(default_factory=dict)
    tasks: list[_Task] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)


def read_mspdi(data: bytes, name: str, limits: Limits) -> Draft:
    """Return the initiatives, milestones and dependencies of a plan."""
    if re.search(rb"<\?(?!xml[ \t\r\n])", data):
        raise Unreadable("xml_instruction")
    plan = _plan(data, name, limits)
    draft = Draft("mspdi")
    _settle(plan, draft)
    counter = Counter(limits)
    for sheet, header, rows in (
        ("Initiatives", INITIATIVES, _initiatives(plan)),
        ("Milestones", MILESTONES, _milestones(plan)),
        ("Dependencies", DEPENDENCIES, _dependencies(plan)),
    ):
        cells = [
            counter.row(list(row), number, sheet) for number, row in enumerate([header, *rows], 1)
        ]
        draft.sheets.append(sheet_of(sheet, cells))
    draft.decimal = "."
    return draft


def _plan(data: bytes, name: str, limits: Limits) -> _Plan:
    plan, depth = _Plan(), 0
    try:
        for event, node in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            if depth > limits.depth:
                raise Unreadable("too_deep", limit=limits.depth)
            if event == "end":
                _take(plan, node, depth, limits)
    except defusedxml.DefusedXmlException:
        raise Unreadable("dtd") from None
    except (ParseError, ValueError, LookupError):
        raise Unreadable("corrupt") from None
    plan.texts.setdefault("Title", "")
    plan.texts["Title"] = plan.texts["Title"].strip() or re.sub(
        r"(?i)\.(xml|mpp)$", "", plan.texts.get("Name", name)
    )
    return plan


def _take(plan: _Plan, node: Element, depth: int, limits: Limits) -> None:
    tag = node.tag.removeprefix(_NS)
    if depth == 1 and len(node) == 0:
        plan.texts[tag] = node.text or ""
    if tag != "Task" or depth != 2:
        return
    if len(plan.tasks) >= limits.tasks:
        raise Unreadable("too_many_tasks", limit=limits.tasks)
    texts = {child.tag.removeprefix(_NS): child.text or "" for child in node if len(child) == 0}
    if texts.get("IsNull") != "1" and texts.get("UID"):
        plan.tasks.append(_task(node, texts))
    node.clear()


def _task(node: Element, texts: dict[str, str]) -> _Task:
    baseline: dict[str, str] = {}
    for one in node.iterfind(f"{_NS}Baseline"):
        if one.findtext(f"{_NS}Number") == "0":
            baseline = {child.tag.removeprefix(_NS): child.text or "" for child in one}
    links = [
        tuple(
            link.findtext(f"{_NS}{tag}") or ""
            for tag in ("PredecessorUID", "Type", "LinkLag", "LagFormat")
        )
        for link in node.iterfind(f"{_NS}PredecessorLink")
    ]
    level = texts.get("OutlineLevel", "1")
    return _Task(
        uid=texts["UID"],
        name=" ".join(texts.get("Name", "").split()) or f"#{texts['UID']}",
        level=int(level) if level.isdigit() else 1,
        summary=texts.get("Summary") == "1",
        texts=texts,
        baseline=baseline,
        links=[(a, b, c, d) for a, b, c, d in links],
    )


def _settle(plan: _Plan, draft: Draft) -> None:
    """Give each task its initiative: the nearest summary above it, or the project."""
    root = plan.tasks[0] if plan.tasks and plan.tasks[0].uid == "0" else None
    if root is None:
        root = _Task("0", "", 0, summary=True, texts=dict(plan.texts), baseline={})
        root.texts |= {
            "Start": plan.texts.get("StartDate", ""),
            "Finish": plan.texts.get("FinishDate", ""),
        }
        plan.tasks.insert(0, root)
    root.name, root.summary, root.level = plan.texts["Title"], True, 0
    above: list[_Task] = []
    for task in plan.tasks:
        while above and above[-1].level >= task.level:
            above.pop()
        task.initiative = above[-1].uid if above else ""
        if task.summary:
            above.append(task)
    summaries = [task for task in plan.tasks if task.summary]
    seen: set[str] = set()
    for task in summaries:
        title = task.name if task.name not in seen else f"{task.name} ({_wbs(task)})"
        seen.add(title)
        plan.titles[task.uid] = title
    draft.notice("mspdi_summaries", count=len(summaries), tasks=len(plan.tasks) - len(summaries))


def _wbs(task: _Task) -> str:
    return task.texts.get("WBS") or task.texts.get("OutlineNumber") or f"#{task.uid}"


def _day(text: str | None) -> str | None:
    return text[:10] if text and re.match(r"\d{4}-\d\d-\d\d", text) else None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _hours(text: str) -> float | None:
    found = _DURATION.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return round(days * 24 + hours + minutes / 60 + seconds / 3_600, 4)


def _initiatives(plan: _Plan) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for task in plan.tasks:
        if task.summary:
            texts = task.texts
            lead = plan.texts.get("Manager", "") if task.level == 0 else texts.get("Contact", "")
            rows.append((
                "" if task.level == 0 else f"UID-{task.uid}",
                plan.titles[task.uid],
                plan.titles.get(task.initiative, ""),
                texts.get("Notes", ""),
                _day(texts.get("Start")),
                _day(texts.get("Finish")),
                texts.get("WBS", ""),
                lead,
                _day(task.baseline.get("Start")),
                _day(task.baseline.get("Finish")),
                _number(texts.get("PercentComplete", "")),
            ))  # fmt: skip
    return rows


def _milestones(plan: _Plan) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for task in plan.tasks:
        if not task.summary:
            texts = task.texts
            rows.append((
                plan.titles[task.initiative],
                task.name,
                "milestone" if texts.get("Milestone") == "1" else "task",
                _day(task.baseline.get("Finish")),
                _day(texts.get("Finish")),
                _day(texts.get("ActualFinish")),
                _day(texts.get("Start")),
                _day(task.baseline.get("Start")),
                _hours(texts.get("Duration", "")),
                _number(texts.get("PercentComplete", "")),
                texts.get("WBS", ""),
                "; ".join(_notation(plan, link) for link in task.links),
                task.uid,
            ))  # fmt: skip
    return rows


def _lag(plan: _Plan, link: tuple[str, str, str, str]) -> tuple[float | None, float | None]:
    """Return the lag in days and, when it is one, in percent of the duration."""
    tenths = _number(link[2] or "0")
    if tenths is None:
        return None, None
    if link[3] in _PERCENT:
        return None, tenths
    per_day = _number(plan.texts.get("MinutesPerDay", "")) or 480.0
    minutes_per_day = _MINUTES_PER_ELAPSED_DAY if link[3] in _ELAPSED else per_day
    return round(tenths / 10 / minutes_per_day, 4), None


def _notation(plan: _Plan, link: tuple[str, str, str, str]) -> str:
    days, percent = _lag(plan, link)
    kind = _LINK_KINDS.get(link[1], "FS")
    if percent:
        return f"{link[0]}{kind}{percent:+g}%"
    unit = "ed" if link[3] in _ELAPSED else "d"
    return f"{link[0]}{kind}{days:+g}{unit}" if days else f"{link[0]}{kind}"


def _dependencies(plan: _Plan) -> list[tuple[object, ...]]:
    known = {task.uid: task for task in plan.tasks}
    rows: list[tuple[object, ...]] = []
    for task in plan.tasks:
        for link in task.links:
            giver = known.get(link[0])
            if giver is None:
                continue
            before, after = _home(giver), _home(task)
            if before != after:
                days, percent = _lag(plan, link)
                rows.append((
                    plan.titles[before], plan.titles[after], _LINK_KINDS.get(link[1], "FS"),
                    days, f"{giver.name} → {task.name}", percent,
                ))  # fmt: skip
    return rows


def _home(task: _Task) -> str:
    return task.uid if task.summary else task.initiative
