"""Drivers, comparisons and ratings over the API: locking, refusals, journal, what is closed."""

from __future__ import annotations

import pytest

from api.world import caller
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.selection.models import Driver, Judgement, Rating
from orchestre.selection.services import computing, exercises, priorities, saying
from selection.conftest import SECRET, Small

pytestmark = pytest.mark.django_db


def test_drivers_are_named_weighed_and_taken_out(small: Small) -> None:
    claire = caller("claire")
    base = f"/selections/{small.selection.pk}"
    made = claire.post(f"{base}/drivers", {"name": " Risques ", "weight": 2, "objective": "OB-1"})
    assert made.status_code == 201, made.content
    assert (made.json()["name"], made.json()["objective"]) == ("Risques", "OB-1")
    one = f"/selection-drivers/{made.json()['id']}"
    assert claire.patch(one, {"weight": 1.5}).status_code == 428
    assert claire.patch(one, {"weight": 1.5}, version=1).json()["version"] == 2
    assert claire.patch(one, {"weight": 9}, version=1).status_code == 412
    assert claire.patch(one, {"objective": None}, version=2).json()["objective"] is None
    twice = claire.post(f"{base}/drivers", {"name": "Clients"})
    assert (twice.status_code, twice.json()["code"]) == (422, "already-there")
    assert claire.post(f"{base}/drivers", {"name": "x", "weight": 0}).status_code == 422
    for driver in small.drivers:
        claire.patch(f"/selection-drivers/{driver.pk}", {"weight": 1}, version=1)
    weights = claire.get(f"{base}/weights").json()
    assert weights["source"] == "declared"
    assert [round(one["weight"], 3) for one in weights["weights"]] == [0.286, 0.286, 0.429]
    assert claire.delete(one, version=3).status_code == 204
    assert claire.get(f"{base}/drivers").json()["total"] == 2
    undo(small.claire, ChangeSet.objects.latest("pk"))
    assert Driver.objects.filter(selection=small.selection, name="Risques").exists()


def test_comparisons_make_the_weights(small: Small) -> None:
    claire = caller("claire")
    base = f"/selections/{small.selection.pk}"
    one, two = small.drivers
    rater = claire.post(f"{base}/raters", {"name": "Direction"}).json()["id"]
    said = {"rater": rater, "first": two.pk, "second": one.pk, "ratio": 3.0}
    made = claire.post(f"{base}/judgements", said)
    assert made.status_code == 201
    assert (made.json()["first"], made.json()["second"]) == (one.pk, two.pk)
    assert made.json()["ratio"] == pytest.approx(1 / 3)
    again = claire.post(f"{base}/judgements", said)
    assert again.json()["code"] == "already-there"
    assert "a déjà comparé ces deux enjeux" in again.json()["title"]
    wrong = claire.post(f"{base}/judgements", said | {"second": two.pk})
    assert wrong.json()["code"] == "not-a-pair"
    odd = f"/selection-judgements/{made.json()['id']}"
    assert claire.patch(odd, {"ratio": 2.0}, version=1).json()["code"] == "not-an-answer"
    assert claire.patch(odd, {"ratio": 3.0}, version=1).json()["version"] == 2
    assert claire.patch(odd, {"ratio": 5.0}, version=1).status_code == 412
    weights = claire.get(f"{base}/weights").json()
    assert weights["source"] == "compared"
    assert weights["weights"][0]["weight"] == pytest.approx(0.75)
    assert claire.get(f"{base}/judgements?rater={rater}").json()["total"] == 1
    assert claire.get(f"{base}/judgements?rater={rater + 1}").json()["total"] == 0
    assert claire.delete(odd, version=2).status_code == 204
    assert not Judgement.objects.exists()
    assert claire.delete(f"/selection-raters/{rater}", version=1).status_code == 204
    assert claire.get(f"{base}/weights").json()["source"] == "equal"


def test_ratings_make_the_score(small: Small) -> None:
    claire = caller("claire")
    base = f"/selections/{small.selection.pk}"
    one = small.drivers[0]
    row = Rating.objects.get(driver=one, initiative__code="IN-1")
    assert claire.delete(f"/selection-ratings/{row.pk}", version=1).status_code == 204
    top = claire.get(f"{base}/priorities?order=code").json()["items"][0]
    assert (top["score"], top["coverage_ratio"], top["score_rank"]) == (1.0, 0.5, None)
    assert top["missing"] == ["ratings", "delay"]
    assert top["parts"][0]["points"] is None
    said = {"driver": one.pk, "initiative": "IN-1", "level": "none"}
    made = claire.post(f"{base}/ratings", said)
    assert (made.status_code, made.json()["level"]) == (201, "none")
    assert claire.post(f"{base}/ratings", said).json()["code"] == "already-there"
    assert claire.post(f"{base}/ratings", said | {"level": "huge"}).status_code == 422
    top = claire.get(f"{base}/priorities?order=code").json()["items"][0]
    assert (top["score"], top["coverage_ratio"]) == (0.5, 1.0)
    url = f"/selection-ratings/{made.json()['id']}"
    assert claire.patch(url, {"level": "low"}, version=1).json()["level"] == "low"
    assert claire.patch(url, {"level": "strong"}, version=1).status_code == 412
    assert claire.get(f"{base}/ratings?driver={one.pk}&initiative=IN-1").json()["total"] == 1


def test_what_is_closed_is_neither_read_nor_rated(small: Small) -> None:
    rosa = caller("rosa")
    base = f"/selections/{small.selection.pk}"
    hidden = Rating.objects.filter(initiative__code="IN-9").first()
    assert hidden is not None
    assert rosa.get(f"{base}/ratings").json()["total"] == 10
    assert rosa.get(f"{base}/ratings?initiative=IN-9").json()["total"] == 0
    assert SECRET not in rosa.get(f"{base}/ratings").content.decode()
    assert rosa.get(f"/selection-ratings/{hidden.pk}").status_code == 404
    Rating.objects.filter(initiative__code="IN-9").delete()
    said = {"driver": small.drivers[0].pk, "initiative": "IN-9", "level": "low"}
    marc = caller("claire").post(f"{base}/ratings", said)
    assert marc.status_code == 201
    absent = caller("paul").post(f"{base}/ratings", said | {"initiative": "NO-1"})
    closed = caller("paul").post(f"{base}/ratings", said)
    assert absent.status_code == closed.status_code


def test_a_finished_selection_says_so(small: Small) -> None:
    rater = saying.add_rater(small.claire, small.selection, "Direction")
    computing.compute(small.claire, small.selection)
    exercises.finish(small.claire, small.selection)
    claire = caller("claire")
    base = f"/selections/{small.selection.pk}"
    one, two = small.drivers
    row = Rating.objects.filter(driver=one).first()
    assert row is not None
    calls = (
        ("POST", f"{base}/drivers", {"name": "Z"}),
        ("POST", f"{base}/raters", {"name": "Z"}),
        ("POST", f"{base}/judgements", {"rater": rater.pk, "first": one.pk, "second": two.pk,
                                        "ratio": 3}),
        ("PATCH", f"/selection-drivers/{one.pk}", {"weight": 2}),
        ("PATCH", f"/selection-ratings/{row.pk}", {"level": "none"}),
        ("DELETE", f"/selection-ratings/{row.pk}", None),
        ("DELETE", f"/selection-raters/{rater.pk}", None),
    )  # fmt: skip
    for method, path, body in calls:
        told = {} if method == "POST" else {"If_Match": '"1"'}
        answer = claire(method, path, body, **told)
        assert answer.status_code == 403, (path, answer.content)
        assert answer.json()["title"].startswith("Cette sélection est terminée.")
    assert priorities.read(small.selection).lines
