"""A problem is computed once, followed, stopped, and taken up again when its process dies."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import cast
from orchestre.kernel.errors import DomainError
from orchestre.runs import jobs, kinds, services, worker
from orchestre.runs.kinds import Outcome, Progress, kind
from orchestre.runs.models import Run
from orchestre.runs.services import RunCancelledError, find_or_start

As = Callable[[str], Client]


def start(fingerprint: str = "f" * 64, **more: Any) -> tuple[Run, bool]:
    return find_or_start("test", fingerprint, engine_version="1", **more)


@pytest.fixture
def computing() -> Iterator[dict[str, Any]]:
    """A kind of run whose behaviour a test decides."""
    script: dict[str, Any] = {"calls": 0, "do": lambda run, progress: None}

    @kind("test")
    def compute(run: Run, progress: Progress) -> Outcome:
        script["calls"] += 1
        script["do"](run, progress)
        return Outcome(b"result of " + bytes(run.problem or b""), {"url": "/load/"})

    yield script
    kinds._computes.pop("test")


@pytest.mark.django_db
def test_the_same_problem_is_found_again_and_another_seed_is_another_run(
    computing: dict[str, Any],
) -> None:
    run, new = start(problem=b"p")
    assert new
    assert start() == (run, False)  # waiting: found too
    assert jobs.compute(run).result == b"result of p"
    assert start() == (run, False)
    other, other_new = start(seed=7)
    assert other_new
    assert other.pk != run.pk
    assert start("a" * 64)[1]
    assert computing["calls"] == 1
    run.refresh_from_db()
    assert (run.status, run.progress, run.attempts) == ("done", 1.0, 1)
    assert run.duration_ms is not None


@pytest.mark.django_db
def test_a_run_is_claimed_once(computing: dict[str, Any]) -> None:
    run, _new = start()
    assert services.claim(run)
    assert not services.claim(Run.objects.get(pk=run.pk))
    assert jobs.compute(run) == run
    assert computing["calls"] == 0


@pytest.mark.django_db
def test_the_database_refuses_two_results_and_two_computations_of_one_problem() -> None:
    run, _new = start()
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(kind="test", fingerprint="f" * 64, engine_version="1")
    services.claim(run)
    services.finish(run, b"1")
    twin = Run.objects.create(kind="test", fingerprint="f" * 64, engine_version="1")
    services.claim(twin)
    assert services.finish(twin, b"2") == run
    twin.refresh_from_db()
    assert twin.status == Run.Status.CANCELLED


@pytest.mark.django_db
def test_progress_is_noted_and_a_cancelled_run_stops_at_its_next_step(
    computing: dict[str, Any],
) -> None:
    seen: list[tuple[float, str]] = []

    def steps(run: Run, progress: Progress) -> None:
        progress(0.4, "half way")
        now = Run.objects.get(pk=run.pk)
        seen.append((now.progress, now.message))
        services.cancel(run)
        progress(0.9)
        seen.append((9.9, "never"))

    computing["do"] = steps
    run = jobs.compute(start()[0])
    assert seen == [(0.4, "half way")]
    assert run.status == Run.Status.CANCELLED
    assert run.result is None
    with pytest.raises(DomainError):
        services.cancel(run)
    with pytest.raises(RunCancelledError):
        services.finish(run, b"late")


@pytest.mark.django_db
def test_a_refusal_is_told_and_our_fault_is_not_swallowed(computing: dict[str, Any]) -> None:
    def refuse(run: Run, progress: Progress) -> None:
        raise DomainError("No initiative has dates.")

    computing["do"] = refuse
    refused = jobs.compute(start()[0])
    assert (refused.status, refused.message) == ("failed", "No initiative has dates.")

    def break_down(run: Run, progress: Progress) -> None:
        raise ZeroDivisionError

    computing["do"] = break_down
    with pytest.raises(ZeroDivisionError):
        jobs.compute(start("b" * 64)[0])
    broken = Run.objects.get(fingerprint="b" * 64)
    assert broken.status == "failed"
    assert "ZeroDivision" not in broken.message
    assert start()[1]  # a failure is not an answer: it is computed again


@pytest.mark.django_db
def test_a_dead_run_is_taken_up_again_once_then_told() -> None:
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False) as clock:
        run, _new = start()
        services.claim(run)
        clock.shift(timedelta(seconds=50))
        assert services.reap() == []
        services.beat(run)
        clock.shift(timedelta(seconds=50))
        assert services.reap() == []  # it beat meanwhile
        clock.shift(timedelta(seconds=20))
        assert services.reap() == [run]
        assert services.reap() == []
        run.refresh_from_db()
        assert run.status == "waiting"
        services.claim(run)
        clock.shift(timedelta(seconds=90))
        assert services.reap() == []
        run.refresh_from_db()
        assert run.status == "failed"
        assert "stopped twice" in run.message


@pytest.mark.usefixtures("committed")
def test_the_worker_computes_what_is_queued_and_beats_from_beside(
    computing: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 0.02)
    beaten = threading.Event()

    def slow(run: Run, progress: Progress) -> None:
        first = Run.objects.get(pk=run.pk).beat_at
        for _turn in range(200):
            now = Run.objects.get(pk=run.pk).beat_at
            if first is not None and now is not None and now > first:
                beaten.set()
                return
            threading.Event().wait(0.02)

    computing["do"] = slow
    run, _new = start(problem=b"p")
    jobs.queue(run)
    dead, _also_new = start("d" * 64)
    services.claim(dead)
    Run.objects.filter(pk=dead.pk).update(beat_at=timezone.now() - timedelta(hours=1))
    beside = worker.WorkerThread(pause_seconds=0.02)
    beside.start()
    for _turn in range(400):
        if not Run.objects.exclude(status="done").exists():
            break
        threading.Event().wait(0.02)
    beside.stop()
    assert not beside.is_alive()
    assert set(Run.objects.values_list("status", flat=True)) == {"done"}
    assert beaten.is_set()


@pytest.mark.django_db
def test_a_beat_that_the_base_refuses_is_told_and_followed_by_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    run, _new = start()
    again, beats = threading.Event(), iter(range(100))

    def refused_once(_run: Run) -> None:
        if next(beats) == 0:
            raise OperationalError("database is locked")
        again.set()

    monkeypatch.setattr(jobs, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(services, "beat", refused_once)
    with jobs.beating(run):
        assert again.wait(20)
    assert f"run {run.pk} missed a beat" in caplog.text


@pytest.mark.usefixtures("committed")
def test_two_who_ask_at_once_get_one_run() -> None:
    found: list[tuple[int, bool]] = []
    gate = threading.Barrier(6)

    def ask() -> None:
        gate.wait()
        run, new = start()
        found.append((run.pk, new))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({pk for pk, _new in found}) == 1
    assert [new for _pk, new in found].count(True) == 1


@pytest.mark.django_db
def test_the_page_follows_a_run_and_stops_asking_when_it_ends(as_person: As) -> None:
    client = as_person("claire")
    run, _new = start(requested_by=cast.person("rosa"))
    address = reverse("runs:show", args=[run.pk])
    page = client.get(address).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert f'href="{address}"' in page  # and without JavaScript, a link
    services.claim(run)
    services.beat(run, 0.42, "Counting")
    fragment = client.get(address, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "Counting" in fragment
    assert "42%" in fragment
    whole = client.get(address).content.decode()
    assert fragment.split("<form")[0].strip() in whole  # the token alone differs
    services.finish(run, b"r", summary={"url": "/load/"}, duration_ms=1234)
    over = client.get(address, headers={"hx-request": "true"}).content.decode()
    assert "hx-trigger" not in over
    assert 'href="/load/"' in over
    assert "1.2" in over


@pytest.mark.django_db
def test_a_result_never_leads_elsewhere(as_person: As) -> None:
    client = as_person("claire")
    for number, address in enumerate(("//evil.example", "https://evil.example", "/\\evil", "x")):
        run, _new = start(f"{number}" * 64)
        services.claim(run)
        services.finish(run, b"", summary={"url": address})
        assert "evil" not in client.get(reverse("runs:show", args=[run.pk])).content.decode()


@pytest.mark.django_db
def test_who_follows_and_who_stops(as_person: As) -> None:
    rosa = cast.person("rosa")
    run, _new = start(requested_by=rosa)
    show, cancel = (reverse(f"runs:{name}", args=[run.pk]) for name in ("show", "cancel"))
    assert as_person("rosa").get(show).status_code == 200
    assert as_person("noam").get(show).status_code == 404
    assert as_person("ada").get(show).status_code == 404
    assert as_person("noam").post(cancel).status_code == 404
    assert as_person("rosa").get(f"/api/v1/runs/{run.pk}").json()["status"] == "waiting"
    assert as_person("rosa").post(cancel).status_code == 302
    run.refresh_from_db()
    assert run.status == "cancelled"
