"""Computing a selection, finding its answer again, and what the answer says of one candidate.

The answer is kept with the selection, its problem and the names it used: a finished selection
reopens with the same figures, whatever happened since.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from threading import Lock
from time import perf_counter
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from orchestre.access.models import User
from orchestre.access.reach import Person
from orchestre.journal import queries as journal
from orchestre.kernel.errors import DomainError
from orchestre.load.services import compute as load
from orchestre.runs import jobs, services
from orchestre.runs.kinds import Outcome, Progress, kind
from orchestre.runs.models import Run
from orchestre.selection import policy, snapshot
from orchestre.selection.models import Answer, Selection
from orchestre_engine import selection as engine
from orchestre_engine.codec import decode, encode, fingerprint
from orchestre_engine.errors import ProblemError

KIND = "selection"
CANDIDATES_WHILE_WAITING = 80
"""Beyond, the computation is queued: it takes longer than a person waits."""

KEPT = 32
Found = TypeVar("Found")


@dataclass(frozen=True)
class Outcomes:
    """A kept answer, read."""

    answer: Answer
    problem: engine.SelectionProblem
    result: engine.SelectionResult
    facts: dict[str, Any]


def take(selection: Selection) -> snapshot.Taken:
    """Read all that a selection rests on now; writes nothing.

    Raises
    ------
    DomainError
        When orders contradict each other.
    """
    try:
        return snapshot.take(selection, load.undrawn())
    except ProblemError as error:
        raise DomainError(
            _("The selection cannot be computed: %(why)s") % {"why": error}, code="cannot-compute"
        ) from error


def compute(person: Person, selection: Selection) -> Run:
    """Compute a selection, or find its run again; large ones are queued."""
    policy.may_edit(person, selection).require()
    return computed(selection, person if isinstance(person, User) else None)


def computed(selection: Selection, asked_by: User | None) -> Run:
    """Compute a selection on behalf of somebody, or of nobody."""
    taken = take(selection)
    if not taken.problem.candidates:
        raise DomainError(
            _("No initiative is a candidate. Widen the stages or the programme."),
            code="no-candidate",
        )
    run, is_new = services.find_or_start(
        KIND,
        fingerprint(taken.problem),
        engine_version=engine.COMPUTATION,
        requested_by=asked_by,
    )
    if run.status == Run.Status.DONE:
        keep(selection, taken, run)
        return run
    if not is_new:
        return run
    run.summary = {"selection": selection.pk, "url": f"/selection/{selection.pk}/"}
    run.save(update_fields=["summary"])
    if len(taken.problem.candidates) <= CANDIDATES_WHILE_WAITING:
        return jobs.compute(run)
    jobs.queue(run)
    return run


@kind(KIND)
def choose(run: Run, progress: Progress) -> Outcome:
    """Compute a run; cancelled when the data changed since it was asked."""
    selection = Selection.objects.filter(pk=run.summary.get("selection") or 0).first()
    taken = None if selection is None else take(selection)
    if selection is None or taken is None or fingerprint(taken.problem) != run.fingerprint:
        services.cancel(run)
        raise services.RunCancelledError
    told = perf_counter()

    def tell(part: float) -> None:
        nonlocal told
        if perf_counter() - told > 1:
            told = perf_counter()
            progress(part)

    result = encode(engine.solve(taken.problem, progress=tell))
    _keep(selection, taken, run.fingerprint, result)
    return Outcome(result, run.summary)


def keep(selection: Selection, taken: snapshot.Taken, run: Run) -> Answer:
    """Keep the answer of a known run with the selection."""
    return _keep(selection, taken, run.fingerprint, bytes(run.result or b""))


def _keep(selection: Selection, taken: snapshot.Taken, digest: str, result: bytes) -> Answer:
    values = {
        "fingerprint": digest,
        "engine_version": engine.COMPUTATION,
        "problem": encode(taken.problem),
        "result": result,
        "facts": _facts(taken),
        "computed_at": timezone.now(),
    }
    return Answer.objects.update_or_create(selection=selection, defaults=values)[0]


def _facts(taken: snapshot.Taken) -> dict[str, Any]:
    return {
        "known": {code: asdict(one) for code, one in taken.known.items()},
        "weights": taken.weights,
        "weighting": taken.weighting,
        "roles": taken.roles,
        "groups": taken.groups,
        "unlimited_roles": list(taken.unlimited_roles),
        "last_act": journal.last_act(),
    }


def at_once(selection: Selection) -> Outcomes:
    """Compute a selection that was never saved; nothing is written."""
    taken = take(selection)
    result = engine.solve(taken.problem)
    answer = Answer(
        fingerprint=fingerprint(taken.problem),
        engine_version=engine.COMPUTATION,
        computed_at=timezone.now(),
    )
    return Outcomes(answer, taken.problem, result, _facts(taken))


def outcomes(selection: Selection) -> Outcomes | None:
    """Return the kept answer; None when nothing was computed."""
    answer = Answer.objects.filter(selection=selection).first()
    if answer is None:
        return None
    problem, result = _remembered(
        (answer.fingerprint, answer.pk, answer.computed_at.isoformat()),
        lambda: (
            engine.read_problem(decode(bytes(answer.problem))),
            engine.result_of(decode(bytes(answer.result))),
        ),
    )
    return Outcomes(answer, problem, result, answer.facts)


def is_stale(selection: Selection, found: Outcomes) -> bool:
    """Tell whether the data say something else now; a finished selection never is."""
    if selection.finished_at is not None or found.facts.get("last_act") == journal.last_act():
        return False
    try:
        return fingerprint(take(selection).problem) != found.answer.fingerprint
    except DomainError:  # orders contradict each other since: computing again says which
        return True


def admission(found: Outcomes, code: str) -> engine.Admission:
    """Say what it takes to keep a refused candidate, verified by solving again."""
    return _remembered(
        (found.answer.fingerprint, "admit", code), lambda: engine.admit(found.problem, code)
    )


def standing(found: Outcomes, picks: list[str]) -> engine.Standing | None:
    """Compare the committee's own choice with the best for the same money; None without one."""
    known = set(found.problem.ids)
    chosen = tuple(code for code in picks if code in known)
    if not chosen:
        return None
    return _remembered(
        (found.answer.fingerprint, "picks", *chosen), lambda: engine.compare(found.problem, chosen)
    )


def group(selection: Selection) -> engine.Group | None:
    """Give what the raters say together; None when nobody has compared anything."""
    people = [one for one in snapshot.comparisons(selection).values() if one.judgements]
    return engine.weigh_group(people) if people else None


def weights(selection: Selection, rater_pk: int) -> engine.Weights | None:
    """Give what one rater says; None for somebody who is not there."""
    for rater, said in snapshot.comparisons(selection).items():
        if rater.pk == rater_pk:
            return engine.weigh(said)
    return None


_kept: OrderedDict[tuple[object, ...], Any] = OrderedDict()
_lock = Lock()


def _remembered(key: tuple[object, ...], make: Callable[[], Found]) -> Found:
    """Work something out once per process; it depends on its key alone."""
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            known: Found = _kept[key]
            return known
    made = make()
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def driver_weights(selection: Selection) -> dict[int, float]:
    """Give the weight of each driver, by its number."""
    found = snapshot.weighting_of(selection).weights
    return {driver.pk: weight for driver, weight in found.items()}


def declared_weights(selection: Selection) -> dict[str, float] | None:
    """Give the weights that were declared, by driver; None while others speak."""
    found = snapshot.weighting_of(selection)
    if found.source != snapshot.DECLARED:
        return None
    return {driver.name: weight for driver, weight in found.weights.items()}
