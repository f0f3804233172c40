"""Publishing the weather of an initiative: one act, added to what was said before."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.journal.services import act
from orchestre.kernel.errors import Clash, Conflict, DomainError, StaleVersion, Text
from orchestre.load.services.compute import today
from orchestre.portfolio.models import Initiative, Milestone
from orchestre.portfolio.services import change_milestone
from orchestre.ui import formats
from orchestre.weather import policy, queries
from orchestre.weather.models import WeatherReport
from orchestre.weather.rules import ANSWERS, AXES, Draft, is_better, period_of, pillars_of
from orchestre.weather.services import promises, readings
from orchestre_engine.value.health import COMPUTATION

LONGEST_REASON = 250
LONGEST_SUMMARY = 500


def publish(
    user: User, initiative: Initiative, draft: Draft, *, after: int | None
) -> WeatherReport:
    """Publish what a lead declares, with what is calculated at this instant.

    `after` is the number of the last report that was read: one published meanwhile by somebody
    else is shown, never covered. A second report in a period corrects the first.
    """
    policy.may_report(user, initiative).require()
    _check(draft)
    with transaction.atomic():
        Initiative.objects.select_for_update().get(pk=initiative.pk)
        last = queries.last_of(initiative)
        if (last.pk if last else None) != after:
            raise _stale(initiative, last, draft)
        _move(user, initiative, draft)
        initiative.refresh_from_db()
        return _write(user, initiative, draft)


def _check(draft: Draft) -> None:
    for axis in AXES:
        if draft.declared.get(axis) not in ANSWERS:
            sentence = _("Choose a level for each of the six axes.")
            raise DomainError(sentence, code="level-missing", fields={axis: [sentence]})
    if len(draft.summary) > LONGEST_SUMMARY:
        sentence = _("Keep the summary under %s characters.") % LONGEST_SUMMARY
        raise DomainError(sentence, code="too-long", fields={"summary": [sentence]})


def _stale(initiative: Initiative, last: WeatherReport | None, draft: Draft) -> StaleVersion:
    theirs = last.declared if last else {}
    clashes = [
        Clash(axis, mine=draft.declared[axis], theirs=theirs[axis])
        for axis in AXES
        if last and draft.declared[axis] != theirs[axis]
    ]
    if last and draft.summary != last.summary:
        clashes.append(Clash("summary", mine=draft.summary, theirs=last.summary))
    return StaleVersion(
        _("Somebody else published the weather of %(code)s meanwhile; nothing was saved.")
        % {"code": initiative.code},
        Conflict(
            object_label=initiative.code,
            current_version=last.pk if last else 0,
            clashes=tuple(clashes),
            who=str(last.author or "") if last else "",
            at=last.published_at if last else None,
        ),
    )


def _move(user: User, initiative: Initiative, draft: Draft) -> None:
    """Write the forecasts that were edited in place, each as its own undoable act."""
    rows = {row.pk: row for row in Milestone.objects.filter(initiative=initiative)}
    for key, version, day in draft.milestones:
        row = rows.get(key)
        if row is None:
            raise DomainError(
                _("A milestone was deleted meanwhile. Open the page again."), code="milestone-gone"
            )
        if row.forecast_on == day:
            continue
        try:
            change_milestone(user, row, {"forecast_on": day}, expected_version=version)
        except StaleVersion as error:
            sentence = _("%(who)s moved “%(name)s” to %(day)s meanwhile: check and send again.") % {
                "who": error.conflict.who or _("Somebody"),
                "name": row.name,
                "day": formats.day(row.forecast_on),
            }
            fields: dict[str, list[Text]] = {f"day_{key}": [sentence]}
            raise DomainError(sentence, code="milestone-moved", fields=fields) from error


def _reasons(draft: Draft, calculated: dict[str, str]) -> dict[str, str]:
    """Keep the reasons that are needed; refuse when one is missing."""
    found: dict[str, str] = {}
    missing: dict[str, list[Text]] = {}
    for axis in AXES:
        if is_better(draft.declared[axis], calculated[axis]):
            told = draft.reasons.get(axis, "").strip()
            if not told:
                missing[f"reason_{axis}"] = [
                    _("You see it better than the figures do: say why in a few words.")
                ]
            found[axis] = told[:LONGEST_REASON]
    if missing:
        raise DomainError(next(iter(missing.values()))[0], code="reason-missing", fields=missing)
    return found


def _write(user: User, initiative: Initiative, draft: Draft) -> WeatherReport:
    one, frame = readings.of(initiative), readings.frame()
    if one is None:
        raise DomainError(_("This initiative is not under way: it has no weather to declare."))
    reasons = _reasons(draft, one.words)
    period = period_of(today(), frame.period_days)
    earlier = WeatherReport.objects.filter(initiative=initiative, period_on=period).count()
    declared = {axis: draft.declared[axis] for axis in AXES}
    label = _("Published the weather of %s") if not earlier else _("Corrected the weather of %s")
    frozen = promises.open_current()
    with act(user, "weather.report", label % initiative.code, undoable=False) as doing:
        if frozen:
            doing.note(promises=frozen)
        made = doing.create(
            WeatherReport(
                initiative=initiative,
                period_on=period,
                revision=earlier + 1,
                reasons=reasons,
                summary=draft.summary.strip(),
                author_id=user.pk,
                published_at=timezone.now(),
                level=one.level,
                declared_level=frame.overall(declared),
                calculated=one.stored(),
                formula=COMPUTATION,
                thresholds=frame.number,
                **declared,
            )
        )
        doing.update(initiative, dict(pillars_of(declared)))
    return made
