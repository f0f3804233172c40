"""One sentence per rule, in the language of the reader; nobody unnamed is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from orchestre.interactions.models import Finding
from orchestre.interactions.queries import Names
from orchestre.interactions.rules import Facts, facts_of
from orchestre.load.presenters import words
from orchestre.load.rules.dates import parse_week
from orchestre.org.models import Population
from orchestre.portfolio.models import Initiative
from orchestre.ui import formats


class Told:
    """A finding with the words that its sentence needs."""

    def __init__(self, finding: Finding, names: Names) -> None:
        self.finding = finding
        self.facts: Facts = facts_of(finding.facts)
        self._names = names
        self._initiatives = {str(one.pk): one for one in finding.initiatives.all()}
        self._populations = {str(one.pk): one for one in finding.populations.all()}

    @property
    def initiatives(self) -> list[Initiative]:
        """Initiatives that may be named, in the order of the rule."""
        ordered = [
            self._initiatives[pk]
            for pk in self.facts.words("initiative")
            if pk in self._initiatives
        ]
        rest = [one for one in self._initiatives.values() if one not in ordered]
        return [one for one in [*ordered, *rest] if one.pk not in self._names.hidden]

    @property
    def populations(self) -> list[Population]:
        """Populations that may be named."""
        return [one for one in self._populations.values() if self._names.sees(one.pk)]

    def title(self, key: str) -> str:
        """Title of an initiative by its key, without its name when it may not be told."""
        one = self._initiatives.get(key)
        if one is None or one.pk in self._names.hidden:
            return _("a confidential initiative")
        return one.title

    def titles(self) -> str:
        """Every initiative: A and B, or A, B and a confidential initiative."""
        found = [one.title for one in self.initiatives]
        unnamed = len(self._initiatives) - len(found)
        if unnamed:
            found.append(
                ngettext(
                    "a confidential initiative", "%(n)s confidential initiatives", unnamed
                ) % {"n": unnamed}
            )  # fmt: skip
        return words.listed(found, 3)

    def pair(self) -> tuple[str, str]:
        """The first two initiatives, in the order of the rule."""
        keys = self.facts.words("initiative")
        return self.title(keys[0] if keys else ""), self.title(keys[1] if len(keys) > 1 else "")

    def waves(self) -> dict[str, list[str]]:
        """Waves whose go-live decides and their days, by initiative that may be named."""
        found: dict[str, list[str]] = {}
        told = zip(
            self.facts.words("wave_change"), self.facts.words("wave"), self.facts.words("wave_on"),
            strict=True,
        )  # fmt: skip
        for change, wave, day in told:
            if int(change) not in self._names.hidden:
                values = {"wave": wave, "day": formats.day(_day(day))}
                found.setdefault(change, []).append(_("“%(wave)s” (%(day)s)") % values)
        return found

    def worst(self) -> tuple[str, str, str]:
        """Name and headcount of the worst population, and its worst week."""
        key = self.facts.word("worst_population")
        one = self._populations.get(key)
        monday = parse_week(self.facts.word("worst_week"))
        week = str(monday.isocalendar().week) if monday else ""
        if one is None or not self._names.sees(one.pk):
            return _("a population outside your scope"), "", week
        heads = "" if one.headcount is None else formats.number(one.headcount)
        return one.name, heads, week


def sentence(finding: Finding, names: Names) -> str:
    """Say a finding in one sentence, and one more when the go-live of waves decides."""
    told = Told(finding, names)
    return f"{headline(told)} {by_waves(told)}".strip()


def headline(told: Told) -> str:
    """Say a finding in one sentence."""
    return _MAKERS.get(told.finding.rule, _plain)(told)


def by_waves(told: Told) -> str:
    """Say which waves decide; nothing when the dates are those of the initiatives."""
    found = told.waves()
    parts = [
        ngettext("wave %(waves)s of %(title)s", "waves %(waves)s of %(title)s", len(some))
        % {"waves": words.listed(some, 3), "title": told.title(change)}
        for change, some in found.items()
    ]
    if not parts:
        return ""
    return ngettext(
        "The go-live that counts is that of the %(waves)s.",
        "The go-lives that count are those of the %(waves)s.",
        sum(map(len, found.values())),
    ) % {"waves": words.listed(parts, 3)}


def _plain(told: Told) -> str:
    return _("%(titles)s: to look at together.") % {"titles": told.titles()}


def _hours(value: float | None) -> str:
    return formats.hours(value, 2)


def _overload(told: Told) -> str:
    name, heads, week = told.worst()
    people = _("%(name)s (%(n)s people)") % {"name": name, "n": heads} if heads else name
    return _(
        "%(people)s: %(load)s asked of each person in week %(week)s, %(able)s possible."
        " Because of %(titles)s."
    ) % {
        "people": people,
        "load": _hours(told.facts.number("load_hours")),
        "week": week,
        "able": _hours(told.facts.number("capacity_hours")),
        "titles": told.titles(),
    }


def _same_people(told: Told) -> str:
    name, heads, week = told.worst()
    own, able = told.facts.number("own_hours"), told.facts.number("capacity_hours")
    values = {
        "titles": told.titles(),
        "own": _hours(own),
        "load": _hours(told.facts.number("load_hours")),
        "able": _hours(able),
        "name": name,
        "n": heads,
        "week": week,
    }
    alone = own is not None and able is not None and own > able
    if alone and heads:
        return (
            _(
                "%(titles)s ask %(own)s of each of the %(n)s people of %(name)s in week %(week)s;"
                " they can give %(able)s."
            )
            % values
        )
    if alone:
        return (
            _(
                "%(titles)s ask %(own)s of each person of %(name)s in week %(week)s;"
                " they can give %(able)s."
            )
            % values
        )
    return (
        _(
            "%(titles)s ask %(own)s of each person of %(name)s in week %(week)s; with all the rest,"
            " %(load)s for %(able)s possible."
        )
        % values
    )


def _crowded(told: Told) -> str:
    name, _heads, week = told.worst()
    count = round(told.facts.number("changes") or 0)
    return _(
        "%(n)s small changes together overload %(name)s, above all in week %(week)s;"
        " none of them weighs alone."
    ) % {"n": count, "name": name, "week": week}


def _span(told: Told) -> str:
    dates = formats.dates(told.finding.starts_on, told.finding.ends_on)
    periods = round(told.facts.number("periods") or 1)
    if periods == 1:
        return dates
    return _("%(dates)s, in %(n)s periods") % {"dates": dates, "n": periods}


def _shared(fact: str, one: str) -> Callable[[Told], str]:
    def made(told: Told) -> str:
        return str(_SHARED[one]) % {
            "titles": told.titles(),
            "things": words.listed(told.facts.words(fact)),
            "dates": _span(told),
        }

    return made


def _messages(told: Told) -> str:
    gap = told.facts.number("closest_gap_days")
    people = words.listed([one.name for one in told.populations])
    if gap is None:
        return _("%(titles)s write to %(people)s at the same time (%(dates)s).") % {
            "titles": told.titles(), "people": people, "dates": _span(told)
        }  # fmt: skip
    return ngettext(
        "%(titles)s write to %(people)s within %(n)s day of each other.",
        "%(titles)s write to %(people)s within %(n)s days of each other.",
        round(gap),
    ) % {"titles": told.titles(), "people": people, "n": round(gap)}


def _opposed(told: Told) -> str:
    up = words.listed([told.title(key) for key in told.facts.words("raises")])
    down = words.listed([told.title(key) for key in told.facts.words("lowers")])
    name = told.facts.word("indicator_name") or told.facts.word("indicator")
    return _("%(up)s pushes “%(name)s” up, %(down)s pushes it down.") % {
        "up": up, "down": down, "name": name
    }  # fmt: skip


def _late(told: Told) -> str:
    first, second = told.pair()
    days = round(told.facts.number("late_days") or 0)
    what = told.facts.word("what") or _("its result")
    return ngettext(
        "%(second)s needs %(what)s of %(first)s on %(needed)s; it will be ready on %(ready)s,"
        " %(n)s day late.",
        "%(second)s needs %(what)s of %(first)s on %(needed)s; it will be ready on %(ready)s,"
        " %(n)s days late.",
        days,
    ) % {
        "first": first,
        "second": second,
        "what": what,
        "needed": formats.day(_day(told.facts.word("needed_on"))),
        "ready": formats.day(_day(told.facts.word("ready_on"))),
        "n": days,
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _cycle(told: Told) -> str:
    names = [told.title(key) for key in told.facts.words("initiative")]
    loop = " → ".join([*names, names[0]]) if names else told.titles()
    return _("These initiatives wait for each other: %(loop)s. None can be first.") % {"loop": loop}


def _event(told: Told) -> str:
    hours = told.finding.score
    saved = (
        _("%(n)s person-hours") % {"n": formats.number(hours, 0)}
        if told.finding.score_unit == "person_hours"
        else _("%(hours)s per person") % {"hours": _hours(hours)}
    )
    return _(
        "%(titles)s plan close sessions (%(kind)s) for %(people)s: one shared event would save"
        " about %(saved)s."
    ) % {
        "titles": told.titles(),
        "kind": words.phase(told.facts.word("session_kind")),
        "people": words.listed([one.name for one in told.populations], 3),
        "saved": saved,
    }


def _duplicate(told: Told) -> str:
    return _("%(titles)s look alike (%(score)s): %(terms)s.") % {
        "titles": told.titles(),
        "score": formats.percent(told.finding.score),
        "terms": words.listed(told.facts.words("shared_term"), 5),
    }


_SHARED = {
    "system": gettext_lazy(
        "%(titles)s change the same system, %(things)s, in the same weeks (%(dates)s)."
    ),
    "process": gettext_lazy(
        "%(titles)s change the same process, %(things)s, in the same weeks (%(dates)s)."
    ),
    "expert": gettext_lazy(
        "%(titles)s need the same scarce expertise, %(things)s, together (%(dates)s)."
    ),
    "supplier": gettext_lazy(
        "%(titles)s rely on the same supplier, %(things)s, and touch the same people."
    ),
    "deliverable": gettext_lazy("%(titles)s both produce %(things)s: one could serve the other."),
}

_MAKERS: dict[str, Callable[[Told], str]] = {
    "overload": _overload,
    "same-people": _same_people,
    "crowded-people": _crowded,
    "same-system": _shared("system", "system"),
    "same-process": _shared("process", "process"),
    "scarce-expert": _shared("expert", "expert"),
    "messages-close": _messages,
    "indicator-opposed": _opposed,
    "predecessor-late": _late,
    "cycle": _cycle,
    "shared-event": _event,
    "same-supplier": _shared("supplier", "supplier"),
    "same-deliverable": _shared("deliverable", "deliverable"),
    "similar-text": _duplicate,
}
