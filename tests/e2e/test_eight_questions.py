"""The eight questions of a committee, from the home page: three clicks, thirty seconds, figures.

A director reads in French, a PMO in English, on the same organisation. What each page must say is
worked out apart, in another process, from the tables (`support.answers`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from support import browser as browsing
from support import serving
from support.browser import PASSPHRASE
from support.hands import Hand, day, number, plain, short_euros
from support.walk import ALL, faults

pytestmark = pytest.mark.e2e
MOST_CLICKS, MOST_SECONDS = 3, 30.0
PROJECTORS = ((1280, 800), (1920, 1080))
# language → name, role: who asks, as in life
CAST = {"fr": ("Hélène Direction", "office"), "en": ("Paul PMO", "analyst")}
DOORS = {
    "add": ("Si l’on ajoute ce projet", "If we add this project"),
    "delay": ("Que fait ce retard", "What does this delay do"),
    "stop": ("Si l’on arrête ce programme", "If we stop this programme"),
    "strategy": ("La stratégie est‑elle réaliste", "Is the strategy feasible"),
    "zombies": ("Quels sont les projets zombies", "Which projects are zombies"),
    "gains": ("Combien avons-nous vraiment gagné", "How much have we really gained"),
    "decided": ("Qu’avons-nous décidé", "What did we decide"),
    "over": ("Qui, dans l’organisation", "Who in this organisation"),
}
Told = dict[str, Any]


@dataclass
class Room:
    """Who asks, at the home page, and what the answers must be."""

    hand: Hand
    language: str
    told: Told

    @property
    def page(self) -> Page:
        return self.hand.page

    def ask(self, name: str) -> None:
        """Take the door of a question."""
        self.hand.click(self.page.locator(".asked a", has_text=DOORS[name][self.language == "en"]))

    def choose(self, text: str) -> None:
        """Take the link that begins so."""
        self.hand.click(self.page.locator("main table a", has_text=text))

    def answered(self) -> str:
        """Check the clicks, the time and what a projector shows; return the answer."""
        answer = self.page.locator("[data-answer]")
        expect(answer).to_be_visible()
        seconds = self.hand.seconds
        assert seconds < MOST_SECONDS
        assert self.hand.acts <= MOST_CLICKS
        for width, height in PROJECTORS:
            self.page.set_viewport_size({"width": width, "height": height})
            box = answer.bounding_box()
            assert box, "the answer is not drawn"
            assert box["y"] + box["height"] < height * 0.6, f"below the fold at {width} px"
            if os.environ.get("SHOTS"):
                shot = f"{self.page.url.split('/', 3)[3].replace('/', '-')[:60]}-{width}.png"
                self.page.screenshot(path=Path(os.environ["SHOTS"]) / shot)
        assert not faults(self.page, "light", ALL)
        print(f"{self.language} {self.hand.acts} clicks, {seconds:.1f} s")  # noqa: T201 - the measure, shown by pytest -s
        return plain(answer.inner_text())

    def says(self, value: float, decimals: int = 0) -> str:
        return number(value, self.language, decimals)

    def euros(self, value: float) -> str:
        return short_euros(value, self.language)

    def why(self) -> str:
        """Ask why of the first figure; return what explains it."""
        self.page.locator("main a.why").first.click()
        self.page.wait_for_load_state()
        expect(self.page.locator("h1")).not_to_be_empty()
        return plain(self.page.locator("main").inner_text())


@pytest.fixture(scope="module")
def told(demo: serving.Server) -> Told:
    """What the pages must say, worked out in another process."""
    code = "from support import answers; answers.tell()"
    found: Told = json.loads(serving.script(demo.folder, code))
    return found


@pytest.fixture(scope="module")
def seats(demo: serving.Server, browser: Browser) -> dict[str, Any]:
    """Return the sessions of those who ask."""
    states: dict[str, Any] = {}
    for language, (name, role) in CAST.items():
        email = f"{role}@example.org"
        serving.orchestre(
            demo.folder, "user", "create", email, "--name", name, "--role", role,
            "--language", language, "--passphrase-stdin", given=f"{PASSPHRASE}\n",
        )  # fmt: skip
        context, _told = browsing.window(browser, demo.url, language)
        browsing.sign_in(context.new_page(), email)
        states[language] = context.storage_state()
        context.close()
    return states


@pytest.fixture(params=sorted(CAST))
def room(
    request: pytest.FixtureRequest,
    demo: serving.Server,
    browser: Browser,
    seats: dict[str, Any],
    told: Told,
) -> Iterator[Room]:
    """Sit somebody at the home page."""
    language = request.param
    context, complaints = browsing.window(
        browser, demo.url, language, storage_state=seats[language]
    )
    page = context.new_page()
    page.goto("/")
    yield Room(Hand(page), language, told)
    context.close()
    complaints.check()


def test_every_question_has_its_door(room: Room) -> None:
    expect(room.page.locator(".asked a")).to_have_count(len(DOORS))


def test_if_we_add_this_project_what_moves(room: Room) -> None:
    it = room.told["add"]
    room.ask("add")
    room.choose(it["name"])
    answer = room.answered()
    assert it["name"] in answer
    assert room.euros(it["money"]) in answer
    assert f"{room.says(it['people'])} " in answer
    assert f"+{room.says(sum(it['hours'].values()))} h" in answer
    for name, hours in it["hours"].items():
        assert f"{name} +{room.says(hours)} h" in answer
    assert plain(room.page.locator("[data-figure] .figure-value").first.inner_text()) in room.why()


def test_what_does_the_hr_delay_do_to_the_second_quarter(room: Room) -> None:
    it = room.told["delay"]
    year, n = it["quarter"]
    quarter = f"T{n} {year}" if room.language == "fr" else f"Q{n} {year}"
    room.ask("delay")
    room.choose(it["unit"])
    room.choose(quarter)
    answer = room.answered()
    assert answer.startswith(f"{quarter}")
    assert it["unit"] in answer
    assert room.euros(it["cost"]) in answer
    assert f"{room.says(it['people'])} " in answer
    heaviest = sorted(it["hours"].items(), key=lambda one: -abs(one[1]))[:3]
    for name, hours in heaviest:
        assert f"{name} {'+' if hours > 0 else '−'}{room.says(abs(hours))} h" in answer
    assert it["unit"] in room.why()


def test_if_we_stop_this_programme_what_do_we_free(room: Room) -> None:
    it = room.told["stop"]
    room.ask("stop")
    room.choose(it["name"])
    answer = room.answered()
    for told in (
        it["name"],
        room.euros(it["money"]),
        room.euros(it["value"]),
        room.says(it["fte"], 1),
        f"{room.says(sum(it['hours'].values()))} h",
        f"{room.says(it['people'])} ",
    ):
        assert told in answer
    first = max(it["hours"], key=lambda name: it["hours"][name])
    assert f"{first} −{room.says(it['hours'][first])} h" in answer
    # what the figure says of the plan without the programme is what is explained
    assert it["name"] in room.why()


def test_is_the_strategy_feasible_with_our_people(room: Room) -> None:
    it = room.told["strategy"]
    room.ask("strategy")
    answer = room.answered()
    of = {"fr": "{} sur {}", "en": "{} of {}"}[room.language]
    changes = {"fr": "{} changements sur {}", "en": "{} of {} changes"}[room.language]
    assert of.format(it["feasible"], it["objectives"]) in answer
    assert changes.format(it["kept"], it["candidates"]) in answer
    assert any(name in answer for name in it["people"])
    assert room.page.locator("main section.card h2").count() == it["objectives"]
    room.why()


def test_which_projects_are_zombies(room: Room) -> None:
    room.ask("zombies")
    answer = room.answered()
    told = plain(room.page.locator("main").inner_text())
    for one in room.told["zombies"]:
        assert f"{one['code']} {one['title']}" in answer
        assert day(one["silent"], room.language) in told
        assert not one["ended"] or day(one["ended"], room.language) in told
    assert any(one["ended"] for one in room.told["zombies"])
    assert "€" in answer


def test_how_much_have_we_really_gained_and_who_validated_it(room: Room) -> None:
    it = room.told["gains"]
    room.ask("gains")
    answer = room.answered()
    assert room.euros(it["validated"]) in answer
    assert room.euros(it["declared"]) in answer
    assert it["who"]
    assert all(who in answer for who in it["who"])
    room.why()


def test_what_did_we_decide_last_time_and_what_did_it_change(room: Room) -> None:
    it = room.told["decided"]
    room.ask("decided")
    answer = room.answered()
    assert it["body"] in answer
    assert all(chosen in answer for chosen in it["chosen"][:3])
    assert it["read"] in answer
    assert all(room.says(value) in answer for value in it["figures"])
    room.why()


def test_who_cannot_take_any_more(room: Room) -> None:
    it = room.told["over"]
    room.ask("over")
    answer = room.answered()
    assert all(name in answer for name in it["names"])
    assert room.says(it["people"]) in answer
    assert "%" in answer
    # the heaviest figure is explained down to who entered what
    assert "%" in room.why()


def test_a_door_is_opened_from_the_keyboard(room: Room) -> None:
    door = room.page.locator(".asked a", has_text=DOORS["over"][room.language == "en"])
    door.focus()
    browsing.assert_focus_is_seen(room.page)
    room.hand.press("Enter")
    room.page.wait_for_url("**/load/overloads/")
    room.answered()
