"""Every component in every state, for the gallery and for the tests. The data are invented."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from orchestre.ui.component import Component
from orchestre.ui.components import (
    Badge,
    Breadcrumb,
    Button,
    Card,
    Chip,
    ConflictPanel,
    ConflictRow,
    Definition,
    DefinitionList,
    DiffCell,
    EmptyState,
    Figure,
    FilterChips,
    Link,
    MenuButton,
    Notice,
    Pager,
    ProgressBar,
    State,
    StatusMark,
    Step,
    Stepper,
    Switch,
    Tabs,
    Toast,
    Tone,
    Trend,
)
from orchestre.ui.forms import ErrorSummary, FieldError
from orchestre.ui.tables import Column, DataTable, Row

Samples = Mapping[str, tuple[Component, ...]]


def words() -> Samples:
    """Badges, statuses, buttons."""
    tones: tuple[Tone, ...] = ("neutral", "info", "success", "warn", "danger", "accent")
    states: dict[State, str] = {
        "ok": _("On track"),
        "watch": _("Watch"),
        "off": _("Off track"),
        "done": _("Done"),
        "unknown": _("Not reported"),
    }
    return {
        "Badge": (
            *(Badge(_("Confirmed"), tone) for tone in tones),
            Badge(_("Documented"), "neutral", "◐"),
        ),
        "StatusMark": (
            *(StatusMark(state, text) for state, text in states.items()),
            *(StatusMark(state, text, half=True) for state, text in states.items()),
        ),
        "Button": (
            Button(_("Import a file"), "#", "primary", "import"),
            Button(_("Save"), kind="primary"),
            Button(_("Compare"), "#"),
            Button(_("Recompute"), "#", method="post"),
            Button(_("Cancel"), "#", "quiet"),
            Button(_("Erase"), "#", "danger", "trash", "post"),
            Button(_("Correct"), "#", small=True, described=_("row 12")),
        ),
    }


def figures() -> Samples:
    """Numbers that can be asked why."""
    return {
        "Figure": (
            Figure(_("Changes under way"), "58", "#", note=_("12 without dates")),
            Figure(
                _("Populations above capacity"),
                "3",
                "#",
                alert=True,
                trend=Trend("up", _("1 more than last week"), good=False),
            ),
            Figure(
                _("Capacity per person"),
                "1,75",
                "#",
                "h",
                "assumed",
                Trend("flat", _("unchanged")),
            ),
            Figure(
                _("Adoption at 90 days"),
                "87\N{NARROW NO-BREAK SPACE}%",
                "#",
                provenance="declared",
                trend=Trend("up", _("4 points more"), good=True),
            ),
        ),
    }


def notes() -> Samples:
    """What is said around the figures: notices, emptiness, cards."""
    return {
        "Notice": (
            Notice("info", _("The result is from 9:12, three edits since.")),
            Notice("success", _("58 changes were imported.")),
            Notice(
                "warn",
                _("12 changes without dates are not counted."),
                _("They are in the portfolio, without weeks."),
                (Button(_("Complete them"), "#", small=True),),
            ),
            Notice("danger", _("The file could not be read."), _("It is protected by a password.")),
        ),
        "EmptyState": (
            EmptyState(
                "new",
                _("No change yet."),
                _("Import your file or create the first one."),
                Button(_("Import a file"), "#", icon="import"),
                Button(_("Explore sample data"), "#", "quiet"),
            ),
            EmptyState(
                "filtered",
                _("No result."),
                _("The filter “Sponsor is Dupont” hides 12."),
                Button(_("Remove the filter"), "#"),
            ),
            EmptyState("done", _("Nothing is waiting for you."), _("Next date: 18 March.")),
            EmptyState(
                "cannot_compute",
                _("Missing: this group's capacity"),
                action=Button(_("Give it"), "#"),
            ),
        ),
        "Card": (
            Card(
                _("Next dates"),
                DefinitionList(
                    (
                        Definition(_("Announcement"), "9 mars 2026"),
                        Definition(_("Go-live"), StatusMark("watch", "16 mars 2026")),
                    )
                ),
                eyebrow="CH-014",
                actions=(Button(_("Move"), "#", small=True),),
                url="#",
            ),
            Card(_("In short"), _("A payroll that 260 people will use from March on.")),
        ),
    }


def ways() -> Samples:
    """Where one is and where one may go."""
    return {
        "Breadcrumb": (Breadcrumb((Link(_("Portfolio"), "#"), Link("CH-014", ""))),),
        "Tabs": (
            Tabs(
                _("Sections"),
                (
                    Link(_("Summary"), "#", current=True),
                    Link(_("Impacts"), "#", count=12),
                    Link(_("Plan"), "#"),
                ),
            ),
        ),
        "Switch": (
            Switch(
                _("Measure"),
                (
                    Link(_("% of capacity"), "#", current=True),
                    Link(_("hours per person"), "#"),
                    Link(_("risk"), "#"),
                ),
            ),
        ),
        "FilterChips": (
            FilterChips((Chip(_("Sponsor is Dupont"), "#"), Chip(_("Ends before June"), "#")), "#"),
            FilterChips(()),
        ),
        **_along(),
    }


def _along() -> Samples:
    return {
        "MenuButton": (
            MenuButton(
                _("Export"),
                (
                    Link("CSV", "#"),
                    Link("XLSX", "#", current=True),
                    Button(_("Archive"), "#", method="post"),
                ),
                "export",
            ),
        ),
        "Pager": (
            Pager(
                _("101–200 of 340"),
                "#",
                "#",
                (Link("1", "#"), Link("2", "#", current=True), Link("…", ""), Link("4", "#")),
            ),
            Pager(_("3 changes")),
        ),
        "Stepper": (
            Stepper(
                _("Steps of the import"),
                (
                    Step(_("File"), "done", "#"),
                    Step(_("Sheet and headers"), "done", "#"),
                    Step(_("Columns"), "current"),
                    Step(_("Check"), "todo"),
                    Step(_("Done"), "todo"),
                ),
            ),
        ),
        "ProgressBar": (
            ProgressBar(_("Reading the file"), 40, text="40\N{NARROW NO-BREAK SPACE}%"),
            ProgressBar(_("Computing"), None, text=_("Best so far: 3 moves")),
        ),
    }


def tables() -> Samples:
    """Rows under their headings."""
    columns = (
        Column(_("Change"), "#", "ascending"),
        Column(_("Status"), "#"),
        Column(_("Dates")),
        Column(_("People"), "#", numeric=True),
        Column(_("Worst week"), numeric=True),
    )
    rows = (
        Row(
            (
                "SIRH",
                StatusMark("watch", _("Watch")),
                "16–20 mars 2026",
                "260",
                Badge("140", "warn"),
            ),
            "14",
            "CH-014",
            "#",
            "warn",
        ),
        Row(
            (
                "Nouvelle caisse",
                StatusMark("ok", _("On track")),
                DiffCell("15 mai", "22 mai"),
                "420",
                "92",
            ),
            "15",
            "CH-015",
            "#",
        ),
        Row(
            ("Facture électronique", StatusMark("unknown", _("Not reported")), "n.d.", "n.d.", "?"),
            "16",
            "CH-016",
            "#",
            "muted",
        ),
    )
    return {
        "DataTable": (
            DataTable(_("3 changes"), columns, rows, (_("Total"), "", "", "680", ""), "pick"),
            DataTable(_("Dense"), columns[:2], (Row(rows[0].cells[:2]),), density="compact"),
            DataTable(_("Nothing"), columns, (), empty=EmptyState("filtered", _("No result."))),
        ),
    }


def differences() -> Samples:
    """What two people wrote, what was wrong, what was done."""
    return {
        "DiffCell": (
            DiffCell("15 mai", "22 mai"),
            DiffCell(None, "22 mai"),
            DiffCell("a", None),
            DiffCell("a", "a"),
        ),
        "DefinitionList": (
            DefinitionList(
                (
                    Definition(_("Sponsor"), "Claire Dupont", _("since May")),
                    Definition(_("People"), "260"),
                )
            ),
        ),
        "ErrorSummary": (
            ErrorSummary(
                (
                    FieldError(_("Give the name of the change."), "gallery-name"),
                    FieldError(_("Two errors remain."), ""),
                )
            ),
        ),
        "ConflictPanel": (
            ConflictPanel(
                _("Claire changed the same field"),
                (ConflictRow("ends_on", _("End"), "22 mai", "15 mai", "Claire", "10 h 04"),),
                "#",
                "#",
                (("version", "7"),),
            ),
        ),
        "Toast": (Toast(_("Changed."), "#", change_set="12"), Toast(_("Saved."))),
    }
