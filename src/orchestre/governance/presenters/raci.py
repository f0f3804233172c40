"""Who answers for what, and where nobody does: one sentence per gap."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.governance import policy, queries
from orchestre.governance.models import Decision, RaciRole
from orchestre.governance.presenters import marks
from orchestre.governance.rules.raci import gaps
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.rules.facts import QUIET_STAGES
from orchestre.ui.components import Button, EmptyState, Pager

PER_PAGE = 100


@dataclass(frozen=True)
class RoleLine:
    """One role given."""

    pk: int
    letter: str
    meaning: str
    name: str
    remove_url: str


@dataclass(frozen=True)
class RaciPanel:
    """The roles of one thing."""

    roles: tuple[RoleLine, ...]
    gaps: tuple[str, ...]
    give_url: str
    letters: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class GapLine:
    """One thing that lacks a role."""

    title: str
    url: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class GapsPage:
    """What the page of gaps draws."""

    lead: str
    lines: tuple[GapLine, ...]
    pager: Pager | None
    empty: EmptyState | None


def _sentence(gap: str) -> str:
    return {
        "nobody": _("Nobody has a role: give at least one R and exactly one A."),
        "no_accountable": _("Nobody answers for it: give exactly one A."),
        "several_accountable": _("Several people answer for it: keep one A."),
        "no_responsible": _("Nobody does it: give at least one R."),
    }[gap]


def panel(person: Person, target: Decision | Initiative) -> RaciPanel:
    """Assemble the roles of one decision or initiative."""
    rows = list(target.raci.all())
    allowed = _may_give(person, target)
    kind = "decision" if isinstance(target, Decision) else "initiative"
    return RaciPanel(
        roles=tuple(
            RoleLine(
                one.pk,
                one.letter,
                one.get_letter_display(),
                one.name,
                marks.address("raci-remove", one.pk) if allowed else "",
            )
            for one in sorted(rows, key=lambda one: "RACI".index(one.letter))
        ),
        gaps=tuple(_sentence(one) for one in gaps(one.letter for one in rows)),
        give_url=marks.address("raci-give", kind, target.pk) if allowed else "",
        letters=tuple((str(value), str(label)) for value, label in RaciRole.Letter.choices),
    )


def _may_give(person: Person, target: Decision | Initiative) -> bool:
    if isinstance(target, Decision):
        return bool(policy.may_run(person, target.body))
    return bool(portfolio.may_change(person, target))


def gaps_page(person: Person, asked: str = "") -> GapsPage:
    """List the decisions and the running initiatives whose roles are not complete."""
    decisions = queries.decisions(person).prefetch_related("raci")
    running = portfolio.visible_to(person).filter(archived_at=None).exclude(stage__in=QUIET_STAGES)
    # an initiative enters the check once somebody gave a role on it, or a committee decided of it
    followed = running.filter(pk__in=queries.decisions(person).values("initiative"))
    followed |= running.filter(pk__in=RaciRole.objects.values("initiative"))
    lines = [
        *(_line(one.code, one.chosen, marks.address("decision", one.pk), one) for one in decisions),
        *(
            _line(one.code, one.title, marks.address("raci-of", one.code), one)
            for one in followed.prefetch_related("raci")
        ),
    ]
    found = tuple(one for one in lines if one.sentences)
    number, first = marks.page_of(asked, len(found), PER_PAGE)
    empty = EmptyState("done", _("Every decision has one A and at least one R."))
    if not lines:
        go = Button(_("See the committees"), marks.address("home"), "primary")
        empty = EmptyState(
            "new",
            _("No decision yet."),
            _("Roles are given to decisions, actions and initiatives."),
            go,
        )
    return GapsPage(
        lead=_("Exactly one person answers for each thing (A), at least one does it (R)."),
        lines=found[first : first + PER_PAGE],
        pager=marks.pager(number, len(found), PER_PAGE, ""),
        empty=None if found else empty,
    )


def _line(code: str, title: str, url: str, target: Decision | Initiative) -> GapLine:
    found = gaps(one.letter for one in target.raci.all())
    return GapLine(f"{code} {title}", url, tuple(_sentence(one) for one in found))
