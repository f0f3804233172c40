"""Texts compared once: the same texts find the known answer again, in memory or in the runs."""

from __future__ import annotations

import threading
from collections import OrderedDict
from time import perf_counter

from django.db import IntegrityError, transaction
from django.utils import timezone

from orchestre.runs import services as runs
from orchestre.runs.models import Run
from orchestre_engine.codec import decode, encode, fingerprint
from orchestre_engine.similarity.problem import SimilarityProblem
from orchestre_engine.similarity.result import SimilarityResult, SimilarPair
from orchestre_engine.similarity.solve import solve

KIND = "similarity"
VERSION = "similar-text/1"
KEPT = 2

_kept: OrderedDict[str, SimilarityResult] = OrderedDict()
_lock = threading.Lock()


def compare(problem: SimilarityProblem) -> SimilarityResult:
    """Give the pairs of close texts."""
    digest = fingerprint(problem)
    with _lock:
        known = _kept.get(digest)
    if known is None:
        known = _stored(digest) or _solved(problem, digest)
    with _lock:
        _kept[digest] = known
        _kept.move_to_end(digest)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return known


def _stored(digest: str) -> SimilarityResult | None:
    run = Run.objects.filter(
        kind=KIND, fingerprint=digest, engine_version=VERSION, status=Run.Status.DONE
    ).first()
    if run is None:
        return None
    found = decode(bytes(run.result or b""))
    return SimilarityResult(
        tuple(
            SimilarPair(
                one["first"], one["second"], float(one["score"]), tuple(one["shared_terms"])
            )
            for one in found["pairs"]
        ),
        tuple(found["wordless"]),
    )


def _solved(problem: SimilarityProblem, digest: str) -> SimilarityResult:
    began = perf_counter()
    found = solve(problem)
    run = Run(
        kind=KIND,
        fingerprint=digest,
        engine_version=VERSION,
        status=Run.Status.DONE,
        progress=1.0,
        result=encode(found),
        summary={"documents": len(problem.documents), "pairs": len(found.pairs)},
        computed_at=timezone.now(),
        duration_ms=round((perf_counter() - began) * 1000),
    )
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:  # another process compared the same texts meanwhile
        return _stored(digest) or found
    runs.prune(KIND)
    return found
