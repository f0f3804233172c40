"""What a move would do to people, in sentences: read before the move is written."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.load.presenters import words
from orchestre.load.services import compute
from orchestre.load.services.answer import LoadView
from orchestre.load.services.whatif import Effect, Touched, shift
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.rules.dates import Span
from orchestre.ui import formats


def sentences_of_move(initiative: Initiative, new: Span) -> list[str]:
    """Tell what new dates of one initiative do to the load; nothing when it asks nothing."""
    view = compute.undrawn()
    asking = view.snapshot.askings.get(initiative.code)
    target = new.go_live_on or new.ends_on
    source = initiative.go_live_on or initiative.ends_on
    if asking is None or target is None or source is None:
        return []
    return sentences(view, shift(view, initiative.code, days_between(source, target)))


def days_between(source: date, target: date) -> int:
    """Days from one date to the other."""
    return (target - source).days


def sentences(view: LoadView, effect: Effect) -> list[str]:
    """Say an effect: in all first, then who is relieved, then who is burdened."""
    if not effect.touched:
        return [_("The load stays within what people can absorb.")]
    told = [_in_all(effect)]
    if effect.cleared:
        count = len(effect.cleared)
        told.append(
            ngettext(
                "%(n)s population no longer exceeds its capacity: %(names)s.",
                "%(n)s populations no longer exceed their capacity: %(names)s.",
                count,
            )
            % {"n": count, "names": words.listed(_names(view, effect.cleared))}
        )
    if effect.newly_over:
        worst = max(effect.newly_over, key=lambda one: one.peak_after)
        count = len(effect.newly_over)
        told.append(
            ngettext(
                "%(n)s population begins to exceed its capacity: %(names)s"
                " (%(ratio)s in week %(week)s).",
                "%(n)s populations begin to exceed their capacity: %(names)s"
                " (up to %(ratio)s in week %(week)s).",
                count,
            )
            % {
                "n": count,
                "names": words.listed(_names(view, effect.newly_over)),
                "ratio": words.ratio(worst.peak_after),
                "week": view.monday(worst.peak_week).isocalendar().week,
            }
        )
    return told


def _names(view: LoadView, touched: tuple[Touched, ...]) -> list[str]:
    return [view.snapshot.groups[one.population].name for one in touched]


def _in_all(effect: Effect) -> str:
    saved = effect.saved_person_hours
    hours = formats.number(abs(saved), 0)
    if abs(saved) < 0.5:
        return _("In all, people are asked as much too much as before.")
    if saved > 0:
        return _("%(hours)s person-hours of overload disappear.") % {"hours": hours}
    return _("%(hours)s person-hours of overload appear.") % {"hours": hours}
