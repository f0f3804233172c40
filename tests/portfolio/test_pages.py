"""Pages that write: new, edit, edit in place, views, stop; and two people at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

import cast
import factories
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Initiative, Programme, SavedView
from orchestre.portfolio.presenters import panels
from orchestre.portfolio.presenters.stopping import freed

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


def fields_of(page: str) -> dict[str, Any]:
    """Read back what a browser would post from the form of edition."""
    values: dict[str, Any] = {}
    form = page[page.index('class="edit"') :]
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or "checked" in tag):
            values[name[1]] = value[1] if value else "on" if "checkbox" in tag else ""
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', body)
        values[name] = chosen[1] if chosen else ""
    for name, body in re.findall(r'<textarea name="([^"]+)".*?>(.*?)</textarea>', form, re.DOTALL):
        values[name] = body.removeprefix("\n")
    return values


def test_two_fields_create_and_look_alikes_are_shown_first(
    as_person: Callable[[str], Client],
) -> None:
    client = as_person("claire")
    factories.initiative("Refonte du SIRH", code="IN-001")
    posted = {"title": "refonte SIRH du", "lead_name": "Ada"}
    page = client.post("/initiatives/new/", posted).content.decode()
    assert "IN-001 Refonte du SIRH" in page
    assert Initiative.objects.count() == 1
    answer = client.post("/initiatives/new/", {**posted, "anyway": "yes"})
    assert answer["Location"] == "/initiatives/IN-002/"
    assert "Still to complete" in client.get(answer["Location"]).content.decode()
    assert "Error:" in client.post("/initiatives/new/", {"title": ""}).content.decode()


def test_look_alikes_stay_hidden_from_who_may_not_see_them(
    as_person: Callable[[str], Client],
) -> None:
    factories.initiative("Plan X", code="SECRET", confidential=True)
    answer = as_person("paul").post("/initiatives/new/", {"title": "Plan X", "lead_name": ""})
    assert answer.status_code == 302


def test_editing_writes_only_what_was_changed(as_person: Callable[[str], Client]) -> None:
    one = factories.initiative("HRIS", code="A", systems=["SAP"], cost_eur=10)
    client = as_person("claire")
    posted = fields_of(client.get("/initiatives/A/edit/").content.decode())
    assert posted["ends_on"] == "05/07/2026"
    unchanged = client.post("/initiatives/A/edit/", posted)
    assert unchanged.status_code == 302
    one.refresh_from_db()
    assert one.version == 1
    posted |= {"ends_on": "T3 2026", "new_programme": "Horizon", "systems": "SAP\nIntranet"}
    client.post("/initiatives/A/edit/", posted)
    one.refresh_from_db()
    assert one.ends_on == date(2026, 10, 1)
    assert one.programme == Programme.objects.get(name="Horizon")
    assert one.systems == ["SAP", "Intranet"]
    wrong = client.post("/initiatives/A/edit/", {**posted, "starts_on": "32/13/2026"})
    assert "Error:" in wrong.content.decode()
    late = {**posted, "starts_on": "01/01/2027", "version": "2"}
    assert (
        "The end comes before the start"
        in client.post("/initiatives/A/edit/", late).content.decode()
    )


@pytest.mark.parametrize(("keep", "title"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_two_people_at_once_choose(
    as_person: Callable[[str], Client], keep: str, title: str
) -> None:
    one = factories.initiative("HRIS", code="A")
    client = as_person("claire")
    posted = fields_of(client.get("/initiatives/A/edit/").content.decode())
    portfolio.update(cast.person("paul"), one, {"title": "Theirs", "family": "digital"})
    posted |= {"title": "Mine", "lead_name": "Karim"}
    page = client.post("/initiatives/A/edit/", posted).content.decode()
    assert "Paul Analyst wrote “Theirs”" in page
    assert 'name="keep-title"' in page
    assert 'name="keep-family"' not in page
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    one.refresh_from_db()
    assert (one.title, one.lead_name) == ("Theirs", "")
    client.post("/initiatives/A/edit/", {**hidden, "keep-title": keep})
    one.refresh_from_db()
    assert (one.title, one.lead_name, one.family) == (title, "Karim", "digital")


def test_a_cell_changes_in_place_and_without_javascript(
    as_person: Callable[[str], Client],
) -> None:
    one = factories.initiative(code="A")
    client = as_person("claire")
    plain = client.get("/initiatives/A/cell/stage/")
    assert plain["Location"] == "/initiatives/A/edit/#id_stage"
    form = client.get("/initiatives/A/cell/stage/", headers=HTMX).content.decode()
    assert "<html" not in form
    assert 'name="version" value="1"' in form
    posted = {"value": "deploy", "version": "1"}
    cell = client.post("/initiatives/A/cell/stage/", posted, headers=HTMX).content.decode()
    assert "Deploy" in cell
    assert f'id="cell-{one.pk}-stage"' in cell
    stale = {"value": "value", "version": "1"}
    clash = client.post("/initiatives/A/cell/stage/", stale, headers=HTMX).content.decode()
    assert "wrote meanwhile" in clash
    assert 'name="version" value="2"' in clash
    one.refresh_from_db()
    assert one.stage == "deploy"
    wrong = client.post("/initiatives/A/cell/stage/", {"value": "gone"}, headers=HTMX)
    assert "field-error" in wrong.content.decode()
    back = client.get("/initiatives/A/cell/stage/?cancel=1", headers=HTMX).content.decode()
    assert "<form" not in back
    assert client.get("/initiatives/A/cell/why/", headers=HTMX).status_code == 404


def test_views_are_kept_shared_and_deleted(as_person: Callable[[str], Client]) -> None:
    factories.initiative(code="A", stage="deploy")
    claire, rosa = as_person("claire"), as_person("rosa")
    form = claire.get("/portfolio/views/new/?stage=deploy").content.decode()
    assert 'value="stage=deploy"' in form
    posted = {"name": "Live", "query": "stage=deploy", "shared": "on"}
    answer = claire.post("/portfolio/views/new/?stage=deploy", posted)
    view = SavedView.objects.get()
    assert answer["Location"] == f"/portfolio/?stage=deploy&v={view.pk}"
    assert "Delete this view" in claire.get(answer["Location"]).content.decode()
    listed = rosa.get("/portfolio/").content.decode()
    assert f"?stage=deploy&amp;v={view.pk}" in listed
    assert rosa.post(f"/portfolio/views/{view.pk}/remove/").status_code == 403
    assert 'name="shared"' not in rosa.get("/portfolio/views/new/").content.decode()
    rosa.post("/portfolio/views/new/", {"name": "Mine", "query": "", "shared": "on"})
    mine = SavedView.objects.get(name="Mine")
    assert not mine.shared
    assert claire.post(f"/portfolio/views/{mine.pk}/remove/").status_code == 404
    claire.post("/portfolio/views/new/", {"name": "Live", "query": "stage=idea"})
    view.refresh_from_db()
    assert (view.query, view.shared) == ("stage=idea", False)
    claire.post(f"/portfolio/views/{view.pk}/remove/")
    assert not SavedView.objects.filter(pk=view.pk).exists()


def test_the_stop_note_says_what_is_freed(as_person: Callable[[str], Client]) -> None:
    one = factories.initiative(
        code="A", experts=["Architect"], starts_on=date(2026, 1, 5), ends_on=date(2100, 1, 1)
    )
    factories.impact(one, factories.population(headcount=260))
    freed.register(_hours)
    try:
        client = as_person("claire")
        page = client.get("/initiatives/A/stop/").content.decode()
    finally:
        freed.unregister(_hours)
    for told in ("260", "Architect", "12 hours of A"):
        assert told in page
    assert client.post("/initiatives/A/stop/", {"reason": ""}).status_code == 200
    client.post("/initiatives/A/stop/", {"reason": "No money"})
    one.refresh_from_db()
    assert one.stage == "stopped"


def _hours(one: Initiative) -> list[str]:
    return [f"12 hours of {one.code}"]


def test_panels_of_other_features_stand_beside(as_person: Callable[[str], Client]) -> None:
    factories.initiative(code="A")

    def maker(_person: object, one: Initiative) -> panels.Panel | None:
        return panels.Panel("Collisions", f"None with {one.code}", "/load/", "See the load")

    panels.register(maker)
    try:
        page = as_person("rosa").get("/initiatives/A/").content.decode()
    finally:
        panels.registered.unregister(maker)
    assert "None with A" in page
    assert "See the load" in page


def test_archived_pages_are_read_only(as_person: Callable[[str], Client]) -> None:
    factories.initiative(code="A")
    client = as_person("claire")
    assert client.post("/initiatives/A/archive/").status_code == 302
    page = client.get("/initiatives/A/").content.decode()
    assert "Archived: read only." in page
    assert "/initiatives/A/edit/" not in page
    assert client.get("/initiatives/A/edit/").status_code == 403
    client.post("/initiatives/A/restore/")
    assert client.get("/initiatives/A/edit/").status_code == 200


def test_history_tells_who_changed_what(as_person: Callable[[str], Client]) -> None:
    one = factories.initiative("HRIS", code="A")
    client = as_person("claire")
    portfolio.update(cast.person("paul"), one, {"lead_name": "Karim"})
    made = portfolio.add_milestone(cast.person("paul"), one, {"name": "Pilot"})
    portfolio.remove_milestone(cast.person("paul"), made)
    page = client.get("/initiatives/A/history/").content.decode()
    for told in ("Paul Analyst", "Karim", "Added the milestone", "Deleted the milestone"):
        assert told in page


def test_a_code_with_a_slash_has_its_page(as_person: Callable[[str], Client]) -> None:
    factories.initiative("HRIS", code="A/7~1 é")
    page = as_person("claire").get("/portfolio/").content.decode()
    address = re.search(r'<th scope="row"><a href="([^"]+)"', page)
    assert address
    assert as_person("claire").get(f"{address[1]}edit/").status_code == 200


def test_copies_open_their_page_of_edition(as_person: Callable[[str], Client]) -> None:
    factories.initiative("HRIS", code="IN-001")
    answer = as_person("claire").post("/initiatives/IN-001/duplicate/")
    assert answer["Location"] == "/initiatives/IN-002/edit/"
