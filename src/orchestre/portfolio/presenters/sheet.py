"""The pages of one initiative: its head, its sections, what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.portfolio import policy
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters import cells, words
from orchestre.portfolio.presenters.listing import badges
from orchestre.portfolio.presenters.panels import Panel, panels_for
from orchestre.portfolio.queries import one
from orchestre.portfolio.queries.beside import People, next_milestones, people_affected
from orchestre.portfolio.rules.facts import missing_facts
from orchestre.ui import formats
from orchestre.ui.components import (
    Badge,
    Breadcrumb,
    Button,
    Definition,
    DefinitionList,
    Link,
    MenuButton,
    StatusMark,
    Tabs,
)


@dataclass(frozen=True)
class Head:
    """What every page of an initiative begins with."""

    initiative: Initiative
    breadcrumb: Breadcrumb
    stage: str
    badges: tuple[Badge, ...]
    facts: tuple[tuple[str, str], ...]
    healths: tuple[tuple[str, StatusMark], ...]
    missing: tuple[Link, ...]
    tabs: Tabs
    actions: tuple[Button | MenuButton, ...]
    panels: tuple[Panel, ...]
    archived: bool
    may_change: bool
    restore: Button | None


def head(person: Person, initiative: Initiative, current: str) -> Head:
    """Return the head of a page of an initiative."""
    may_change = bool(policy.may_change(person, initiative))
    archived = initiative.archived_at is not None
    restore = None
    if archived and policy.may_edit(person, initiative):
        address = reverse("portfolio:restore", args=[initiative.code])
        restore = Button(_("Restore"), address, "secondary", "undo", method="post")
    return Head(
        initiative=initiative,
        breadcrumb=Breadcrumb(
            (Link(_("Portfolio"), reverse("portfolio:list")), Link(initiative.code, ""))
        ),
        stage=words.capital(Initiative.Stage(initiative.stage).label),
        badges=badges(initiative),
        facts=(
            (_("Sponsor"), initiative.sponsor_name or formats.undefined()),
            (_("Lead"), initiative.lead_name or str(initiative.lead or formats.undefined())),
            (_("Dates"), words.dates(initiative)),
            (_("Last news"), cells.news(initiative)),
        ),
        healths=tuple(
            (str(label), words.mark(getattr(initiative, field)))
            for label, field in words.PILLARS.values()
        ),
        missing=missing_links(initiative) if may_change else (),
        tabs=_tabs(initiative, current),
        actions=_actions(person, initiative) if may_change else (),
        panels=panels_for(person, initiative) if current == "summary" else (),
        archived=archived,
        may_change=may_change,
        restore=restore,
    )


def missing_links(initiative: Initiative) -> tuple[Link, ...]:
    """Return the facts to complete, each leading to where it is written."""
    edit = reverse("portfolio:edit", args=[initiative.code])
    aims = reverse("portfolio:aims", args=[initiative.code])
    found = []
    for name in missing_facts(one.known_of(initiative)):
        label, field = words.MISSING[name]
        address = f"{edit}#id_{field}"
        if name == "objective":
            address = aims
        if name == "impacts":
            address = words.optional("impacts:of", initiative.code)
        if address:
            found.append(Link(str(label), address))
    return tuple(found)


def _tabs(initiative: Initiative, current: str) -> Tabs:
    code = initiative.code
    impacts = words.optional("impacts:of", code)
    means = words.optional("resources:of", code)
    pages = [
        ("summary", _("Summary"), reverse("portfolio:show", args=[code])),
        ("impacts", _("Impacts"), impacts),
        ("plan", _("Plan"), reverse("portfolio:plan", args=[code])),
        ("means", _("Means"), means),
        ("outlook", _("Dates and money"), words.optional("outlook:show", code)),
        ("results", _("Results"), words.optional("benefits:of", code)),
        ("aims", _("Objectives"), reverse("portfolio:aims", args=[code])),
        ("history", _("History"), reverse("portfolio:history", args=[code])),
        ("one-page", _("One page"), reverse("portfolio:one-page", args=[code])),
    ]
    links = tuple(Link(label, url, name == current) for name, label, url in pages if url)
    return Tabs(_("Sections of the initiative"), links)


def _actions(person: Person, initiative: Initiative) -> tuple[Button | MenuButton, ...]:
    code = [initiative.code]
    more: list[Link | Button] = []
    if policy.may_create(person):
        duplicate = reverse("portfolio:duplicate", args=code)
        more.append(Button(_("Duplicate"), duplicate, "quiet", "plus", method="post"))
    if initiative.stage != Initiative.Stage.STOPPED:
        more.append(Link(_("Stop…"), reverse("portfolio:stop", args=code), icon="stop"))
    archive = reverse("portfolio:archive", args=code)
    more.append(Button(_("Archive"), archive, "quiet", "file", method="post"))
    return (
        MenuButton(_("More"), tuple(more), align_end=True),
        Button(_("Move to…"), reverse("portfolio:move", args=code), "secondary", "calendar"),
        Button(_("Edit"), reverse("portfolio:edit", args=code), "primary", "edit"),
    )


@dataclass(frozen=True)
class Summary:
    """What the first page tells."""

    why: str
    facts: DefinitionList
    touches: DefinitionList | None
    people: str
    people_note: str
    next_milestone: str
    broken: int
    unagreed: int


def summary(person: Person, initiative: Initiative) -> Summary:
    """Return the facts of an initiative; those that nobody gave are left to the bar above."""
    known = people_affected([initiative.pk]).get(initiative.pk, People(None, 0, 0))
    coming = next_milestones([initiative.pk]).get(initiative.pk)
    needs = one.needs_of(person, initiative)
    return Summary(
        why=initiative.why.strip(),
        facts=DefinitionList(tuple(_facts(initiative))),
        touches=_touches(initiative),
        people=words.people(known.persons, known.populations, known.without_headcount),
        people_note=_people_note(known),
        next_milestone=f"{formats.day(coming.forecast_on)} – {coming.name}" if coming else "",
        broken=sum(need.is_broken for need in needs),
        unagreed=sum(
            not (need.dependency.agreed_by_giver and need.dependency.agreed_by_taker)
            for need in needs
        ),
    )


def _people_note(known: People) -> str:
    if not known.populations:
        return _("No population is named yet.")
    told = ngettext("%(n)s population", "%(n)s populations", known.populations) % {
        "n": formats.number(known.populations)
    }
    if known.without_headcount:
        told += ", " + _("%s without headcount, not counted") % formats.number(
            known.without_headcount
        )
    return told


def _facts(initiative: Initiative) -> list[Definition]:
    margin = ""
    if initiative.go_live_on and (
        initiative.go_live_earlier_weeks or initiative.go_live_later_weeks
    ):
        margin = _("(%(less)s wk earlier to %(more)s wk later)") % {
            "less": formats.number(initiative.go_live_earlier_weeks),
            "more": formats.number(initiative.go_live_later_weeks),
        }
    family = Initiative.Family(initiative.family).label if initiative.family else None
    kind = Initiative.Kind(initiative.kind).label if initiative.kind else None
    baseline = formats.dates(initiative.baseline_starts_on, initiative.baseline_ends_on)
    rows = [
        (_("Dates"), words.dates(initiative), ""),
        (_("Go-live"), formats.day(initiative.go_live_on), margin),
        (_("Family"), words.capital(family) if family else formats.undefined(), ""),
        (_("Kind"), words.capital(kind) if kind else formats.undefined(), ""),
        (_("Owning unit"), str(initiative.unit or formats.undefined()), ""),
        (_("Programme"), str(initiative.programme or formats.undefined()), ""),
        (_("Full cost"), formats.euros(initiative.cost_eur), ""),
    ]
    if initiative.baseline_starts_on and initiative.baseline_ends_on:
        rows.append((_("Baseline"), baseline, ""))
    if initiative.priority is not None:
        rows.append((_("Priority"), formats.number(initiative.priority), ""))
    if initiative.mandatory:
        reason = initiative.mandatory_reason or _("reason not said")
        rows.append((_("Mandatory"), reason, ""))
    return [Definition(term, value, note) for term, value, note in rows]


def _touches(initiative: Initiative) -> DefinitionList | None:
    lists = (
        (_("Systems touched"), initiative.systems),
        (_("Processes touched"), initiative.processes),
        (_("Suppliers"), initiative.suppliers),
        (_("Scarce expertise needed"), initiative.experts),
        (_("Deliverables"), initiative.deliverables),
    )
    found = tuple(Definition(term, ", ".join(map(str, names))) for term, names in lists if names)
    found += tuple(Definition(name, str(value)) for name, value in initiative.custom.items())
    return DefinitionList(found) if found else None
