"""The home page: what requires attention, for the person who looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.cockpit.presenters import blocks, cards, moved, questions, state
from orchestre.cockpit.presenters.strip import Strip, strip
from orchestre.cockpit.queries import tasks, team, todo
from orchestre.cockpit.queries.moved import news
from orchestre.cockpit.rules.tasks import HOME_CARDS
from orchestre.load import queries as load
from orchestre.load.presenters import words
from orchestre.load.services.answer import LoadView
from orchestre.load.services.compute import current
from orchestre.portfolio import policy as portfolio
from orchestre.portfolio.rules.facts import QUIET_STAGES
from orchestre.ui.components import Button
from orchestre.weather.presenters import beside


@dataclass(frozen=True)
class Todo:
    """The first cards, and how many more there are."""

    cards: tuple[cards.Card, ...]
    total: int
    more: int


@dataclass(frozen=True)
class Start:
    """One way to start when there is nothing yet."""

    icon: str
    title: str
    text: str
    button: Button


@dataclass(frozen=True)
class Home:
    """Everything that the page draws; each block stands or falls alone."""

    first_run: tuple[Start, ...]
    state: blocks.Block[SafeString]
    todo: blocks.Block[Todo]
    moved: blocks.Block[moved.MovedBlock]
    strip: blocks.Block[Strip | None]
    of_team: bool
    acts: bool
    questions: tuple[questions.Question, ...]


def home(person: Person, today: date, thresholds: tuple[float, ...], *, all_news: bool) -> Home:
    """Assemble the page of one person."""
    of_team = team.is_manager(person)
    most = moved.MOST_LINES if all_news else moved.LINES_AT_HOME
    return Home(
        first_run=_first_run(person),
        state=blocks.block("state", lambda: _state(person, today, of_team=of_team)),
        todo=blocks.block("todo", lambda: first_cards(person)),
        moved=blocks.block("moved", lambda: moved.moved(person, news(person), most)),
        strip=blocks.block("strip", lambda: _strip(person, today, thresholds)),
        of_team=of_team,
        acts=_acts(person),
        questions=questions.questions(person),
    )


def _acts(person: Person) -> bool:
    """Tell whether anything can await this person: who only reads is asked nothing."""
    reach = reach_of(person)
    return any(
        reach.can_somewhere(what)
        for what in (
            Can.EDIT_PORTFOLIO,
            Can.RATE_AS_PROJECT,
            Can.RATE_AS_UNIT,
            Can.SETTLE_FINDINGS,
        )
    )


def first_cards(person: Person) -> Todo:
    """Return the first cards of what awaits a person."""
    found = todo(person)
    shown = cards.cards(person, found[:HOME_CARDS])
    return Todo(shown, len(found), len(found) - len(shown))


def _first_run(person: Person) -> tuple[Start, ...]:
    if portfolio.visible_to(person).exists():
        return ()
    reach = reach_of(person)
    found = []
    url = words.address("exchange:new")
    if url and reach.can(Can.IMPORT):
        found.append(
            Start(
                "import",
                _("Import my file"),
                _(
                    "An Excel workbook, a CSV, an MS Project plan."
                    " Nothing is saved until you agree."
                ),
                Button(_("Import my file"), url, "primary"),
            )
        )
    url = words.address("demo:load")
    if url and reach.can(Can.ADMINISTER):
        found.append(
            Start(
                "spark",
                _("Explore sample data"),
                _("A fictional organisation with its overloads and conflicts, ready to look at."),
                Button(_("Load the sample data"), url, method="post"),
            )
        )
    url = words.address("portfolio:new")
    if url and portfolio.may_create(person):
        found.append(
            Start(
                "plus",
                _("Start blank"),
                _("Create a first change and the people it touches by hand."),
                Button(_("Create an initiative"), url),
            )
        )
    return tuple(found)


def _state(person: Person, today: date, *, of_team: bool) -> SafeString:
    rows = portfolio.visible_to(person).filter(archived_at=None).exclude(stage__in=QUIET_STAGES)
    count = rows.count()
    view, reader = current(today), load.reader_of(person)
    if of_team:
        return _team_state(view, reader, today, count)
    parts = [
        state.initiatives(count, f"{words.address('portfolio:list')}?{cards.UNDER_WAY}"),
        state.overloaded(len(state.over_now(view, reader, today))),
    ]
    weather = beside.home(person)
    if weather:
        parts.append(weather)
    waiting = tasks.findings_to_settle(person).count()
    if waiting:
        parts.append(state.waiting_findings(waiting))
    return state.joined(parts)


def _team_state(view: LoadView, reader: load.Reader, today: date, count: int) -> SafeString:
    seen = [
        row for row, code in enumerate(view.result.population_ids) if reader.sees_population(code)
    ]
    text = ngettext(
        "{n} initiative under way touches your team.",
        "{n} initiatives under way touch your team.",
        count,
    )
    first = format_html(text, n=state.linked(count, words.address("cockpit:team")))
    return state.joined([first, state.heaviest_week(view, seen, today)])


def _strip(person: Person, today: date, thresholds: tuple[float, ...]) -> Strip | None:
    view, reader = current(today), load.reader_of(person)
    seen = [
        row for row, code in enumerate(view.result.population_ids) if reader.sees_population(code)
    ]
    return strip(view, seen, today, thresholds)
