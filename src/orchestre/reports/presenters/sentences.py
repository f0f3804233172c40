"""The sentences of a report: who is overloaded, when, by what, and how surely."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orchestre.interactions.presenters.sentences import sentence
from orchestre.load.presenters import words
from orchestre.load.presenters.overloads import merged
from orchestre.reports.presenters.frame import Subject
from orchestre.reports.rules import AsOf
from orchestre.ui import formats
from orchestre_engine import load as engine


def headline(subject: Subject) -> str:
    """Say the report in one sentence."""
    overloads = subject.overloads
    if not overloads:
        return _quiet(subject)
    worst = overloads[0]
    values = {
        "who": subject.view.snapshot.groups[worst.population].name,
        "when": span_of(subject, worst),
        "peak": words.ratio(worst.peak_ratio),
        "week": formats.week(subject.view.monday(worst.peak_week)),
        "what": words.listed(_causes(subject, worst), 2),
    }
    if worst.peak_ratio == float("inf"):
        text = _("%(who)s: change is asked of people who can give nothing (%(when)s), by %(what)s.")
    else:
        text = _("%(who)s: up to %(peak)s of what people can absorb (%(when)s), with %(what)s.")
    others = len({one.population for one in overloads}) - 1
    if not others:
        return text % values
    more = ngettext(
        "%(n)s other population is overloaded too.",
        "%(n)s other populations are overloaded too.",
        others,
    ) % {"n": others}
    return f"{text % values} {more}"


def _quiet(subject: Subject) -> str:
    if float(subject.read(subject.view.result.load_hours).sum()) == 0:
        return _("Nothing is asked of anybody in these weeks, as far as the data tell.")
    return _("No population passes what it can absorb in these %(n)s weeks.") % {
        "n": subject.last - subject.first
    }


def _causes(subject: Subject, one: engine.Overload) -> list[str]:
    return [
        name for name, _share, _hours in merged(subject.view, subject.reader, one.contributions)
    ]


def span_of(subject: Subject, one: engine.Overload) -> str:
    """Say from when to when, in days that people work."""
    view = subject.view
    return formats.dates(view.monday(one.first), view.monday(one.last) - timedelta(days=2))


def chosen(when: AsOf) -> str:
    """Say from which day a file is analysed, and why that one."""
    values = {
        "day": formats.day(when.on),
        "weeks": when.weeks,
        "year": when.on.year,
        "held": when.held,
        "total": when.total,
    }
    if when.reason == "asked":
        return _("Analysed as of %(day)s, as asked, over %(weeks)s weeks.") % values
    if when.reason == "today":
        return _("Analysed as of %(day)s, this week, over %(weeks)s weeks.") % values
    return (
        _(
            "Analysed as of %(day)s, the start of %(year)s, over %(weeks)s weeks: this portfolio is"
            " no longer alive today, and no year holds more of its go-lives (%(held)s of"
            " %(total)s). Use --as-of for another day."
        )
        % values
    )


def uncounted(subject: Subject) -> tuple[str, ...]:
    """Say which initiatives the load cannot count."""
    found = []
    taken, reader = subject.view.snapshot, subject.reader
    for codes, text in ((taken.undated, _undated), (taken.unmapped, _unmapped)):
        names = [taken.askings[code].title for code in codes if reader.names(code)]
        if names:
            found.append(text(len(names), words.listed(names, 6)))
    return tuple(found)


def _undated(count: int, names: str) -> str:
    return ngettext(
        "%(n)s initiative without a date is not counted: %(names)s.",
        "%(n)s initiatives without dates are not counted: %(names)s.",
        count,
    ) % {"n": count, "names": names}


def _unmapped(count: int, names: str) -> str:
    return ngettext(
        "Nobody knows whom %(n)s initiative touches; it is not counted: %(names)s.",
        "Nobody knows whom %(n)s initiatives touch; they are not counted: %(names)s.",
        count,
    ) % {"n": count, "names": names}


def overload_lines(subject: Subject) -> list[str]:
    """Write each overload on one line."""
    view = subject.view
    return [
        _("%(who)s: %(peak)s, %(when)s, with %(what)s")
        % {
            "who": view.snapshot.groups[one.population].name,
            "peak": words.ratio(one.peak_ratio),
            "when": span_of(subject, one),
            "what": words.listed(_causes(subject, one), 3),
        }
        for one in subject.overloads
    ]


def finding_lines(subject: Subject) -> list[str]:
    """Write each finding on one line."""
    return [sentence(one, subject.names) for one in subject.between]
