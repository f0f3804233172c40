"""What gets in the way: the heaviest findings still open."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.interactions.models import Finding
from orchestre.interactions.presenters.sentences import Told, sentence
from orchestre.reports import queries
from orchestre.reports.presenters.pack.scope import Scope
from orchestre.reports.rules import plain
from orchestre.reports.rules.document import Cell, Head, Line, Section, Table
from orchestre.ui import formats

MOST = 8


def sections(scope: Scope) -> tuple[Section, ...]:
    """Write the findings that weigh most."""
    found = queries.open_findings(scope.person, MOST)
    rows = [one for one in found.rows if scope.confidential or _open(scope, one)]
    left = found.left_out + len(found.rows) - len(rows)
    total = len(rows) + left
    lead = (
        ngettext(
            "%(n)d finding between initiatives is open.",
            "%(n)d findings between initiatives are open.",
            total,
        )
        % {"n": total}
        if total
        else _("No finding between initiatives is open.")
    )
    table = Table(
        "findings",
        _("What gets in the way"),
        (
            Head(_("Kind"), share=1.4),
            Head(_("What"), share=5),
            Head(_("State")),
            Head(_("Weight"), numeric=True),
        ),
        tuple(_line(scope, one) for one in rows),
        note=ngettext("%(n)d more.", "%(n)d more.", left) % {"n": left} if left else "",
        empty=_("No finding between initiatives is open."),
    )
    return (Section("risks", _("Conflicts and risks"), lead, (table,)),)


def _open(scope: Scope, one: Finding) -> bool:
    """Tell whether all that a finding names may be named."""
    return all(row.code in scope.codes for row in Told(one, scope.names).initiatives)


def _line(scope: Scope, one: Finding) -> Line:
    weight = plain(one.score)
    return Line(
        one.key,
        (
            Cell(str(one.get_kind_display())),
            Cell(sentence(one, scope.names)),
            Cell(str(one.get_state_display())),
            Cell(formats.number(weight, 0), weight),
        ),
    )
