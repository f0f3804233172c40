"""What the frame of every page shows: menus, person, state."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from orchestre.access.models import User
from orchestre.access.queries import organisation
from orchestre.access.reach import reach_of
from orchestre.access.rules import Can, Reach
from orchestre.cockpit.queries import guides
from orchestre.cockpit.rules.guides import guide_of
from orchestre.journal.models import ChangeSet
from orchestre.journal.queries import last_undoable


@dataclass(frozen=True)
class NavItem:
    """One entry of a menu."""

    label: str | Promise
    url: str
    icon: str
    current: bool = False
    children: tuple[NavItem, ...] = ()


@dataclass(frozen=True)
class LastAct:
    """What the undo of the toast offers; looked up only when a toast is shown."""

    person: User

    @cached_property
    def _found(self) -> ChangeSet | None:
        return last_undoable(self.person)

    def __bool__(self) -> bool:
        return self._found is not None

    @property
    def label(self) -> str:
        """Return the word of the button."""
        return gettext("Undo")

    @property
    def url(self) -> str:
        """Return where the undo is posted."""
        return reverse("journal:undo-last")

    @property
    def change_set(self) -> int | None:
        """Return the act that would be undone."""
        return self._found.pk if self._found else None


@dataclass(frozen=True)
class Frame:
    """Everything around the content of a page."""

    organisation: str
    items: tuple[NavItem, ...] = ()
    tools: tuple[NavItem, ...] = ()
    user_name: str = ""
    user_initials: str = ""
    language: str = "fr"
    theme: str = "auto"
    density: str = "normal"
    shortcuts_on: bool = True
    todo_count: int = 0
    demo: bool = False
    guide_url: str = ""
    undo: LastAct | None = None


Child = tuple[str | Promise, str, Can]
Entry = tuple[str | Promise, str, str, Can, tuple[Child, ...]]

# label, address, icon, what one must be able to do somewhere, the pages below
MENU: tuple[Entry, ...] = (
    (_("Home"), "cockpit:home", "home", Can.READ, ()),
    (
        _("Portfolio"),
        "portfolio:list",
        "portfolio",
        Can.READ,
        (
            (_("Roadmap"), "portfolio:roadmap", Can.READ),
            (_("Weather"), "weather:list", Can.READ),
            (_("Dates and money"), "outlook:list", Can.READ),
            (_("Means"), "resources:means", Can.READ),
        ),
    ),
    (
        _("Load"),
        "load:map",
        "load",
        Can.READ,
        (
            (_("Overloads"), "load:overloads", Can.READ),
            (_("Findings"), "interactions:list", Can.READ),
            (_("Capacity"), "org:capacity", Can.READ),
            (_("Assumptions"), "impacts:assumptions", Can.EDIT_ORG),
            (_("Report"), "reports:report", Can.READ),
        ),
    ),
    (
        _("Scenarios"),
        "sequencing:list",
        "scenarios",
        Can.READ,
        (
            (_("Propose an order"), "sequencing:propose", Can.DRAFT),
            (_("Select"), "selection:list", Can.READ),
        ),
    ),
    (
        _("People"),
        "org:populations",
        "people",
        Can.READ,
        (
            (_("My team"), "cockpit:team", Can.RATE_AS_UNIT),
            (_("Impacts to rate"), "impacts:to-rate", Can.RATE_AS_UNIT),
        ),
    ),
    (
        _("Governance"),
        "governance:home",
        "governance",
        Can.READ,
        (
            (_("Decisions"), "governance:decisions", Can.READ),
            (_("Actions"), "governance:actions", Can.READ),
            (_("Packs"), "reports:packs", Can.READ),
        ),
    ),
    (_("Results"), "benefits:results", "flag", Can.READ, ()),
    (_("Strategy"), "strategy:list", "strategy", Can.READ, ()),
)
OF_AN_INITIATIVE = ("/initiatives/", "/impacts/", "/activities/")
TOOLS: tuple[tuple[str | Promise, str, str, Can], ...] = (
    (_("Import"), "exchange:new", "import", Can.IMPORT),
    (_("Journal"), "journal:list", "journal", Can.READ_JOURNAL),
    (_("Settings"), "access:settings", "settings", Can.ADMINISTER),
)


def address(name: str) -> str:
    """Return the address of a page, empty when its feature is not there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def frame(request: HttpRequest) -> dict[str, object]:
    """Context processor: the frame of this page for this person."""
    about = organisation()
    name = about.name if about else "Orchestre"
    demo = bool(about and about.is_demo)
    person = getattr(request, "user", None)
    if not isinstance(person, User):
        return {"frame": Frame(name, language=get_language() or "fr", demo=demo)}
    reach = reach_of(person)
    return {
        "frame": Frame(
            organisation=name,
            items=_menu(request.path, reach),
            tools=_tools(request.path, [entry for entry in TOOLS if reach.can_somewhere(entry[3])]),
            user_name=person.name or person.email,
            user_initials="".join(word[0] for word in person.name.split()[:2]).upper() or "?",
            language=get_language() or "fr",
            theme=person.theme,
            density=person.density,
            shortcuts_on=person.shortcuts_on,
            demo=demo,
            guide_url=guide_url(request),
            undo=LastAct(person),
        )
    }


def guide_url(request: HttpRequest) -> str:
    """Return the guide that explains this page, else the index of the guides."""
    match = request.resolver_match
    slug = guide_of(match.view_name, guides.names()) if match else ""
    return reverse("cockpit:guide", args=[slug]) if slug else reverse("cockpit:help")


def _menu(path: str, reach: Reach) -> tuple[NavItem, ...]:
    entries = [
        (entry, [one for one in entry[4] if address(one[1]) and reach.can_somewhere(one[2])])
        for entry in MENU
        if address(entry[1]) and reach.can_somewhere(entry[3])
    ]
    here = _nearest(path, [name for entry, below in entries for name in _names(entry, below)])
    return tuple(
        NavItem(
            entry[0],
            address(entry[1]),
            entry[2],
            here in _names(entry, below),
            tuple(NavItem(one[0], address(one[1]), "", one[1] == here) for one in below),
        )
        for entry, below in entries
    )


def _names(entry: Entry, below: list[Child]) -> list[str]:
    return [entry[1], *(name for _label, name, _can in below)]


def _nearest(path: str, names: list[str]) -> str:
    """Return the page of the menu that holds this path most closely."""
    holding = [
        name
        for name in names
        if path == address(name) or (address(name) != "/" and path.startswith(address(name)))
    ]
    if not holding and path.startswith(OF_AN_INITIATIVE):
        return "portfolio:list"
    return max(holding, key=lambda name: len(address(name)), default="")


def _tools(path: str, entries: list[tuple[str | Promise, str, str, Can]]) -> tuple[NavItem, ...]:
    return tuple(
        NavItem(label, address(name), icon, path.startswith(address(name)))
        for label, name, icon, _can in entries
        if address(name)
    )
