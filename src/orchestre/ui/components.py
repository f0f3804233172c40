"""The small pieces pages are made of. Each is shown in every state in the gallery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from orchestre.ui.component import Component, Content, Text

Tone = Literal["neutral", "info", "success", "warn", "danger", "accent"]
State = Literal["ok", "watch", "off", "done", "unknown"]
Kind = Literal["primary", "secondary", "quiet", "danger"]
Provenance = Literal["measured", "declared", "assumed"]
Direction = Literal["up", "down", "flat"]


@dataclass(frozen=True)
class Badge(Component):
    """A short word in a rounded box."""

    template_name = "ui/c/badge.html"
    text: Text
    tone: Tone = "neutral"
    glyph: str = ""


@dataclass(frozen=True)
class StatusMark(Component):
    """Shape, word and colour; half filled when declared and computed disagree."""

    template_name = "ui/c/status_mark.html"
    state: State
    text: Text
    half: bool = False

    @property
    def symbol(self) -> str:
        halved = self.half and self.state != "unknown"
        return f"st-{self.state}-half" if halved else f"st-{self.state}"


@dataclass(frozen=True)
class Button(Component):
    """A link (get), a small form (post with a url) or a submit button (no url)."""

    template_name = "ui/c/button.html"
    label: Text
    url: str | None = None
    kind: Kind = "secondary"
    icon: str = ""
    method: Literal["get", "post"] = "get"
    name: str = ""
    value: str = ""
    described: Text = ""  # what a screen reader adds to the label: « Corriger – ligne 12 »
    small: bool = False
    attrs: tuple[tuple[str, str], ...] = ()  # hx-get, data-…: never style nor on…


@dataclass(frozen=True)
class Trend:
    direction: Direction
    text: Text
    good: bool | None = None


@dataclass(frozen=True)
class Figure(Component):
    """A number that can be asked why. `value` is already written for the reader."""

    template_name = "ui/c/figure.html"
    label: Text
    value: Text
    why_url: str
    unit: Text = ""
    provenance: Provenance = "measured"
    trend: Trend | None = None
    note: Text = ""
    alert: bool = False


@dataclass(frozen=True)
class Card(Component):
    """A quiet surface with a heading."""

    template_name = "ui/c/card.html"
    title: Text
    body: Content
    eyebrow: Text = ""
    actions: tuple[Button, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class EmptyState(Component):
    """Why there is nothing here, and the one thing to do about it."""

    template_name = "ui/c/empty_state.html"
    kind: Literal["new", "filtered", "done", "cannot_compute"]
    title: Text
    sentence: Text = ""
    action: Button | None = None
    second_action: Button | None = None

    ICONS: ClassVar[dict[str, str]] = {
        "new": "spark",
        "filtered": "filter",
        "done": "check",
        "cannot_compute": "puzzle",
    }

    @property
    def icon(self) -> str:
        return self.ICONS[self.kind]


@dataclass(frozen=True)
class Notice(Component):
    """Something to know before reading on."""

    template_name = "ui/c/notice.html"
    tone: Literal["info", "success", "warn", "danger"]
    title: Text
    text: Content = ""
    actions: tuple[Button, ...] = ()

    @property
    def icon(self) -> str:
        return {"success": "check", "warn": "warn", "danger": "stop"}.get(self.tone, "info")


@dataclass(frozen=True)
class Link:
    """Where a tab, a crumb, a chip or a menu entry leads."""

    label: Text
    url: str
    current: bool = False
    count: Text | int | None = None
    icon: str = ""


@dataclass(frozen=True)
class Tabs(Component):
    """Real links to real pages."""

    template_name = "ui/c/tabs.html"
    label: Text
    tabs: tuple[Link, ...]


@dataclass(frozen=True)
class Switch(Component):
    """A choice between two to five ways of seeing the same thing (links)."""

    template_name = "ui/c/switch.html"
    label: Text
    options: tuple[Link, ...]


@dataclass(frozen=True)
class Breadcrumb(Component):
    """The way back; the last entry is the page itself."""

    template_name = "ui/c/breadcrumb.html"
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Pager(Component):
    """Pages of a long list; `summary` says how many there are in all."""

    template_name = "ui/c/pager.html"
    summary: Text
    previous_url: str = ""
    next_url: str = ""
    pages: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Toast(Component):
    """What has just been done, and how to undo it."""

    template_name = "ui/c/toast.html"
    text: Text
    undo_url: str = ""
    undo_label: Text = ""
    change_set: str = ""


@dataclass(frozen=True)
class Definition:
    term: Text
    value: Content
    note: Text = ""


@dataclass(frozen=True)
class DefinitionList(Component):
    template_name = "ui/c/definition_list.html"
    items: tuple[Definition, ...]


@dataclass(frozen=True)
class ProgressBar(Component):
    """`value` None means that nobody knows yet how long it will take."""

    template_name = "ui/c/progress.html"
    label: Text
    value: int | None
    total: int = 100
    text: Text = ""


@dataclass(frozen=True)
class Step:
    label: Text
    state: Literal["done", "current", "todo"]
    url: str = ""


@dataclass(frozen=True)
class Stepper(Component):
    template_name = "ui/c/stepper.html"
    label: Text
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class MenuButton(Component):
    """A closed list of links, without JavaScript."""

    template_name = "ui/c/menu_button.html"
    label: Text
    items: tuple[Link | Button, ...]
    icon: str = ""
    kind: Kind = "secondary"
    align_end: bool = False

    @property
    def entries(self) -> tuple[tuple[bool, Link | Button], ...]:
        return tuple((isinstance(item, Button), item) for item in self.items)


@dataclass(frozen=True)
class Chip:
    sentence: Text  # « Sponsor est Dupont »
    remove_url: str


@dataclass(frozen=True)
class FilterChips(Component):
    """Filters said as sentences, each with its way out."""

    template_name = "ui/c/filter_chips.html"
    chips: tuple[Chip, ...]
    clear_url: str = ""


@dataclass(frozen=True)
class DiffCell(Component):
    """Before and after. An empty side says so."""

    template_name = "ui/c/diff_cell.html"
    before: Text | None
    after: Text | None

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class ConflictRow:
    """One field two people wrote; `field` is its name, `label` what people read."""

    field: str
    label: Text
    mine: Text
    theirs: Text
    who: Text
    when: Text


@dataclass(frozen=True)
class ConflictPanel(Component):
    """Mine or theirs, field by field. Answers are posted as `keep-<field>` = mine | theirs."""

    template_name = "ui/c/conflict_panel.html"
    title: Text
    rows: tuple[ConflictRow, ...]
    action_url: str
    cancel_url: str
    hidden: tuple[tuple[str, str], ...] = ()
