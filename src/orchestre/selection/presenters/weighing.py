"""Drivers, who compares them, and one question at a time, with how far the answers agree."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from orchestre.selection import rules
from orchestre.selection.models import Driver, Judgement, Rater, Selection
from orchestre.selection.services import computing
from orchestre.ui import formats
from orchestre.ui.charts.small import Bars, Contribution
from orchestre.ui.tables import Column, DataTable, Row
from orchestre_engine.selection import Group, Weights

ADVERBS: dict[float, str | Promise] = {
    3.0: gettext_lazy("%(what)s, a little"),
    5.0: gettext_lazy("%(what)s, clearly"),
    7.0: gettext_lazy("%(what)s, much more"),
    9.0: gettext_lazy("%(what)s, beyond compare"),
}


@dataclass(frozen=True)
class Choice:
    """One of the nine answers."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Question:
    """One pair to compare."""

    first: Driver
    second: Driver
    number: int
    total: int
    version: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Line:
    """A pair with its answer, to come back to."""

    text: str
    answer: str
    url: str
    current: bool


@dataclass(frozen=True)
class ComparePage:
    """What the page of comparisons shows."""

    rater: Rater
    question: Question | None
    lines: tuple[Line, ...]
    sentence: str
    accepted: bool
    revisit: str
    revisit_url: str
    circle: str
    weights: Bars | None


def compare_page(rater: Rater, asked: str) -> ComparePage:
    """Build the page for a rater; `asked` names a pair, else the first one without an answer."""
    drivers = list(rater.selection.drivers.all())
    pairs = list(combinations(drivers, 2))
    rows = {(one.first_id, one.second_id): one for one in Judgement.objects.filter(rater=rater)}
    said = {pair: one.ratio for pair, one in rows.items()}
    wanted = next((pair for pair in pairs if _key(pair) == asked), None)
    if wanted is None:
        wanted = next((pair for pair in pairs if (pair[0].pk, pair[1].pk) not in said), None)
    weights = computing.weights(rater.selection, rater.pk)
    names = {str(one.pk): one.name for one in drivers}
    revisit, pair = _revisit(weights, names)
    return ComparePage(
        rater=rater,
        question=None if wanted is None else _question(pairs, wanted, rows),
        lines=tuple(_line(rater, one, said, current=one is wanted) for one in pairs),
        sentence=consistency(weights),
        accepted=bool(weights and weights.accepted),
        revisit=revisit,
        revisit_url=f"{_url(rater)}?pair={pair}" if pair else "",
        circle=_circle(weights, names),
        weights=_bars(weights, names),
    )


def _url(rater: Rater) -> str:
    return reverse("selection:compare", args=[rater.pk])


def _key(pair: tuple[Driver, Driver]) -> str:
    return f"{pair[0].pk}-{pair[1].pk}"


def _question(
    pairs: list[tuple[Driver, Driver]],
    pair: tuple[Driver, Driver],
    rows: dict[tuple[int, int], Judgement],
) -> Question:
    row = rows.get((pair[0].pk, pair[1].pk))
    known = row.ratio if row else None
    choices = tuple(
        Choice(f"{at}", answer(step, pair), known is not None and abs(known - step) < 1e-6)
        for at, step in enumerate(rules.SCALE)
    )
    number, version = pairs.index(pair) + 1, row.version if row else 0
    return Question(pair[0], pair[1], number, len(pairs), version, choices)


def answer(ratio: float, pair: tuple[Driver, Driver]) -> str:
    """Write a ratio in words."""
    step = rules.nearest_step(ratio)
    if step == 1:
        return _("Both as much")
    winner = pair[0] if step > 1 else pair[1]
    return str(ADVERBS[round(max(step, 1 / step))]) % {"what": winner.name}


def _line(
    rater: Rater,
    pair: tuple[Driver, Driver],
    said: dict[tuple[int, int], float],
    *,
    current: bool,
) -> Line:
    ratio = said.get((pair[0].pk, pair[1].pk))
    text = _("%(one)s or %(two)s") % {"one": pair[0].name, "two": pair[1].name}
    told = answer(ratio, pair) if ratio is not None else _("to answer")
    return Line(text, told, f"{_url(rater)}?pair={_key(pair)}", current)


def consistency(weights: Weights | None) -> str:
    """Say how far the answers agree."""
    if weights is None or not weights.answered:
        return _("Answer the first question: the weights appear as soon as they can.")
    if weights.consistency_ratio is None:
        left = weights.asked - weights.answered
        return ngettext(
            "%(n)d question left; the answers do not link all the drivers yet.",
            "%(n)d questions left; the answers do not link all the drivers yet.",
            left,
        ) % {"n": left}
    ratio = formats.share(weights.consistency_ratio)
    if not weights.complete:
        left = weights.asked - weights.answered
        return ngettext(
            "%(n)d question left; consistency so far %(ratio)s.",
            "%(n)d questions left; consistency so far %(ratio)s.",
            left,
        ) % {"n": left, "ratio": ratio}
    if weights.accepted:
        return _("The answers agree: consistency ratio %(ratio)s, under 10%%.") % {"ratio": ratio}
    return _("The answers contradict each other: consistency ratio %(ratio)s, 10%% or more.") % {
        "ratio": ratio
    }


def _revisit(weights: Weights | None, names: dict[str, str]) -> tuple[str, str]:
    """Name the judgement to revisit while the answers disagree too much."""
    if weights is None or weights.revisit is None or (weights.consistency_ratio or 0) < 0.1:
        return "", ""
    one = weights.revisit
    first, second = names[one.first], names[one.second]
    step = rules.nearest_step(one.consistent)
    would = (
        _("Both as much")
        if step == 1
        else str(ADVERBS[round(max(step, 1 / step))]) % {"what": first if step > 1 else second}
    )
    text = _("Revisit “%(one)s or %(two)s”: the other answers suggest “%(would)s”.") % {
        "one": first,
        "two": second,
        "would": would,
    }
    return text, f"{one.first}-{one.second}"


def _circle(weights: Weights | None, names: dict[str, str]) -> str:
    triad = weights.triad if weights else None
    if triad is None or not triad.circular:
        return ""
    one, two, three = (names[item] for item in triad.items)
    return _("A circle: %(one)s before %(two)s, before %(three)s, before %(one)s again.") % {
        "one": one,
        "two": two,
        "three": three,
    }


def _bars(weights: Weights | None, names: dict[str, str]) -> Bars | None:
    if weights is None or weights.weights is None:
        return None
    items = tuple(
        Contribution(names[item], weight, formats.percent(weight))
        for item, weight in zip(weights.items, weights.weights, strict=True)
    )
    return Bars(_("Weight of each driver"), items, _("Driver"), _("Weight"))


@dataclass(frozen=True)
class RaterLine:
    """Somebody who compares, and how far along."""

    rater: Rater
    url: str
    progress: str
    consistency: str


@dataclass(frozen=True)
class DriversPage:
    """What the page of drivers shows."""

    lead: str
    weights: Bars | None
    raters: tuple[RaterLine, ...]
    spreads: DataTable | None
    drivers: tuple[Driver, ...]
    full: bool


def drivers_page(selection: Selection) -> DriversPage:
    """Build the page of drivers: the group's weights, with the dispersion."""
    drivers = tuple(selection.drivers.select_related("objective"))
    names = {str(one.pk): one.name for one in drivers}
    group = computing.group(selection) if len(drivers) > 1 else None
    together = group.together if group else None
    declared = computing.declared_weights(selection)
    return DriversPage(
        lead=_lead(len(drivers), together, declared=declared is not None),
        weights=_declared_bars(declared) if declared else _group_bars(group, names),
        raters=tuple(_rater_line(one) for one in selection.raters.all()),
        spreads=_spreads(group, names),
        drivers=drivers,
        full=len(drivers) >= rules.MOST_DRIVERS,
    )


def _lead(count: int, together: Weights | None, *, declared: bool) -> str:
    if count < 2:
        return _("Name two to seven drivers: what the organisation wants more of.")
    if declared:
        return _("Nobody has compared them: they weigh as declared.")
    if together is None or together.weights is None:
        return _("Nobody has compared them: they all weigh the same for now.")
    return consistency(together)


def _declared_bars(weights: dict[str, float]) -> Bars:
    items = tuple(
        Contribution(name, weight, formats.percent(weight)) for name, weight in weights.items()
    )
    return Bars(_("Weight of each driver, as declared"), items, _("Driver"), _("Weight"))


def _rater_line(rater: Rater) -> RaterLine:
    weights = computing.weights(rater.selection, rater.pk)
    answered, asked = (weights.answered, weights.asked) if weights else (0, 0)
    return RaterLine(
        rater,
        _url(rater),
        _("%(answered)d of %(asked)d answers") % {"answered": answered, "asked": asked},
        formats.share(weights.consistency_ratio) if weights and weights.complete else "–",
    )


def _group_bars(group: Group | None, names: dict[str, str]) -> Bars | None:
    if group is None or group.together.weights is None:
        return None
    lows = group.lowest or group.together.weights
    highs = group.highest or group.together.weights
    items = tuple(
        Contribution(
            names[item], weight, formats.percent(weight),
            _("from %(low)s to %(high)s")
            % {"low": formats.percent(low), "high": formats.percent(high)},
        )
        for item, weight, low, high in zip(
            group.together.items, group.together.weights, lows, highs, strict=True
        )
    )  # fmt: skip
    return Bars(
        _("Weight of each driver, and the range between people"), items, _("Driver"), _("Weight")
    )


def _spreads(group: Group | None, names: dict[str, str]) -> DataTable | None:
    if group is None or len(group.each) < 2:
        return None
    columns = (
        Column(_("Pair"), wide=True),
        Column(_("Answers"), numeric=True),
        Column(_("At one end")),
        Column(_("At the other")),
        Column(_("Dispersion"), numeric=True),
    )
    rows = tuple(
        Row(
            (
                _("%(one)s or %(two)s") % {"one": names[one.first], "two": names[one.second]},
                str(one.answers),
                _said(one.lowest, names[one.first], names[one.second]),
                _said(one.highest, names[one.first], names[one.second]),
                f"× {formats.number(one.factor, 1)}",
            )
        )
        for one in group.spreads
    )
    return DataTable(_("Where people differ, the most divided pair first"), columns, rows)


def _said(ratio: float, first: str, second: str) -> str:
    step = rules.nearest_step(ratio)
    if step == 1:
        return _("Both as much")
    return str(ADVERBS[round(max(step, 1 / step))]) % {"what": first if step > 1 else second}
