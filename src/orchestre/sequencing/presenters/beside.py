"""Beside an initiative: the three questions about it, one click away."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters.panels import Panel
from orchestre.selection.models import Selection
from orchestre.selection.presenters.doors import Door
from orchestre.sequencing import policy


def panel(person: Person, initiative: Initiative) -> Panel | None:
    """Ask what moves with it, without it, or when it is late; nothing for who may not read it."""
    live = initiative.archived_at is None and initiative.stage != Initiative.Stage.STOPPED
    if not live or not policy.may_read(person):
        return None
    links = [
        (_("If we add it, what moves?"), "add", f"initiative={initiative.code}"),
        (_("If we stop it, what do we free?"), "stop", f"initiative={initiative.code}"),
        (_("If it is 8 weeks late?"), "delay", f"initiative={initiative.code}&weeks=8"),
    ]
    if initiative.programme is not None:
        told = _("If we stop the programme “%s”?") % initiative.programme.name
        links.append((told, "stop", f"programme={initiative.programme.code}"))
    items = format_html_join(
        "",
        '<li><a href="{}?{}">{}</a></li>',
        (
            (reverse("sequencing:question", args=[name]), query, label)
            for label, name, query in links
        ),
    )
    return Panel(
        title=_("What if?"),
        body=format_html("<ul>{}</ul>", items),
        url=reverse("sequencing:list"),
        url_label=_("Open the scenarios"),
    )


def door(person: Person, selection: Selection, _kept: tuple[str, ...]) -> Door | None:
    """Turn a selection into a draft; nothing for who may not draft."""
    if not policy.may_draft(person):
        return None
    url = reverse("sequencing:from-selection", args=[selection.pk])
    return Door(_("Draft it as a scenario"), url, "scenarios")
