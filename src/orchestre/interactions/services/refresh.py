"""The rules look again: what is new is proposed, what is gone is put aside, decisions stay."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.interactions import policy, snapshot
from orchestre.interactions.models import Finding
from orchestre.interactions.services import links, overloads, similar, waved
from orchestre.interactions.services.overloads import Proposal
from orchestre.journal.services import Actor, act
from orchestre.kernel.errors import DomainError
from orchestre.load.services import compute
from orchestre.load.services.answer import LoadView
from orchestre.runs import services as runs
from orchestre.runs.models import Run
from orchestre.strategy.models import Indicator
from orchestre_engine import interactions as engine
from orchestre_engine.codec import fingerprint
from orchestre_engine.errors import ProblemError
from orchestre_engine.interactions.solve import VERSION

KIND = "interactions"
# beyond, a page does not wait for the rules: it says that its findings are dated
INITIATIVES_WHILE_WAITING = 300
MOST_PER_KIND = 2000
_BATCH = 500
_Found = Proposal | engine.Finding
_COMPARED = ("kind", "rule", "starts_on", "ends_on", "score", "score_unit", "facts", "present")


@dataclass(frozen=True)
class Standing:
    """How fresh the findings are."""

    run: Run | None
    fresh: bool
    initiatives: int

    @property
    def may_wait(self) -> bool:
        """Tell whether a page can wait for the rules."""
        return self.initiatives <= INITIATIVES_WHILE_WAITING


def _version() -> str:
    """Return what changes when the rules would answer otherwise: the data, or the week."""
    known = compute.data_version()
    week = compute.today().isocalendar()
    written = f"{known[0]}:{known[1].isoformat()}" if known else ""
    return f"{written}@{week.year}-{week.week}"


def standing() -> Standing:
    """Say whether anything was written since the rules last looked."""
    run = Run.objects.filter(kind=KIND, status=Run.Status.DONE).defer("problem", "result").first()
    view_size = compute.live_initiatives()
    version = _version()
    fresh = run is not None and run.summary.get("version") == version and version[0] != "@"
    return Standing(run, fresh, view_size)


def refresh(person: Person) -> Run:
    """Have the rules look again, at a person's request."""
    policy.may_refresh(person).require()
    return look_again(person)


def ask(person: Person, standing: Standing) -> bool:
    """Have the rules look again now, or queue them on a large portfolio; tell whether now."""
    policy.may_refresh(person).require()
    if standing.may_wait:
        look_again(person)
        return True
    look_again_later.enqueue(person.pk)
    return False


@task()
def look_again_later(person_id: int | None) -> None:
    """Look again on behalf of a person, away from the page."""
    look_again(User.objects.filter(pk=person_id or 0).first())


def look_again(actor: Actor) -> Run:
    """Compute the findings and write what changed, in one act; decisions are kept."""
    began = perf_counter()
    version, today = _version(), compute.today()
    view = compute.current()
    try:
        taken = snapshot.take(view, today, similar.compare)
        answer = engine.solve(taken.problem)
    except ProblemError as error:
        raise DomainError(
            _("The findings cannot be computed: %(why)s") % {"why": error}, code="cannot-compute"
        ) from error
    digest = fingerprint(taken.problem)
    known = Run.objects.filter(
        kind=KIND, fingerprint=digest, engine_version=VERSION, status=Run.Status.DONE
    ).first()
    proposed, left_out = proposals(view, taken, answer, today)
    if taken.similar_left_out:
        duplicate = str(Finding.Kind.DUPLICATE)
        left_out[duplicate] = left_out.get(duplicate, 0) + taken.similar_left_out
    summary: dict[str, Any] = {
        "version": version,
        "undated": taken.undated,
        "findings": len(proposed),
        "left_out": left_out,
    }
    with transaction.atomic():
        write(actor, proposed)
        run = known or Run(kind=KIND, fingerprint=digest, engine_version=VERSION)
        run.status, run.progress, run.summary = Run.Status.DONE, 1.0, summary
        run.computed_at = timezone.now()
        run.duration_ms = round((perf_counter() - began) * 1000)
        if known is not None and Run.objects.filter(kind=KIND, pk__gt=known.pk).exists():
            known.delete()  # the last run is the one in force
            run.pk = None
            run._state.adding = True  # noqa: SLF001 - Django's documented way to copy a row
        run.save()
        runs.prune(KIND)
    return run


def proposals(
    view: LoadView, taken: snapshot.Snapshot, answer: engine.InteractionResult, today: date
) -> tuple[list[Proposal], dict[str, int]]:
    """Write the heaviest findings out, and count those left out: tens of thousands at times."""
    heavy, left_out = bounded(
        [
            *overloads.proposals(taken.problem.overloads),
            *(one for one in answer.findings if _to_come(one, today)),
        ]
    )
    found = [one if isinstance(one, Proposal) else _proposal(one) for one in heavy]
    names = {str(pk): name for pk, name in Indicator.objects.values_list("pk", "name")}
    found = [_with_indicator(one, names) for one in found]
    cells = {(one.population, one.week): one for one in taken.problem.overloads}
    rows = _rows_of_populations(view)
    told = [_with_hours(view, one, cells, rows) for one in found]
    return waved.with_waves(view, told), left_out


def _rows_of_populations(view: LoadView) -> dict[str, int]:
    """Return the row of each population in the load, by primary key written as text."""
    groups = view.snapshot.groups.values()
    return {str(one.pk): view.result.population_row(one.code) for one in groups}


def _to_come(finding: engine.Finding, today: date) -> bool:
    """Leave out what is over; a late promise stays until it is kept."""
    if finding.kind is engine.FindingKind.BROKEN_DEPENDENCY or finding.ends_on is None:
        return True
    return finding.ends_on > today


def _proposal(one: engine.Finding) -> Proposal:
    return Proposal(
        key=one.key,
        kind=str(one.kind),
        rule=one.rule,
        initiatives=tuple(int(change) for change in one.changes),
        populations=tuple(int(population) for population in one.populations),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        score=one.score,
        score_unit=one.score_unit,
        facts=[*([name, value] for name, value in one.facts), *_order_of(one)],
    )


def _order_of(one: engine.Finding) -> list[list[str | float]]:
    """Keep the order of the initiatives, which the table of pairs does not."""
    return [["initiative", change] for change in one.changes]


def _with_indicator(one: Proposal, names: dict[str, str]) -> Proposal:
    told = {str(name): value for name, value in one.facts}
    name = names.get(str(told.get("indicator", "")))
    return one if name is None else replace(one, facts=[*one.facts, ["indicator_name", name]])


def _with_hours(
    view: LoadView,
    one: Proposal,
    cells: dict[tuple[str, str], engine.OverloadCell],
    rows: dict[str, int],
) -> Proposal:
    """Add the hours of the worst week, so that the sentence needs no other look."""
    facts = {str(name): value for name, value in one.facts}
    population = str(facts.get("worst_population", "")) or "".join(
        str(pk) for pk in one.populations[:1]
    )
    cell = cells.get((population, str(facts.get("worst_week", ""))))
    if cell is None:
        return one
    at = view.week_index(cell.monday)
    row = rows[population]
    asked = float(view.result.load_hours[row, at or 0])
    able = float(view.result.capacity_hours[row, at or 0])
    shares = dict(cell.shares)
    own = sum(shares.get(str(pk), 0.0) for pk in one.initiatives) * asked
    more: list[list[str | float]] = [
        ["load_hours", asked],
        ["capacity_hours", able],
        ["own_hours", own],
    ]
    if "worst_population" not in facts:
        more.append(["worst_population", population])
    return replace(one, facts=[*one.facts, *more])


def bounded(proposed: list[_Found]) -> tuple[list[_Found], dict[str, int]]:
    """Keep the heaviest of each kind; how many are left out is told on the page."""
    by_kind: dict[str, list[_Found]] = {}
    for one in proposed:
        by_kind.setdefault(str(one.kind), []).append(one)
    kept: list[_Found] = []
    left_out = {}
    for kind, some in by_kind.items():
        ranked = sorted(some, key=lambda one: (-(one.score or 0.0), one.key))
        kept += ranked[:MOST_PER_KIND]
        if len(ranked) > MOST_PER_KIND:
            left_out[kind] = len(ranked) - MOST_PER_KIND
    return kept, left_out


def write(actor: Actor, proposed: list[Proposal]) -> None:
    known = {row.key: row for row in Finding.objects.all()}
    wanted = {one.key: one for one in proposed}
    new = [one for key, one in wanted.items() if key not in known]
    changed = [
        row for key, row in known.items() if _changed(row, wanted.get(key)) and key in wanted
    ]
    gone = [row for key, row in known.items() if row.present and key not in wanted]
    if not new and not changed and not gone:
        return
    label = _("The rules looked again: %(new)s new findings, %(gone)s gone") % {
        "new": len(new),
        "gone": len(gone),
    }
    with act(actor, "interactions.refresh", label, undoable=False) as doing:
        doing.note(new=len(new), changed=len(changed), gone=len(gone))
        made = Finding.objects.bulk_create([_row(one) for one in new], batch_size=_BATCH)
        Finding.objects.bulk_create(
            changed,
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=_COMPARED,
        )  # one statement a batch, without a case for each row and field
        for start in range(0, len(gone), _BATCH):
            ids = [row.pk for row in gone[start : start + _BATCH]]
            Finding.objects.filter(pk__in=ids).update(present=False)
        links.create([(row.pk, wanted[row.key]) for row in made])
        links.update([(row.pk, wanted[row.key]) for row in changed])


def _values(one: Proposal) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "rule": one.rule,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "score": one.score,
        "score_unit": one.score_unit,
        "facts": {"told": one.facts},
        "present": True,
    }


def _row(one: Proposal) -> Finding:
    return Finding(key=one.key, **_values(one))


def _changed(row: Finding, one: Proposal | None) -> bool:
    """Put what the rule says now on a known finding; tell whether anything differs."""
    if one is None:
        return False
    values = _values(one)
    if all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    return True
