"""Findings read the go-live of the wave that reaches their people, and say so."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

import cast
import factories as make
from orchestre.impacts.models import Impact
from orchestre.interactions import queries, snapshot
from orchestre.interactions.models import Finding
from orchestre.interactions.presenters.sentences import sentence
from orchestre.interactions.services import refresh, similar
from orchestre.load.services import compute
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Wave

MAY = date(2026, 5, 4)


def look() -> dict[str, Finding]:
    compute.forget()
    refresh.look_again(None)
    return {one.rule: one for one in Finding.objects.filter(present=True)}


def wave(pair: SimpleNamespace, day: date = MAY) -> Wave:
    return portfolio.add_wave(
        cast.person("claire"), pair.second, name="Ouest", go_live_on=day, populations=[pair.people]
    )


def told(found: Finding) -> str:
    return sentence(found, queries.names_for(cast.person("claire")))


def test_a_wave_moves_an_overload_away_and_its_own_is_told_with_its_name(
    pair: SimpleNamespace,
) -> None:
    assert "wave" not in told(look()["overload"])
    wave(pair, date(2026, 8, 3))
    assert look() == {}  # 8 h around 6 April, 8 h around 3 August: 1.20 h a week of 1.75 possible
    Impact.objects.filter(initiative=pair.second).update(hours_per_person=16.0)
    found = look()["overload"]
    # 16 × 15 % = 2.40 h in the two weeks from the go-live
    assert found.score == pytest.approx((2.40 - 1.75) * 2 * 260)
    assert found.starts_on == date(2026, 8, 3)
    assert list(found.initiatives.all()) == [pair.second]
    assert told(found).endswith("that of the wave “Ouest” (3 August 2026) of Nouvelle caisse.")


def test_the_same_system_is_unsettled_around_the_wave(pair: SimpleNamespace) -> None:
    """SIRH: 23 February to 1 June. The wave in August: 22 June to 28 September."""
    for one in (pair.first, pair.second):
        one.systems = ["SAP"]
        one.save()
    assert look()["same-system"].score == 14 * 7
    made = wave(pair, date(2026, 8, 3))
    assert "same-system" not in look()
    portfolio.change_wave(cast.person("claire"), made, {"go_live_on": MAY})
    found = look()["same-system"]
    assert (found.starts_on, found.ends_on, found.score) == (
        date(2026, 3, 23),
        date(2026, 6, 1),
        70,
    )
    assert told(found).endswith(
        "The go-live that counts is that of the wave “Ouest” (4 May 2026) of Nouvelle caisse."
    )


def test_a_day_of_its_own_on_the_impact_is_not_told_as_that_of_the_wave(
    pair: SimpleNamespace,
) -> None:
    wave(pair)
    Impact.objects.filter(initiative=pair.second).update(go_live_on=date(2026, 4, 6))
    found = look()["same-people"]
    assert found.score == pytest.approx(338.0)
    assert "wave" not in told(found)


def test_the_wave_of_a_confidential_initiative_is_not_named(pair: SimpleNamespace) -> None:
    wave(pair, date(2026, 4, 6))
    pair.second.confidential = True
    pair.second.save()
    found = look()["same-people"]
    assert "Ouest" in told(found)
    rosa = cast.person("rosa")
    assert pair.second.pk in queries.names_for(rosa).hidden
    hidden = sentence(found, queries.names_for(rosa))
    assert "“Ouest”" not in hidden
    assert "a confidential initiative" in hidden


def test_the_page_of_a_finding_says_the_wave_under_its_title(
    pair: SimpleNamespace, client: Client
) -> None:
    cast.organisation()
    wave(pair, date(2026, 4, 6))
    client.force_login(cast.person("claire"))
    page = client.get(f"/load/findings/{look()['same-people'].pk}/").content.decode()
    lead = page.split('<p class="lead">')[1].split("</p>")[0]
    assert lead == (
        "The go-live that counts is that of the wave “Ouest” (6 April 2026) of Nouvelle caisse."
    )
    assert "“Ouest”" not in page.split("<h1>")[1].split("</h1>")[0]


def test_several_waves_of_one_initiative_are_told_with_its_name_once(
    pair: SimpleNamespace,
) -> None:
    """SIRH: 23 February to 1 June; waves on 4 and 18 May: 23 March to 13 July."""
    east = make.population("Agences Est", pair.unit, code="EAST", headcount=100)
    for one in (pair.first, pair.second):
        one.systems = ["SAP"]
        one.save()
        make.impact(one, east, hours_per_person=1.0)
    wave(pair)
    portfolio.add_wave(
        cast.person("claire"), pair.second, name="Est", go_live_on=date(2026, 5, 18),
        populations=[east],
    )  # fmt: skip
    found = look()["same-system"]
    assert found.score == 70
    assert told(found).endswith(
        "The go-lives that count are those of the waves “Ouest” (4 May 2026) and “Est”"
        " (18 May 2026) of Nouvelle caisse."
    )


def test_waves_cost_no_query(pair: SimpleNamespace) -> None:
    def asked() -> int:
        view = compute.compute(date(2026, 3, 2), 13)
        with CaptureQueriesContext(connection) as done:
            taken = snapshot.take(view, date(2026, 3, 2), similar.compare)
        assert not any("portfolio_wave" in one["sql"] for one in done)  # the load has read them
        waves.append(sum(len(one.waves) for one in taken.problem.changes))
        return len(done)

    waves: list[int] = []
    asked()  # the first reading also keeps the texts that it compared
    before = asked()
    for at in range(5):
        more = make.population(f"Groupe {at}", pair.unit)
        portfolio.add_wave(
            cast.person("claire"), pair.second, name=f"V{at}", go_live_on=MAY, populations=[more]
        )
    assert (asked(), waves) == (before, [0, 0, 5])


def test_it_reads_as_french(pair: SimpleNamespace) -> None:
    wave(pair, date(2026, 4, 6))
    found = look()["same-people"]
    with translation.override("fr"):
        assert told(found).endswith(
            "La mise en service qui compte est celle de la vague «\u00a0Ouest\u00a0»"
            " (6 avril 2026) de Nouvelle caisse."
        )
