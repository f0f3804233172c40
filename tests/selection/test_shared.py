"""A selection worked on by several people, some of whom may not see every candidate."""

from __future__ import annotations

import pytest
from django.test import Client

import cast
from api.world import caller
from orchestre.kernel.errors import DomainError, StaleVersion
from orchestre.portfolio.models import Initiative
from orchestre.selection import queries
from orchestre.selection.models import Judgement, Order
from orchestre.selection.services import computing, exercises, ordering, saying
from selection.conftest import Small

pytestmark = pytest.mark.django_db


def test_the_api_leaves_out_the_picks_that_are_closed(small: Small) -> None:
    exercises.pick(small.claire, small.selection, ["IN-1", "IN-9"])
    one = f"/selections/{small.selection.pk}"
    rosa = caller("rosa")
    assert rosa.get(one).json()["picks"] == ["IN-1"]
    assert "IN-9" not in rosa.get("/selections").content.decode()
    assert caller("claire").get(one).json()["picks"] == ["IN-1", "IN-9"]


def test_picking_neither_finds_nor_loses_what_is_closed(small: Small) -> None:
    exercises.pick(small.claire, small.selection, ["IN-1", "IN-9"])
    lina = cast.lead_of(Initiative.objects.get(code="IN-1").pk)
    with pytest.raises(DomainError, match="not a candidate"):
        exercises.pick(lina, small.selection, ["IN-9"])
    exercises.pick(lina, small.selection, [])
    small.selection.refresh_from_db()
    assert small.selection.picks == ["IN-9"]


def test_two_people_who_pick_at_once_are_told(small: Small) -> None:
    client = Client()
    client.force_login(small.claire)
    base = f"/selection/{small.selection.pk}"
    assert 'name="version" value="1"' in client.get(f"{base}/candidates/").content.decode()
    client.post(f"{base}/picks/", {"pick": ["IN-1"], "version": "1"})
    late = client.post(f"{base}/picks/", {"pick": ["IN-2"], "version": "1"})
    assert late.status_code == 412
    small.selection.refresh_from_db()
    assert small.selection.picks == ["IN-1"]
    with pytest.raises(StaleVersion):
        exercises.pick(small.claire, small.selection, ["IN-2"], expected_version=1)


def test_orders_that_contradict_each_other_leave_the_last_answer_readable(small: Small) -> None:
    computing.compute(small.claire, small.selection)
    two, four = (Initiative.objects.get(code=code) for code in ("IN-2", "IN-4"))
    ordering.order(small.claire, small.selection, two, {"way": Order.Way.IN, "reason": "a"})
    ordering.order(small.claire, small.selection, four, {"way": Order.Way.OUT, "reason": "b"})
    client = Client()
    client.force_login(small.claire)
    assert client.get(f"/selection/{small.selection.pk}/").status_code == 200


def test_two_people_who_rate_at_once_lose_nothing(small: Small) -> None:
    client = Client()
    client.force_login(small.claire)
    url = f"/selection/{small.selection.pk}/ratings/"
    one, two = Initiative.objects.get(code="IN-1"), Initiative.objects.get(code="IN-2")
    driver, other = small.drivers
    opened = {f"{row.pk}-{driver.pk}": level for row, level in ((one, "extreme"), (two, "strong"))}
    sent = {f"r-{name}": level for name, level in opened.items()}
    sent |= {f"s-{name}": level for name, level in opened.items()}
    page = client.get(url).content.decode()
    assert f'name="s-{one.pk}-{driver.pk}" value="extreme"' in page
    saying.rate(small.claire, small.selection, {(one, driver): "low", (two, driver): "none"})
    mine = sent | {f"r-{one.pk}-{other.pk}": "none", f"s-{one.pk}-{other.pk}": "extreme"}
    assert client.post(url, mine).status_code == 302
    levels = queries.levels(small.claire, small.selection)
    assert levels[one.pk, driver.pk] == "low"
    assert levels[one.pk, other.pk] == "none"
    clash = client.post(url, sent | {f"r-{two.pk}-{driver.pk}": "moderate"})
    assert clash.status_code == 412
    page = clash.content.decode()
    assert "1 rating was changed by somebody else" in page
    assert "theirs: none" in page
    assert '<option value="moderate" selected>' in page
    assert queries.levels(small.claire, small.selection)[two.pk, driver.pk] == "none"
    again = {f"r-{two.pk}-{driver.pk}": "moderate", f"s-{two.pk}-{driver.pk}": "none"}
    assert client.post(url, again).status_code == 302
    assert queries.levels(small.claire, small.selection)[two.pk, driver.pk] == "moderate"


def test_two_people_who_answer_for_the_same_rater_are_told(small: Small) -> None:
    client = Client()
    client.force_login(small.claire)
    rater = saying.add_rater(small.claire, small.selection, "Direction")
    one, two = small.drivers
    url = f"/selection/raters/{rater.pk}/"
    assert 'name="version" value="0"' in client.get(url).content.decode()
    saying.judge(small.claire, rater, one, two, 3.0)
    late = client.post(url, {"pair": f"{one.pk}-{two.pk}", "answer": "8", "version": "0"})
    assert late.status_code == 412
    page = late.content.decode()
    assert "was changed by somebody else meanwhile" in page
    assert "answer again to change it" in page
    assert Judgement.objects.get().ratio == 3.0
    again = client.post(url, {"pair": f"{one.pk}-{two.pk}", "answer": "8", "version": "1"})
    assert again.status_code == 302
    assert Judgement.objects.get().ratio == pytest.approx(1 / 9)
