"""The page of a scenario: its three gauges, its roadmap, what it changes, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.load.queries import reader_of
from orchestre.portfolio.rules.dates import Span
from orchestre.portfolio.rules.view import View
from orchestre.portfolio.rules.window import Window
from orchestre.sequencing import policy
from orchestre.sequencing.models import Override, Scenario
from orchestre.sequencing.presenters import doors, gauges, words
from orchestre.sequencing.presenters.roadmap import Timeline, timeline
from orchestre.sequencing.queries.scenarios import edit_of, edits, overrides
from orchestre.sequencing.services import differences
from orchestre.sequencing.services.gauges import measure_edits, of_plan
from orchestre.sequencing.services.live import live
from orchestre.ui.components import Badge, Breadcrumb, Button, Link, MenuButton, Notice

Item = Link | Button


@dataclass(frozen=True)
class Touched:
    """One override in the list: what it says, and how to take it back."""

    code: str
    title: str
    what: str
    url: str
    version: int


@dataclass(frozen=True)
class Board:
    """What the page shows."""

    scenario: Scenario
    breadcrumb: Breadcrumb
    state: Badge
    strip: str
    leave_url: str
    dashboard: gauges.Dashboard
    timeline: Timeline
    touched: tuple[Touched, ...]
    hidden: int
    stale: Notice | None
    may_edit: bool
    primary: Button | None
    doors: tuple[Button, ...]
    menu: MenuButton
    query: str


def board(person: Person, scenario: Scenario, view: View, window: Window) -> Board:
    """Return the page of a scenario."""
    there, reader = live(), reader_of(person)
    told = edits(scenario)
    found = gauges.seen(person, measure_edits(told, on=there))
    before = gauges.seen(person, of_plan(there))
    may_edit = bool(policy.may_edit(person, scenario))
    rows = overrides(scenario)
    seen = [row for row in rows if reader.names(row.initiative.code)]
    return Board(
        scenario=scenario,
        breadcrumb=breadcrumb(scenario),
        state=badge(scenario),
        strip=strip(scenario),
        leave_url=reverse("portfolio:roadmap"),
        dashboard=gauges.dashboard(there, reader, found, before, str(scenario.pk)),
        timeline=timeline(person, scenario, told, view, window, movable=may_edit),
        touched=tuple(_touched(row) for row in seen),
        hidden=len(rows) - len(seen),
        stale=stale(scenario),
        may_edit=may_edit,
        primary=_primary(person, scenario),
        doors=doors.buttons_of_scenario(person, scenario),
        menu=_menu(person, scenario),
        query=view.text,
    )


def breadcrumb(scenario: Scenario, *more: Link) -> Breadcrumb:
    """Return the way to a scenario, and below it."""
    here = reverse("sequencing:show", args=[scenario.pk]) if more else ""
    home = Link(_("Scenarios"), reverse("sequencing:list"))
    return Breadcrumb((home, Link(scenario.name, here), *more))


def badge(scenario: Scenario) -> Badge:
    """Say the state of a scenario."""
    label = scenario.get_state_display()
    return Badge(label[:1].upper() + label[1:], words.STATE_TONES[Scenario.State(scenario.state)])  # type: ignore[arg-type]  # tones of the kit


def strip(scenario: Scenario) -> str:
    """Say, above the page, that this is not the plan."""
    if scenario.state == Scenario.State.PUBLISHED:
        return _("You are viewing the scenario “%(name)s”, which became the plan.") % {
            "name": scenario.name
        }
    return _("You are viewing the scenario “%(name)s”. The plan in force is unchanged.") % {
        "name": scenario.name
    }


def stale(scenario: Scenario) -> Notice | None:
    """Say that the plan changed under a scenario, and where to read it again."""
    if scenario.state not in policy.OPEN:
        return None
    found = differences.since(scenario)
    if not found:
        return None
    title = ngettext(
        "The plan has changed since: %(n)s difference to review",
        "The plan has changed since: %(n)s differences to review",
        len(found),
    ) % {"n": len(found)}
    url = reverse("sequencing:rebase", args=[scenario.pk])
    return Notice("warn", title, actions=(Button(_("Read them again"), url, small=True),))


def _touched(row: Override) -> Touched:
    one = row.initiative
    span = Span(one.starts_on, one.ends_on, one.go_live_on)
    url = reverse("sequencing:initiative", args=[row.scenario_id, one.code])
    return Touched(one.code, one.title, words.edit(edit_of(row), span), url, row.version)


def _primary(person: Person, scenario: Scenario) -> Button | None:
    if scenario.state not in policy.OPEN or not policy.may_publish(person, scenario):
        return None
    url = reverse("sequencing:publish", args=[scenario.pk])
    return Button(_("Make it the plan…"), url, "primary")


def _menu(person: Person, scenario: Scenario) -> MenuButton:
    def at(name: str) -> str:
        return reverse(f"sequencing:{name}", args=[scenario.pk])

    compare = f"{reverse('sequencing:compare')}?a=current&b={scenario.pk}"
    items: list[Item] = [
        Link(_("Compare with the plan"), compare),
        Link(_("Differences, one by one"), at("differences")),
    ]
    owns = bool(policy.may_own(person, scenario))
    if owns:
        items.append(Link(_("Rename"), at("rename")))
    if owns and scenario.state == Scenario.State.DRAFT:
        items.append(Button(_("Share with readers"), at("share"), method="post"))
    if policy.may_draft(person):
        items.append(Button(_("Duplicate"), at("duplicate"), method="post"))
    if owns:
        items.append(Button(_("Drop"), at("drop"), method="post"))
    return MenuButton(_("Actions"), tuple(items), align_end=True)
