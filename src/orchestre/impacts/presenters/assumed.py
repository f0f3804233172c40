"""What is assumed, said in sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.impacts import rules
from orchestre.impacts.queries import Produced
from orchestre.portfolio.models import Initiative
from orchestre.ui import formats


def sentence_of(why: rules.Why) -> str:
    """Say why an intensity is assumed."""
    base, extra = float(why.fact("base") or 0), float(why.fact("extra") or 0)
    cost, limit = why.fact("cost_eur"), why.fact("up_to_eur")
    level = formats.number(base)
    if why.code == "cost-unknown":
        words = _("The cost is unknown: intensity %(level)s.") % {"level": level}
    elif why.code == "cost-up-to":
        words = _("A cost of %(cost)s, up to %(limit)s: intensity %(level)s.") % {
            "cost": formats.euros(float(cost or 0)),
            "limit": formats.euros(float(limit or 0)),
            "level": level,
        }
    else:
        words = _("A cost of %(cost)s, above every band: intensity %(level)s.") % {
            "cost": formats.euros(float(cost or 0)),
            "level": level,
        }
    if extra:
        family = dict(Initiative.Family.choices).get(str(why.fact("family")), "")
        words += " " + _("Its family (%(family)s) adds %(extra)s.") % {
            "family": family,
            "extra": formats.number(extra),
        }
    return words


def produced_sentences(found: Produced, values: rules.AssumptionValues) -> tuple[str, ...]:
    """Say what the assumptions produce today."""
    if not values.in_force:
        return (_("These assumptions are not in force: only what people said is counted."),)
    touched = {one.initiative_id for one in found.assumed}
    people = {one.population_id for one in found.assumed}
    sentences = [
        _(
            "Initiatives with no impact described: %(assumed)s of %(all)s. "
            "Assumed to touch somebody: %(touching)s, for %(people)s populations in all."
        )
        % {
            "assumed": formats.number(found.without_impacts),
            "all": formats.number(found.initiatives),
            "touching": formats.number(len(touched)),
            "people": formats.number(len(people)),
        }
    ]
    if found.assumed:
        mean = sum(one.intensity for one in found.assumed) / len(found.assumed)
        hours = rules.hours_for(mean, values.hours_by_intensity)
        sentences.append(
            _("Their mean intensity is %(level)s, about %(hours)s per person touched.")
            % {"level": formats.number(mean, 1), "hours": formats.hours(hours, 1)}
        )
    if nobody := len(found.touching_nobody):
        sentences.append(
            ngettext(
                "%(n)s touches nobody: no owning unit, or no population in it.",
                "%(n)s touch nobody: no owning unit, or no population in it.",
                nobody,
            )
            % {"n": formats.number(nobody)}
        )
    if undated := len(found.without_dates):
        sentences.append(
            ngettext(
                "%(n)s has no date and cannot be placed in time.",
                "%(n)s have no date and cannot be placed in time.",
                undated,
            )
            % {"n": formats.number(undated)}
        )
    return tuple(sentences)
