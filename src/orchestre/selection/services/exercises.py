"""Opening, changing, sharing, finishing and deleting a selection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.journal.services import act
from orchestre.kernel.errors import DomainError
from orchestre.resources.rules import months_from
from orchestre.selection import policy, rules
from orchestre.selection.models import Answer, Judgement, Order, Rating, Selection


def create(person: Person, values: dict[str, Any]) -> Selection:
    """Open an exercise, private to its owner."""
    policy.may_draft(person).require()
    made = Selection(owner=person if isinstance(person, User) else None, **values)
    _check(made)
    with act(person, "selections.create", _("Opened the selection “%s”") % made.name) as doing:
        return doing.create(made)


def change(
    person: Person,
    selection: Selection,
    values: dict[str, Any],
    *,
    expected_version: int | None = None,
) -> Selection:
    """Change what is said of an exercise."""
    policy.may_edit(person, selection).require()
    tried = Selection.objects.get(pk=selection.pk)
    for name, value in values.items():
        setattr(tried, name, value)
    _check(tried)
    with act(
        person, "selections.change", _("Changed the selection “%s”") % selection.name
    ) as doing:
        doing.update(selection, values, expected_version=expected_version)
    return selection


def _check(selection: Selection) -> None:
    if not selection.name.strip():
        sentence = _("Give the selection a name.")
        raise DomainError(sentence, code="name-missing", fields={"name": [sentence]})
    if not 1 <= selection.months <= rules.MOST_MONTHS:
        sentence = _("Choose from 1 to %(most)s months.") % {"most": rules.MOST_MONTHS}
        raise DomainError(sentence, code="months", fields={"months": [sentence]})
    known = rules.period_labels(months_from(selection.starts_on, selection.months), selection.grain)
    unknown = sorted(set(selection.budgets) - set(known))
    if unknown:
        sentence = _("“%(period)s” is not a period of this budget. Write one of: %(known)s.") % {
            "period": unknown[0],
            "known": ", ".join(known),
        }
        raise DomainError(sentence, code="period-unknown", fields={"budgets": [sentence]})


def share(person: Person, selection: Selection, *, shared: bool) -> Selection:
    """Show a selection to who reads the portfolio, or take it back."""
    policy.may_own(person, selection).require()
    label = _("Shared the selection “%s”") if shared else _("Took back the selection “%s”")
    with act(person, "selections.share", label % selection.name) as doing:
        doing.update(selection, {"shared": shared})
    return selection


def finish(person: Person, selection: Selection) -> Selection:
    """Close a selection on its last answer: it reopens with the same figures for ever."""
    policy.may_own(person, selection).require()
    if selection.finished_at is not None:
        raise DomainError(_("This selection is finished already."), code="already-so")
    if not Answer.objects.filter(selection=selection).exists():
        raise DomainError(
            _("Nothing was computed yet. Compute the selection before finishing it."),
            code="nothing-computed",
        )
    with act(
        person, "selections.finish", _("Finished the selection “%s”") % selection.name
    ) as doing:
        doing.update(selection, {"finished_at": timezone.now()})
    return selection


def reopen(person: Person, selection: Selection) -> Selection:
    """Open a finished selection to changes again."""
    policy.may_own(person, selection).require()
    if selection.finished_at is None:
        raise DomainError(_("This selection is not finished."), code="already-so")
    with act(
        person, "selections.reopen", _("Reopened the selection “%s”") % selection.name
    ) as doing:
        doing.update(selection, {"finished_at": None})
    return selection


def pick(
    person: Person,
    selection: Selection,
    codes: Iterable[str],
    *,
    expected_version: int | None = None,
) -> Selection:
    """Write down the committee's own choice, to be compared; an empty one is taken away.

    What was chosen among the candidates closed to the person stays: they neither saw nor left it.
    """
    policy.may_edit(person, selection).require()
    known = set(policy.open_candidates(person, selection).values_list("code", flat=True))
    chosen = sorted(set(codes))
    unknown = [code for code in chosen if code not in known]
    if unknown:
        raise DomainError(
            _("“%s” is not a candidate of this selection.") % unknown[0], code="not-a-candidate"
        )
    label = _("Wrote down the committee’s choice in “%s”") % selection.name
    with act(person, "selections.pick", label) as doing:
        stored = Selection.objects.select_for_update(of=("self",)).get(pk=selection.pk)
        closed = policy.candidates_of(stored).exclude(code__in=known)
        kept = closed.filter(code__in=stored.picks).values_list("code", flat=True)
        picks = sorted({*chosen, *kept})
        doing.update(selection, {"picks": picks}, expected_version=expected_version)
    return selection


def delete(person: Person, selection: Selection) -> None:
    """Delete an exercise with all that was said in it."""
    policy.may_own(person, selection).require()
    if selection.finished_at is not None:
        raise DomainError(
            _("A finished selection is a record: reopen it before deleting it."), code="finished"
        )
    label = _("Deleted the selection “%s”") % selection.name
    with act(person, "selections.delete", label) as doing:
        for rows in (
            Judgement.objects.filter(rater__selection=selection),
            Rating.objects.filter(driver__selection=selection),
            Order.objects.filter(selection=selection),
            selection.raters.all(),
            selection.drivers.all(),
        ):
            for row in rows:
                doing.delete(row)
        doing.delete(selection)
