"""Chances, delays and margins in words."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orchestre.outlook import rules
from orchestre.outlook.rules import Step
from orchestre.outlook.services.compute import Outlook
from orchestre.outlook.snapshot.chain import live_id
from orchestre.outlook.snapshot.problem import code_of
from orchestre.ui import formats
from orchestre.ui.components import StatusMark
from orchestre_engine.outlook import Seen

NO_BREAK = "\N{NO-BREAK SPACE}"
CERTAIN, NEVER = 0.995, 0.005
HUNDREDTHS = 0.1


def chances(ratio: float) -> str:
    """Write a probability as chances: one in five, nine in ten."""
    if ratio >= CERTAIN:
        return _("Practically certain")
    if ratio < NEVER:
        return _("Practically no chance")
    if ratio < HUNDREDTHS:
        count = max(round(ratio * 100), 1)
        return ngettext("%(n)s chance in 100", "%(n)s chances in 100", count) % {
            "n": formats.number(count)
        }
    over, whole = min(
        ((round(ratio * whole), whole) for whole in (2, 3, 4, 5, 10)),
        key=lambda pair: (round(abs(pair[0] / pair[1] - ratio), 2), pair[1]),
    )
    if over == whole:
        return _("More than nine chances in ten")
    return ngettext("%(n)s chance in %(whole)s", "%(n)s chances in %(whole)s", over) % {
        "n": _spelt(over),
        "whole": _spelt(whole),
    }


def _spelt(count: int) -> str:
    words = {
        1: pgettext("chances", "One"),
        2: pgettext("chances", "two"),
        3: pgettext("chances", "three"),
        4: pgettext("chances", "four"),
        5: pgettext("chances", "five"),
        7: pgettext("chances", "seven"),
        9: pgettext("chances", "nine"),
        10: pgettext("chances", "ten"),
    }
    return words.get(count, formats.number(count))


def opened(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]


def promise(view: Outlook, seen: Seen, promised_on: date | None) -> str:
    """Say what a go-live is likely to be: the sentence that one repeats aloud."""
    p80 = formats.day(view.built.day(seen.end.p80))
    if promised_on is None or seen.probability_kept is None:
        return _("No date was promised; count on %(day)s (P80).") % {"day": p80}
    facts = {
        "chances": opened(chances(seen.probability_kept)),
        "promised": formats.day(promised_on),
        "day": p80,
    }
    if view.built.day(seen.end.p80) <= promised_on:
        return _("%(chances)s to be live on %(promised)s: the date holds (P80: %(day)s).") % facts
    return _("%(chances)s to be live on %(promised)s; count on %(day)s (P80).") % facts


def mark(probability: float | None) -> StatusMark:
    """Give the state of a promise, in shape and words."""
    level = rules.level_of(probability)
    if probability is None:
        return StatusMark("unknown", _("nothing promised"))
    return StatusMark(level, formats.percent(probability))  # type: ignore[arg-type]  # one of the five states


def short_day(day: date | None) -> str:
    """Write a day so that it stays on one line: 1 Feb 2027."""
    if day is None:
        return formats.undefined()
    written: str = format_date(day, "d MMM y", locale=formats.locale())
    return written.replace(" ", NO_BREAK)


def in_weeks(days: float) -> str:
    """Write days as weeks."""
    weeks = round(rules.weeks(days), 1)
    return ngettext("%(n)s week", "%(n)s weeks", round(abs(weeks))) % {"n": formats.number(weeks)}


def kinds_of_task(view: Outlook, task: str) -> Step | None:
    """Return the milestone to which a task leads."""
    code = code_of(task)
    chain = view.built.chains.get(code)
    last = task.rsplit("/", 1)[1]
    if chain is None:
        return None
    if task == live_id(code):
        return chain.open_steps[-1] if chain.open_steps else None
    pk = 0 if last == "go" else int(last) if last.isdecimal() else -1
    return next((one for one in chain.open_steps if one.pk == pk), None)


def step_name(step: Step | None) -> str:
    """Write the name of a milestone; a go-live known by its date only has none."""
    return (step.name if step else "") or _("Go-live")
