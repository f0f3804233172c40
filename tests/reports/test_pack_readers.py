"""Who opens which pack: what it holds decides, whoever asked for it and whatever moved since."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from pptx import Presentation

import cast
import factories
from factories.packs import publication
from orchestre.access.models import Grant
from orchestre.access.rules import Role
from orchestre.governance.models import Action, Body, Decision
from orchestre.kernel.errors import DomainError
from orchestre.org.models import Population
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Initiative
from orchestre.reports import policy, queries
from orchestre.reports.models import Publication
from orchestre.reports.presenters.files.pdf import foot
from orchestre.reports.presenters.pack import building
from orchestre.reports.presenters.pack.parts import KEYS
from orchestre.reports.rules.asked import PackAsked
from orchestre.reports.rules.document import Heat, Section, Table, thaw
from orchestre.reports.services import publishing, templates
from orchestre.resources.models import Role as Skill
from orchestre.resources.models import RoleCapacity, RoleDemand
from orchestre.runs import jobs
from orchestre.runs.models import Run

pytestmark = pytest.mark.django_db
autodiscover_modules("jobs")


def asked(**values: object) -> PackAsked:
    known: dict[str, object] = {"title": "COMEX", "audience": "COMEX", "language": "en"}
    return PackAsked(**{"parts": ("followup",), **known, **values})  # type: ignore[arg-type]  # names are those of the class


def published(**values: object) -> Publication:
    run, _waits = publishing.ask(cast.person("claire"), asked(**values), KEYS)
    done = jobs.compute(run)
    assert done.status == Run.Status.DONE, done.message
    return Publication.objects.get(pk=done.summary["publication"])


def section(row: Publication, key: str) -> Section:
    return next(one for one in thaw(bytes(row.content)).sections if one.key == key)


@pytest.fixture
def live(db: None) -> Initiative:
    cast.organisation()
    today = timezone.localdate()
    return factories.initiative(
        "Nouvelle caisse", code="IN-1", unit=factories.unit("Agences", code="AG"),
        starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=150),
    )  # fmt: skip


def decided(body: Body, number: int = 1, **values: object) -> Decision:
    known: dict[str, object] = {"question": "Décaler ?", "chosen": "Décaler", "decided_by": "DG"}
    return Decision.objects.create(code=f"D-2026-{number:03}", body=body, **{**known, **values})


def test_what_a_closed_committee_decided_is_open_to_who_reads_that_committee(
    live: Initiative, as_person: Callable[[str], Client]
) -> None:
    decided(Body.objects.create(name="Cellule de crise"))
    row = published()
    assert "Décaler" in str(section(row, "followup"))
    address = reverse("reports:pack", args=[row.pk])
    assert as_person("rosa").get(address).status_code == 404
    assert as_person("claire").get(address).status_code == 200
    without = published(parts=("money",))
    assert policy.visible_publications(cast.person("rosa")).get() == without


def test_what_an_open_committee_decided_is_open_to_every_reader(live: Initiative) -> None:
    decided(Body.objects.create(name="COPIL", open_to_readers=True))
    row = published()
    assert policy.visible_publications(cast.person("rosa")).get() == row


def test_who_may_no_longer_read_the_confidential_no_longer_opens_their_own_pack(
    live: Initiative,
) -> None:
    row = published(confidential=True)
    claire = cast.person("claire")
    assert policy.visible_publications(claire).get() == row
    Grant.objects.filter(user=claire).update(role=Role.ANALYST)
    again = type(claire).objects.get(pk=claire.pk)
    assert not policy.visible_publications(again).exists()


def test_figures_that_name_the_confidential_are_not_subtracted_from_those_that_do_not(
    live: Initiative,
) -> None:
    claire = cast.person("claire")
    secret = publication(claire, confidential=True)
    with pytest.raises(DomainError) as refused:
        publishing.ask(claire, asked(previous=secret.pk), KEYS)
    assert "previous" in refused.value.fields
    assert publishing.ask(claire, asked(previous=secret.pk, confidential=True), KEYS)
    assert queries.last_publication(claire, "COMEX", confidential=False) is None
    assert queries.last_publication(claire, "COMEX", confidential=True) == secret


def test_a_comparison_that_one_may_not_open_is_not_offered(
    as_person: Callable[[str], Client],
) -> None:
    secret = publication(cast.person("claire"), confidential=True)
    row = publication(cast.person("claire"), previous=secret)
    address = reverse("reports:pack-changes", args=[row.pk])
    page = reverse("reports:pack", args=[row.pk])
    assert address in as_person("claire").get(page).content.decode()
    assert address not in as_person("rosa").get(page).content.decode()


def test_the_page_of_one_initiative_says_confidential_when_it_is(live: Initiative) -> None:
    claire = cast.person("claire")
    assert "Confidential" not in foot(building.of_one(claire, "IN-1", "en"), "f" * 64)
    Initiative.objects.filter(pk=live.pk).update(confidential=True)
    assert "Confidential" in foot(building.of_one(claire, "IN-1", "en"), "f" * 64)


def test_every_decision_and_late_action_is_counted(live: Initiative) -> None:
    body = Body.objects.create(name="COPIL")
    for number in range(205):
        decided(body, number, verdict="achieved" if number else "")
    Action.objects.create(
        code="A-1", what="Former", body=body, due_on=timezone.localdate() - timedelta(days=3)
    )
    part = section(published(), "followup")
    assert "205 decisions recorded, 204 with" in part.lead
    table, late = part.blocks
    assert isinstance(table, Table)
    assert isinstance(late, Table)
    assert (len(table.rows), table.note) == (12, "193 more.")
    assert late.rows[0].cells[-1].text == "nobody"


def test_a_role_that_nobody_holds_is_the_first_shown(live: Initiative) -> None:
    today = timezone.localdate()
    dates = {"starts_on": today - timedelta(days=40), "ends_on": today + timedelta(days=300)}
    for number, fte in enumerate((10.0, 0.0, None)):
        role = Skill.objects.create(code=f"R{number}", name=f"Role {number}")
        RoleDemand.objects.create(initiative=live, role=role, fte=2.0, **dates)
        if fte is not None:
            RoleCapacity.objects.create(role=role, fte=fte, **dates)
    for number in range(3, 16):
        role = Skill.objects.create(code=f"R{number}", name=f"Role {number}")
        RoleDemand.objects.create(initiative=live, role=role, fte=1.0, **dates)
        RoleCapacity.objects.create(role=role, fte=4.0, **dates)
    assert Population.objects.count() == 0
    heat = next(
        one for one in section(published(parts=("saturation",)), "saturation").blocks
        if isinstance(one, Heat) and one.key == "roles"
    )  # fmt: skip
    names = [row.cells[0].text for row in heat.rows]
    assert names[0] == "Role 1"
    assert len(names) == 14
    assert "2 roles less in demand are not shown." in heat.note


@pytest.mark.parametrize("part", ["[Content_Types].xml", "ppt/presentation.xml"])
def test_a_damaged_presentation_is_refused_in_a_sentence(part: str) -> None:
    whole, broken = io.BytesIO(), io.BytesIO()
    Presentation().save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<not xml" if name == part else old.read(name))
    with pytest.raises(DomainError, match=r"\.pptx"):
        templates.bring(cast.person("claire"), "Charte", "charte.pptx", broken.getvalue())


def test_what_was_stopped_or_put_away_is_told_unless_it_is_confidential(live: Initiative) -> None:
    claire = cast.person("claire")
    since = published(parts=("changes",))
    away = factories.initiative("Ancien intranet", code="IN-2")
    secret = factories.initiative("Canari", code="IN-9", confidential=True)
    for one in (live, secret):
        portfolio.stop(claire, one, reason="Plus de budget")
    portfolio.archive(claire, away)
    table = section(published(parts=("changes",), previous=since.pk), "changes").blocks[0]
    assert isinstance(table, Table)
    told = {row.cells[0].text: [cell.text for cell in row.cells[1:4]] for row in table.rows}
    assert told["IN-1 · Nouvelle caisse"][0::2] == ["exit", "stopped"]
    assert told["IN-2 · Ancien intranet"][0::2] == ["exit", "archived"]
    assert not any("IN-9" in name for name in told)
