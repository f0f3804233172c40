"""What people say of impacts: one function, one intention; figures keep their source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.impacts import policy, rules
from orchestre.impacts.models import Activity, AssumptionSet, Impact, Rating
from orchestre.impacts.queries import answer_of, assumption_row
from orchestre.impacts.services import checks
from orchestre.journal.services import Act, act
from orchestre.kernel.errors import DomainError
from orchestre.kernel.models import Provenance
from orchestre.org.models import Population
from orchestre.portfolio.models import Initiative, WavePopulation

Values = dict[str, Any]
EVALUATION = ("aspects", "intensity", "hours_per_person")
IMPACT_FACTS = ("from_state", "to_state", "reach_ratio", "go_live_on", "provenance", "custom")
ACTIVITY_FACTS = (
    "kind",
    "name",
    "aspect",
    "starts_on",
    "ends_on",
    "hours_per_person",
    "reach_ratio",
    "provenance",
    "custom",
)


def _author(person: Person) -> int | None:
    return person.pk if isinstance(person, User) else None


def record_impacts(
    person: Person, initiative: Initiative, populations: Iterable[Population], values: Values
) -> list[Impact]:
    """Say what an initiative asks of some populations: one impact each, in one act."""
    policy.may_record(person, initiative).require()
    chosen = list(populations)
    _check_chosen(person, initiative, chosen)
    checks.check_impact(values)
    label = ngettext(
        "Added %(n)d impact of %(code)s", "Added %(n)d impacts of %(code)s", len(chosen)
    ) % {"n": len(chosen), "code": initiative.code}
    with act(person, "impacts.record", label) as done:
        made = []
        for population in chosen:
            impact = Impact(
                initiative=initiative,
                population=population,
                rated_by_id=_author(person),
                **values,
            )
            done.create(impact)
            _mirror(done, person, impact)
            made.append(impact)
    return made


def _check_chosen(person: Person, initiative: Initiative, chosen: list[Population]) -> None:
    if not chosen:
        sentence = _("Choose at least one population.")
        raise DomainError(sentence, fields={"populations": [sentence]})
    allowed = policy.choosable_populations(person, initiative)
    if allowed.filter(pk__in=[p.pk for p in chosen]).count() != len({p.pk for p in chosen}):
        raise DomainError(_("One of these populations is not open to you."))
    taken = Impact.objects.filter(initiative=initiative, population__in=chosen)
    names = list(taken.values_list("population__name", flat=True))
    if names:
        sentence = _("Already touched by this initiative: %(names)s. Edit these impacts.") % {
            "names": ", ".join(names)
        }
        raise DomainError(sentence, code="already-there", fields={"populations": [sentence]})


def change_impact(
    person: Person, impact: Impact, values: Values, *, expected_version: int | None = None
) -> Impact:
    """Change what is said of an impact; once both sides have answered, figures are settled."""
    policy.may_record(person, impact.initiative).require()
    checks.check_impact(values)
    label = _("Changed the impact of %(what)s") % {"what": impact}
    with act(person, "impacts.change", label) as done:
        stored = Impact.objects.select_for_update().get(pk=impact.pk)
        evaluated = [
            name for name in EVALUATION if name in values and values[name] != getattr(stored, name)
        ]
        if evaluated and _both_answered(stored):
            raise DomainError(
                _("Both sides have answered: settle their difference to change these figures."),
                code="both-answered",
            )
        done.update(impact, values, expected_version=expected_version)
        if evaluated:
            _sign(done, person, impact, values.get("provenance", Provenance.DECLARED))
            _mirror(done, person, impact)
    return impact


def _sign(done: Act, person: Person, impact: Impact, provenance: str) -> None:
    """Write who says it apart from what is said: two raters never conflict on their names."""
    done.update(impact, {"provenance": provenance, "rated_by_id": _author(person)})


def _mirror(done: Act, person: Person, impact: Impact) -> None:
    """Keep the rating of the project equal to what it says of the impact."""
    answer = answer_of(impact)
    rating = impact.ratings.filter(side=Rating.Side.PROJECT).first()
    if rating is not None:
        done.update(rating, _figures(answer) | {"rated_by_id": _author(person)})
    elif answer.says_something and impact.provenance != Provenance.ASSUMED:
        done.create(
            Rating(
                impact=impact,
                side=Rating.Side.PROJECT,
                rated_by_id=_author(person),
                **_figures(answer),
            )
        )


def _figures(answer: rules.Answer) -> Values:
    return {
        "aspects": dict(answer.aspects),
        "intensity": answer.intensity,
        "hours_per_person": answer.hours_per_person,
    }


def _both_answered(impact: Impact) -> bool:
    sides = set(impact.ratings.values_list("side", flat=True))
    project = Rating.Side.PROJECT in sides or answer_of(impact).says_something
    return project and Rating.Side.UNIT in sides


def remove_impact(person: Person, impact: Impact) -> None:
    """Delete an impact and its ratings."""
    policy.may_record(person, impact.initiative).require()
    label = _("Deleted the impact of %(what)s") % {"what": impact}
    with act(person, "impacts.remove", label) as done:
        for rating in Rating.objects.filter(impact=impact):
            done.delete(rating)
        done.delete(impact)


def rate(
    person: Person,
    impact: Impact,
    answer: rules.Answer,
    *,
    comment: str = "",
    expected_version: int | None = None,
) -> Rating:
    """Answer for one's side, without seeing the other; it cannot be undone, only corrected.

    Undoing would let a side answer again after having read the other.
    """
    policy.may_rate(person, impact).require()
    side = policy.side_of(person, impact)
    checks.check_answer(answer)
    label = _("Rated the impact of %(what)s") % {"what": impact}
    with act(person, "impacts.rate", label, undoable=False) as done:
        stored = Impact.objects.select_for_update().get(pk=impact.pk)
        if _both_answered(stored):
            raise DomainError(
                _("Both sides have answered: settle their difference instead."),
                code="both-answered",
            )
        values = _figures(answer) | {"comment": comment}
        author = {"rated_by_id": _author(person)}
        rating = Rating.objects.filter(impact=stored, side=side).first()
        if rating is None:
            rating = done.create(Rating(impact=stored, side=str(side), **values, **author))
        else:
            done.update(rating, values, expected_version=expected_version)
            done.update(rating, author)
        if side == Rating.Side.PROJECT:
            done.update(impact, _figures(answer))
            _sign(done, person, impact, Provenance.DECLARED)
    return rating


def settle(
    person: Person,
    impact: Impact,
    choices: Mapping[str, str],
    *,
    reason: str,
    expected_version: int | None = None,
) -> Impact:
    """Choose, figure by figure, what counts: the project's, the unit's, or halfway; with a reason.

    `choices` maps the name of each difference to `project`, `unit` or `halfway`.
    """
    policy.may_record(person, impact.initiative).require()
    if not reason.strip():
        sentence = _("Say why: the reason stays with the figures.")
        raise DomainError(sentence, code="no-reason", fields={"reason": [sentence]})
    label = _("Settled the impact of %(what)s") % {"what": impact}
    with act(person, "impacts.settle", label, reason=reason.strip()) as done:
        stored = Impact.objects.select_for_update().get(pk=impact.pk)
        if not _both_answered(stored):
            raise DomainError(_("Wait for both answers before settling."), code="not-both")
        ours = stored.ratings.filter(side=Rating.Side.PROJECT).first()
        theirs = stored.ratings.get(side=Rating.Side.UNIT)
        if ours is None:
            # the figures came with the impact itself: kept as the project's answer
            kept = _figures(answer_of(stored)) | {"rated_by_id": stored.rated_by_id}
            ours = done.create(Rating(impact=stored, side=Rating.Side.PROJECT, **kept))
        settled = checks.settled_answer(answer_of(ours), answer_of(theirs), choices)
        values = _figures(settled) | {"provenance": Provenance.DECLARED}
        done.update(impact, values, expected_version=expected_version)
        now = timezone.now()
        for rating in (ours, theirs):
            done.update(rating, {"settled_at": now})
        done.note(choices=dict(choices))
    return impact


def record_activities(
    person: Person, initiative: Initiative, populations: Iterable[Population], values: Values
) -> list[Activity]:
    """Add the same training, meeting or message for some populations."""
    policy.may_record(person, initiative).require()
    chosen = list(populations)
    if not chosen:
        sentence = _("Choose at least one population.")
        raise DomainError(sentence, fields={"populations": [sentence]})
    allowed = policy.choosable_populations(person, initiative)
    if allowed.filter(pk__in=[p.pk for p in chosen]).count() != len({p.pk for p in chosen}):
        raise DomainError(_("One of these populations is not open to you."))
    checks.check_activity(values)
    label = ngettext(
        "Added %(n)d activity of %(code)s", "Added %(n)d activities of %(code)s", len(chosen)
    ) % {"n": len(chosen), "code": initiative.code}
    with act(person, "impacts.record-activity", label) as done:
        return done.create_many(
            [Activity(initiative=initiative, population=one, **values) for one in chosen]
        )


def change_activity(
    person: Person, activity: Activity, values: Values, *, expected_version: int | None = None
) -> Activity:
    """Change an activity."""
    policy.may_record(person, activity.initiative).require()
    label = _("Changed activity %(name)s") % {"name": activity}
    with act(person, "impacts.change-activity", label) as done:
        stored = Activity.objects.select_for_update().get(pk=activity.pk)
        dates = {"starts_on": stored.starts_on, "ends_on": stored.ends_on}
        checks.check_activity(dates | values)
        done.update(activity, values, expected_version=expected_version)
    return activity


def remove_activity(person: Person, activity: Activity) -> None:
    """Delete an activity."""
    policy.may_record(person, activity.initiative).require()
    label = _("Deleted activity %(name)s") % {"name": activity}
    with act(person, "impacts.remove-activity", label) as done:
        done.delete(activity)


def save_assumptions(
    person: Person, values: Values, *, expected_version: int | None = None
) -> AssumptionSet:
    """Change what is assumed where nobody has said anything."""
    policy.may_edit_assumptions(person).require()
    checks.check_assumptions(values)
    with act(person, "impacts.assume", _("Changed the assumptions")) as done:
        row = assumption_row()
        if row is None:
            return done.create(AssumptionSet(**checks.default_row() | values))
        done.update(row, values, expected_version=expected_version)
    return row


def move_with(done: Act, initiative: Initiative, days: int) -> None:
    """Shift the go-lives and the activities of an initiative that moves; what is over stays.

    Those of a population that goes live with a wave move with the wave.
    """
    served = WavePopulation.objects.filter(initiative=initiative).values("population_id")
    _shift(
        done,
        Impact.objects.filter(initiative=initiative).exclude(population__in=served),
        Activity.objects.filter(initiative=initiative).exclude(population__in=served),
        days,
    )


def move_with_wave(
    done: Act, initiative: Initiative, populations: frozenset[int], days: int
) -> None:
    """Shift the own go-lives and the activities of the people of a wave; what is over stays."""
    mine = {"initiative": initiative, "population__in": populations}
    _shift(done, Impact.objects.filter(**mine), Activity.objects.filter(**mine), days)


def _shift(done: Act, impacts: QuerySet[Impact], activities: QuerySet[Activity], days: int) -> None:
    today = timezone.localdate()
    for impact in impacts.filter(go_live_on__gte=today):
        if impact.go_live_on is not None:
            done.update(impact, {"go_live_on": checks.shifted(impact.go_live_on, days)})
    for activity in activities.filter(ends_on__gt=today):
        done.update(
            activity,
            {
                "starts_on": checks.shifted(activity.starts_on, days),
                "ends_on": checks.shifted(activity.ends_on, days),
            },
        )


def copy_with(done: Act, source: Initiative, copy: Initiative) -> None:
    """Give a copied initiative the impacts and activities of its source that its author sees.

    The ratings stay with the source, and so do the figures that wait for the author's own answer:
    who copies leads the copy, and would read there what is blind here.
    """
    impacts, activities = Impact.objects.filter(initiative=source), source.activities.all()
    told = impacts
    if done.actor is not None:
        impacts = policy.visible_to(done.actor).filter(initiative=source)
        activities = policy.visible_activities(done.actor).filter(initiative=source)
        told = policy.readable_impacts(done.actor).filter(initiative=source)
    readable = set(told.values_list("pk", flat=True))
    done.create_many([_copied(one, copy, told=one.pk in readable) for one in impacts])
    names = ("population_id", *ACTIVITY_FACTS)
    done.create_many(
        [
            Activity(initiative=copy, **{name: getattr(one, name) for name in names})
            for one in activities
        ]
    )


def _copied(one: Impact, copy: Initiative, *, told: bool) -> Impact:
    names = ("population_id", *IMPACT_FACTS, *(EVALUATION if told else ()))
    return Impact(initiative=copy, **{name: getattr(one, name) for name in names})
