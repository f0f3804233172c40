"""Selections as people use them: weigh, rate, order, compute, read."""

from __future__ import annotations

import pytest
from django.test import Client

import cast
from orchestre.kernel.errors import DomainError
from orchestre.portfolio.models import Initiative
from orchestre.selection.models import Driver, Judgement, Order, Rater, Rating, Selection
from orchestre.selection.services import computing, saying
from selection.conftest import Small


@pytest.fixture
def claire(small: Small) -> Client:
    client = Client()
    client.force_login(small.claire)
    return client


def test_an_exercise_from_nothing_to_its_answer(small: Small, claire: Client) -> None:
    made = claire.post(
        "/selection/new/",
        {
            "name": "Choix d’avril", "starts_on": "01/04/2026", "months": "12",
            "budget_eur": "2,000,000", "grain": "quarter", "budgets": "2026-T2 = 900 000",
            "method": "drivers", "use_people": "on", "later_months": "0",
        },
    )  # fmt: skip
    chosen = Selection.objects.get(name="Choix d’avril")
    assert made.status_code == 302, made.context["form"].errors if made.context else ""
    assert made["Location"] == f"/selection/{chosen.pk}/drivers/"
    assert chosen.budgets == {"2026-Q2": 900_000.0}
    assert not chosen.shared
    for name in ("Clients", "Équipes", "Risques"):
        claire.post(f"/selection/{chosen.pk}/drivers/", {"name": name, "meaning": ""})
    assert chosen.drivers.count() == 3
    claire.post(f"/selection/{chosen.pk}/raters/", {"rater-name": "Direction"})
    rater = Rater.objects.get(name="Direction")
    page = claire.get(f"/selection/raters/{rater.pk}/").content.decode()
    assert "Question 1 of 3" in page
    one, two, three = chosen.drivers.all()
    for pair, answer in ((f"{one.pk}-{two.pk}", "3"), (f"{two.pk}-{three.pk}", "3")):
        claire.post(f"/selection/raters/{rater.pk}/", {"pair": pair, "answer": answer})
    page = claire.get(f"/selection/raters/{rater.pk}/").content.decode()
    assert "1 question left; consistency so far" in page
    claire.post(f"/selection/raters/{rater.pk}/", {"pair": f"{one.pk}-{three.pk}", "answer": "7"})
    page = claire.get(f"/selection/raters/{rater.pk}/").content.decode()
    assert "contradict each other" in page
    assert "A circle: Clients before Équipes, before Risques, before Clients again." in page
    assert "Revisit" in page
    row = Initiative.objects.get(code="IN-1")
    claire.post(f"/selection/{chosen.pk}/ratings/", {f"r-{row.pk}-{one.pk}": "strong"})
    assert Rating.objects.get(driver=one).level == "strong"
    done = claire.post(f"/selection/{chosen.pk}/compute/")
    assert done["Location"] == f"/selection/{chosen.pk}/"
    page = claire.get(f"/selection/{chosen.pk}/").content.decode()
    assert "With €2m we keep" in page


def test_every_page_of_an_answer_opens(small: Small, claire: Client) -> None:
    base = f"/selection/{small.selection.pk}"
    claire.post(f"{base}/picks/", {"pick": ["IN-4", "IN-5"]})
    claire.post(f"{base}/compute/")
    page = claire.get(f"{base}/").content.decode()
    assert "people are the limit" in page
    assert "Value foregone" in page
    found = computing.outcomes(small.selection)
    assert found is not None
    code = found.result.refused[0].id
    assert "What would it take" in claire.get(f"{base}/refused/{code}/").content.decode()
    assert claire.get(f"{base}/refused/{found.result.kept[0].id}/").status_code == 404
    assert "selection/1" in claire.get(f"{base}/why/").content.decode()
    objectives = claire.get("/selection/strategy/").content.decode()
    assert "Servir plus vite" in objectives
    assert "feasible" in objectives
    assert claire.get("/selection/").status_code == 200
    claire.post(f"{base}/finish/")
    assert "Finished on" in claire.get(f"{base}/").content.decode()
    assert claire.get(f"{base}/edit/").status_code == 403
    claire.post(f"{base}/finish/")
    claire.post(f"{base}/share/")
    claire.post(f"{base}/delete/")
    assert not Selection.objects.filter(pk=small.selection.pk).exists()


def test_two_people_editing_lose_nothing(small: Small, claire: Client) -> None:
    base = f"/selection/{small.selection.pk}/edit/"
    form = claire.get(base).context["form"]
    posted = {
        "name": "Mine", "starts_on": "01/03/2026", "months": "12", "grain": "quarter",
        "budgets": "", "budget_eur": "", "method": "drivers", "use_people": "on",
        "use_roles": "on", "later_months": "0", "version": str(form.initial.get("version", "")),
    }  # fmt: skip
    assert form.initial["version"] == 1
    for name in ("name", "starts_on", "months", "grain", "method", "later_months"):
        posted[f"initial-{name}"] = posted[name]
    posted["initial-name"] = "Choix"
    posted |= {"initial-use_people": "True", "initial-use_roles": "True"}
    Selection.objects.filter(pk=small.selection.pk).update(version=1)
    from orchestre.selection.services import exercises  # noqa: PLC0415 - only here

    exercises.change(small.claire, small.selection, {"name": "Theirs"})
    answer = claire.post(base, posted)
    assert answer.status_code == 412
    page = answer.content.decode()
    assert "Theirs" in page
    assert "Mine" in page


def test_orders_from_the_page(small: Small, claire: Client) -> None:
    base = f"/selection/{small.selection.pk}/candidates/"
    assert claire.post(base, {"initiative": "IN-1", "way": "in", "reason": ""}).status_code == 422
    claire.post(base, {"initiative": "IN-1", "way": "in", "reason": "The law"})
    order = Order.objects.get()
    assert "The law" in claire.get(base).content.decode()
    claire.post(f"/selection/orders/{order.pk}/lift/")
    assert not Order.objects.exists()


def test_drivers_change_and_go_with_what_names_them(small: Small, claire: Client) -> None:
    one = small.drivers[0]
    page = claire.get(f"/selection/drivers/{one.pk}/")
    assert page.context["form"].initial["version"] == 1
    claire.post(
        f"/selection/drivers/{one.pk}/",
        {
            "name": "Usagers",
            "meaning": "",
            "objective": "",
            "version": "1",
            "initial-name": "Clients",
        },
    )
    one.refresh_from_db()
    assert one.name == "Usagers"
    rater = saying.add_rater(small.claire, small.selection, "Direction")
    saying.judge(small.claire, rater, small.drivers[1], one, 3.0)
    assert Judgement.objects.get().ratio == pytest.approx(1 / 3)
    claire.post(f"/selection/drivers/{one.pk}/delete/")
    assert not Driver.objects.filter(pk=one.pk).exists()
    claire.post(f"/selection/raters/{rater.pk}/delete/")
    assert not Rater.objects.exists()


def test_what_is_refused_is_a_sentence(small: Small, claire: Client) -> None:
    base = f"/selection/{small.selection.pk}/drivers/"
    twice = claire.post(base, {"name": "Clients", "meaning": ""})
    assert twice.status_code == 422
    assert "already a driver of that name" in twice.content.decode()
    for number in range(5):
        saying.add_driver(small.claire, small.selection, {"name": f"D{number}"})
    with pytest.raises(DomainError, match="21 comparisons"):
        saying.add_driver(small.claire, small.selection, {"name": "D9"})
    rater = saying.add_rater(small.claire, small.selection, "Direction")
    with pytest.raises(DomainError, match="not in the list"):
        saying.add_rater(small.claire, small.selection, "Direction")
    one = small.drivers[0]
    with pytest.raises(DomainError, match="two drivers"):
        saying.judge(small.claire, rater, one, one, 3.0)
    with pytest.raises(DomainError, match="nine answers"):
        saying.judge(small.claire, rater, one, small.drivers[1], 2.0)
    for pair, answer in (("x-y", "1"), (f"{one.pk}-{small.drivers[1].pk}", "99")):
        sent = claire.post(f"/selection/raters/{rater.pk}/", {"pair": pair, "answer": answer})
        assert sent.status_code == 422


def test_readers_read_and_write_nothing(small: Small) -> None:
    client = Client()
    client.force_login(cast.person("rosa"))
    assert client.get("/selection/").status_code == 200
    assert client.get("/selection/new/").status_code == 403
    assert client.post(f"/selection/{small.selection.pk}/compute/").status_code == 403
    assert client.get("/selection/strategy/").status_code == 200
