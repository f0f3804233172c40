"""The page of the strategy: axes, objectives, indicators, who serves them, who serves none."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.access.reach import Person
from orchestre.strategy import policy
from orchestre.strategy.models import Indicator, Objective
from orchestre.strategy.presenters.initiatives import Pushing, Serving, source
from orchestre.strategy.queries import axes, lone_indicators
from orchestre.strategy.rules import pulls_apart
from orchestre.ui import formats
from orchestre.ui.components import Button, EmptyState

ORPHANS_SHOWN = 20
SERVING_SHOWN = 12  # as the page cuts it


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator with where it goes and who pushes it."""

    name: str
    course: str
    url: str
    up: tuple[Pushing, ...]
    down: tuple[Pushing, ...]
    torn: bool


@dataclass(frozen=True)
class ObjectiveCard:
    """An objective with its indicators and the initiatives that serve it."""

    code: str
    title: str
    url: str
    facts: str
    late: bool
    indicators: tuple[IndicatorLine, ...]
    serving: tuple[Serving, ...]
    more: int  # of them, beyond the first that are shown
    new_indicator_url: str


@dataclass(frozen=True)
class AxisBlock:
    """An axis with its objectives."""

    name: str
    objectives: tuple[ObjectiveCard, ...]


@dataclass(frozen=True)
class StrategyPage:
    """What the strategy shows."""

    sentence: str
    axes: tuple[AxisBlock, ...]
    lone: tuple[IndicatorLine, ...]
    unserved: tuple[ObjectiveCard, ...]
    orphans: tuple[Serving, ...]
    orphans_total: int
    orphans_more: int
    empty: EmptyState | None
    may_edit: bool


def strategy_page(person: Person) -> StrategyPage:
    """Return the whole strategy, in a number of statements that does not grow with it."""
    blocks = axes(person)
    objectives = [one for block in blocks for one in block.objectives]
    lone = lone_indicators(person)
    indicators = [one for objective in objectives for one in objective.indicators.all()]
    serving = source.now.serving(person, [one.pk for one in objectives])
    pushing = source.now.pushing(person, [one.pk for one in (*indicators, *lone)])
    orphans, total = source.now.orphans(person, ORPHANS_SHOWN)
    shown = tuple(
        AxisBlock(
            block.name or _("Without strategic axis"),
            tuple(_card(one, serving.get(one.pk, []), pushing) for one in block.objectives),
        )
        for block in blocks
    )
    cards = [card for block in shown for card in block.objectives]
    may_edit = bool(policy.may_edit(person))
    return StrategyPage(
        sentence=_sentence(cards, total),
        axes=shown,
        lone=tuple(_line(one, pushing.get(one.pk, [])) for one in lone),
        unserved=tuple(card for card in cards if not card.serving),
        orphans=tuple(orphans) if cards else (),
        orphans_total=total if cards else 0,
        orphans_more=max(0, total - len(orphans)),
        empty=None if cards or lone else _empty(may_edit=may_edit),
        may_edit=may_edit,
    )


def _sentence(cards: list[ObjectiveCard], orphans: int) -> str:
    if not cards:
        return ""
    told = ngettext("%(n)s objective", "%(n)s objectives", len(cards)) % {
        "n": formats.number(len(cards))
    }
    unserved = sum(not card.serving for card in cards)
    if unserved:
        told += ", " + ngettext(
            "%(n)s without any initiative", "%(n)s without any initiative", unserved
        ) % {"n": formats.number(unserved)}
    if orphans:
        lost = ngettext("%(n)s initiative serves none", "%(n)s initiatives serve none", orphans) % {
            "n": formats.number(orphans)
        }
        told = _("%(served)s; %(lost)s") % {"served": told, "lost": lost}
    return f"{told}."


def _card(
    one: Objective, serving: list[Serving], pushing: dict[int, list[Pushing]]
) -> ObjectiveCard:
    facts = []
    if one.horizon_on:
        facts.append(_("by %s") % formats.day(one.horizon_on))
    if one.owner_name:
        facts.append(one.owner_name)
    return ObjectiveCard(
        code=one.code,
        title=one.title,
        url=reverse("strategy:objective", args=[one.pk]),
        facts=" · ".join(facts),
        late=one.horizon_on is not None and one.horizon_on < timezone.localdate(),
        indicators=tuple(
            _line(indicator, pushing.get(indicator.pk, [])) for indicator in one.indicators.all()
        ),
        serving=tuple(serving),
        more=max(0, len(serving) - SERVING_SHOWN),
        new_indicator_url=f"{reverse('strategy:indicator-new')}?objective={one.pk}",
    )


def _line(one: Indicator, pushing: list[Pushing]) -> IndicatorLine:
    up = tuple(push for push in pushing if push.direction == Indicator.Direction.UP)
    down = tuple(push for push in pushing if push.direction == Indicator.Direction.DOWN)
    return IndicatorLine(
        name=one.name,
        course=_course(one),
        url=reverse("strategy:indicator", args=[one.pk]),
        up=up,
        down=down,
        torn=pulls_apart(push.direction for push in pushing),
    )


def _course(one: Indicator) -> str:
    if one.baseline is None and one.target is None:
        return str(Indicator.Direction(one.direction).label)
    unit = f" {one.unit_of_measure}" if one.unit_of_measure else ""
    return _("from %(baseline)s to %(target)s%(unit)s") % {
        "baseline": formats.number(one.baseline),
        "target": formats.number(one.target),
        "unit": unit,
    }


def _empty(*, may_edit: bool) -> EmptyState:
    action = None
    if may_edit:
        action = Button(
            _("Write the first objective"), reverse("strategy:objective-new"), icon="plus"
        )
    return EmptyState(
        "new",
        _("No objective yet."),
        _("An objective says what a change is for; without it, effort cannot be compared."),
        action,
    )
