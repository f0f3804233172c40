"""One row of figures as cells: a number, a class, marks, and the sentence a reader hears."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from orchestre.load.presenters import words
from orchestre.load.presenters.figures import NOT_BEFORE_ASSUMED, RowFigures
from orchestre.load.rules import scale
from orchestre.ui import formats
from orchestre.ui.charts.heatmap import HeatCell

WORST_BY = 0.005  # the corner is drawn when the worst is above the mean by more than this


@dataclass(frozen=True)
class ColumnWords:
    """A column as people name it."""

    text: str
    title: str
    group: str
    token: str  # 2026-W12 in addresses
    current: bool


def column_words(columns: Sequence[tuple[date, date]], zoom: str, today: date) -> list[ColumnWords]:
    """Name the columns: weeks grouped by month, or months grouped by year."""
    found = []
    for start, end in columns:
        middle = start if zoom == "week" else start + (end - start) / 2
        token = f"{start.isocalendar().year:04d}-W{start.isocalendar().week:02d}"
        if zoom == "week":
            text, title = formats.week(start), formats.week_long(start)
            group = formats.month(start)
        else:
            text, title = formats.month_short(middle), formats.month(middle)
            group = str(middle.year)
        found.append(ColumnWords(text, title, group, token, start <= today < end))
    return found


@dataclass(frozen=True)
class Painter:
    """Writes the cells of every row of one map in one measure."""

    measure: str
    thresholds: Sequence[float]
    columns: Sequence[ColumnWords]
    link: Callable[[str, str], str]
    separator: str
    words: dict[str, str]

    def cells(self, name: str, key: str, row: RowFigures) -> tuple[HeatCell, ...]:
        """Write one row; `key` names it in addresses."""
        if row.missing:
            return self._unknown(name, key)
        parts = self._risks(row) if self.measure == "risk" else self._loads(row)
        texts, levels, over, corners, values = parts
        crosses, frozen = row.crosses.tolist(), row.frozen.tolist()
        guessed = (row.guessed_ratio > NOT_BEFORE_ASSUMED).tolist()
        told = self.words
        return tuple(
            HeatCell(
                text=texts[at],
                level=levels[at],
                label=f"{name}, {column.text}{told['colon']}{values[at]}"
                + (told["over"] if over[at] else "")
                + (f"{told['worst']}{corners[at]}" if corners[at] else "")
                + (told["frozen"] if frozen[at] else ""),
                url=self.link(key, column.token),
                over=over[at],
                assumed=guessed[at],
                frozen=frozen[at],
                uncertain=crosses[at],
                worst_child=corners[at],
            )
            for at, column in enumerate(self.columns)
        )

    def _unknown(self, name: str, key: str) -> tuple[HeatCell, ...]:
        return tuple(
            HeatCell(
                "?",
                label=f"{name}, {column.text}{self.words['colon']}{self.words['missing']}",
                url=self.link(key, column.token),
                missing=True,
            )
            for column in self.columns
        )

    def _loads(self, row: RowFigures) -> _Parts:
        ratios, loads = row.ratio.tolist(), row.load.tolist()
        levels = [scale.level(one, self.thresholds) for one in ratios]
        if self.measure == "hours":
            texts = [words.short_hours(one, self.separator) for one in loads]
            values = [f"{one} h" for one in texts]
        else:
            texts = [words.short_ratio(one) for one in ratios]
            values = [f"{one} %" for one in texts]
        worst = row.worst_ratio.tolist()
        corners = [
            words.short_ratio(high) if high > max(mean if mean == mean else 0, 0) + WORST_BY else ""  # noqa: PLR0124 - nan differs from itself
            for mean, high in zip(ratios, worst, strict=True)
        ]
        return texts, levels, row.over.tolist(), corners, values

    def _risks(self, row: RowFigures) -> _Parts:
        if row.risk is None or row.worst_risk is None:
            blank = [""] * len(self.columns)
            return ["…"] * len(blank), [0] * len(blank), [False] * len(blank), blank, blank
        means, worst = row.risk.tolist(), row.worst_risk.tolist()
        texts = [str(round(one * 100)) for one in means]
        corners = [
            str(round(high * 100)) if high > mean + WORST_BY else ""
            for mean, high in zip(means, worst, strict=True)
        ]
        levels = [scale.risk_level(one) for one in means]
        return texts, levels, [one >= 4 for one in levels], corners, [f"{one} %" for one in texts]

    def worst_week(
        self, name: str, key: str, row: RowFigures, token_at: Callable[[int], date]
    ) -> HeatCell | None:
        """Write the heaviest week of the row: of its worst population when it is a unit."""
        if row.missing:
            return None
        peaks = row.worst_ratio
        at = int(peaks.argmax())
        if peaks[at] <= 0:
            return None
        monday = token_at(int(row.columns.peak_week[row.worst[at], at]))
        ratio = float(peaks[at])
        week = formats.week(monday)
        token = f"{monday.isocalendar().year:04d}-W{monday.isocalendar().week:02d}"
        return HeatCell(
            text=f"{words.short_ratio(ratio)} · {week}",
            level=scale.level(ratio, self.thresholds),
            label=_("%(name)s, worst week: %(week)s, %(ratio)s")
            % {"name": name, "week": week, "ratio": words.ratio(ratio)},
            url=self.link(key, token),
            over=ratio > 1,
        )


_Parts = tuple[list[str], list[int], list[bool], list[str], list[str]]


def painter(
    measure: str,
    thresholds: Sequence[float],
    columns: Sequence[ColumnWords],
    link: Callable[[str, str], str],
) -> Painter:
    """Prepare the words that every cell repeats, once."""
    french = (get_language() or "fr").startswith("fr")
    told = {
        "colon": pgettext("between a name and its figure", ": "),
        "over": ", " + (_("overload likely") if measure == "risk" else _("above capacity")),
        "worst": ", " + _("worst") + " ",
        "frozen": ", " + _("freeze"),
        "missing": _("nothing is known yet"),
    }
    return Painter(measure, thresholds, columns, link, "," if french else ".", told)
