"""The table of runs does not grow for ever: the last of each kind stay, those under way too."""

from __future__ import annotations

import pytest

from orchestre.runs import services
from orchestre.runs.models import Run

KEPT = services.KEPT_PER_KIND


def ended(kind: str, count: int, status: str = Run.Status.DONE) -> list[int]:
    rows = [
        Run(kind=kind, fingerprint=f"{kind}{status}{n}", engine_version="1", status=status)
        for n in range(count)
    ]
    return [row.pk for row in Run.objects.bulk_create(rows)]


@pytest.mark.django_db
def test_finishing_a_run_deletes_the_oldest_of_its_kind_only() -> None:
    old = ended("test", KEPT + 5)
    others = ended("else", KEPT + 5)
    run, _new = services.find_or_start("test", "f", engine_version="1")
    services.finish(run, b"found")
    left = set(Run.objects.filter(kind="test").values_list("pk", flat=True))
    assert left == {run.pk, *old[-(KEPT - 1) :]}
    assert Run.objects.filter(pk__in=others).count() == len(others)


@pytest.mark.django_db
def test_what_waits_or_computes_is_never_deleted() -> None:
    waiting = ended("test", 1, Run.Status.WAITING) + ended("test", 1, Run.Status.RUNNING)
    ended("test", KEPT)
    failed = ended("test", 3, Run.Status.FAILED)
    assert services.prune("test") == 3
    assert services.prune("test") == 0
    left = set(Run.objects.values_list("pk", flat=True))
    assert set(waiting) | set(failed) <= left
    assert len(left) == KEPT + 2


@pytest.mark.django_db
def test_few_runs_all_stay() -> None:
    ended("test", KEPT)
    assert services.prune("test") == 0
    assert Run.objects.count() == KEPT
