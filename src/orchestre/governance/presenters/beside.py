"""Who answers for an initiative, beside its page: the four roles, what lacks, where to mend it."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.governance.models import RaciRole
from orchestre.governance.presenters import marks
from orchestre.governance.presenters import raci as roles
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters.panels import Panel
from orchestre.portfolio.rules.facts import QUIET_STAGES


def panel(person: Person, initiative: Initiative) -> Panel | None:
    """Show the roles of an initiative; nothing of a quiet one where nobody had any."""
    found = roles.panel(person, initiative)
    quiet = initiative.archived_at is not None or initiative.stage in QUIET_STAGES
    if quiet and not found.roles:
        return None
    gaps = () if quiet else found.gaps
    return Panel(
        title=_("Who answers for what"),
        body=format_html("{}{}{}", _lines(found), _gaps(gaps), _known(initiative, found)),
        url=marks.address("raci-of", initiative.code),
        url_label=_("Give or take back a role") if found.give_url else _("See the roles"),
    )


def _lines(found: roles.RaciPanel) -> SafeString:
    """Write one line a letter that somebody has, in the order of RACI."""
    names = {
        str(letter): [one.name for one in found.roles if one.letter == letter]
        for letter, _label in RaciRole.Letter.choices
    }
    meanings = dict(found.letters)
    held = [(letter, meanings[letter], ", ".join(some)) for letter, some in names.items() if some]
    if not held:
        return format_html("{}", "")
    lines = format_html_join(
        "",
        '<li>{}<br><span class="muted">{} · {}</span></li>',
        ((told, letter, meaning) for letter, meaning, told in held),
    )
    return format_html('<ul class="plain">{}</ul>', lines)


def _gaps(gaps: tuple[str, ...]) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((one,) for one in gaps))


def _known(initiative: Initiative, found: roles.RaciPanel) -> SafeString:
    """Recall who the record of the initiative names, while roles lack: nobody is guessed."""
    if not found.gaps or not found.give_url:
        return format_html("{}", "")
    lead = initiative.lead_name or str(initiative.lead or "")
    known = ((_("Sponsor"), initiative.sponsor_name), (_("Lead"), lead))
    named = [f"{name} ({role.lower()})" for role, name in known if name]
    if not named:
        return format_html("{}", "")
    told = _("The record of the initiative names: %s.") % ", ".join(named)
    return format_html('<p class="muted">{}</p>', told)
