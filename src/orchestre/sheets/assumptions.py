"""What was assumed while reading, told once per column rather than once per cell."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from orchestre.sheets.cells import Cell, DateStyle, format_date, parse_date
from orchestre.sheets.fields.declared import Field
from orchestre.sheets.mapping import MappedColumn
from orchestre.sheets.shapes import Notice
from orchestre.sheets.values import shown


def _told(value: object) -> str:
    """Return what was understood, as the reader's language writes it."""
    french = (get_language() or "fr").startswith("fr")
    if isinstance(value, date):
        return format_date(value, "fr" if french else "en")
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = f"{value:,.2f}".removesuffix(".00")
        return text.replace(",", "\u202f").replace(".", ",") if french else text
    return str(value)


@dataclass(slots=True)
class _Tally:
    count: int
    row: int
    example: str
    read: str


@dataclass(slots=True)
class Assumptions:
    """Counts of each assumption, by sheet and column, with the first example."""

    tallies: dict[tuple[str, str, str], _Tally] = field(default_factory=dict)
    currencies: dict[tuple[str, str], int] = field(default_factory=dict)
    order: DateStyle | None = None

    def note(
        self,
        declared: Field,
        sheet: str,
        row: int,
        column: MappedColumn,
        cell: object,
        read: Cell,
    ) -> None:
        """Remember the assumption behind one cell, if there is one."""
        code = read.assumed
        if read.precision not in (None, "day"):
            code = f"{'end' if declared.closes else 'start'}_of_{read.precision}"
        elif declared.type == "money" and column.unit not in ("", declared.unit) and not code:
            code = f"unit:{column.unit}"
        if not code:
            return
        value = _told(read.value)
        tally = self.tallies.get((code, sheet, column.header))
        if tally is None:
            self.tallies[code, sheet, column.header] = _Tally(1, row, shown(cell, 40), value)
        else:
            tally.count += 1

    def kept_currency(self, header: str, currency: str) -> None:
        """Remember that amounts were kept in another currency."""
        self.currencies[header, currency] = self.currencies.get((header, currency), 0) + 1

    def date_order(self, style: DateStyle) -> None:
        """Remember that the order of days and months was taken for granted."""
        self.order = style

    def notices(self) -> list[Notice]:
        """Return one sentence per assumption."""
        told = [
            Notice(
                f"assumed_{code.partition(':')[0]}", _sentence(code, header, one), sheet, one.row
            )
            for (code, sheet, header), one in self.tallies.items()
        ]
        for (header, currency), count in self.currencies.items():
            sentence = _("“%(header)s”: amounts in %(currency)s kept as they are: %(count)d.")
            told.append(
                Notice(
                    "kept_currency",
                    sentence % {"header": header, "currency": currency, "count": count},
                )
            )
        if self.order is not None:
            told.append(Notice("assumed_date_order", _order_sentence(self.order)))
        return told


def _order_sentence(style: DateStyle) -> str:
    read = parse_date(style.example, dayfirst=style.dayfirst).value if style.example else None
    return _("Dates are read %(order)s: “%(example)s” is %(read)s.") % {
        "order": _("day first") if style.dayfirst else _("month first"),
        "example": style.example,
        "read": read.isoformat() if isinstance(read, date) else "",
    }


def _sentence(code: str, header: str, tally: _Tally) -> str:
    kind, _colon, unit = code.partition(":")
    texts = {
        "start_of_week": _("weeks read as their Monday"),
        "start_of_month": _("months read as their first day"),
        "start_of_quarter": _("quarters read as their first day"),
        "start_of_half": _("half-years read as their first day"),
        "start_of_year": _("years read as their first day"),
        "end_of_week": _("weeks read as their Sunday"),
        "end_of_month": _("months read as their last day"),
        "end_of_quarter": _("quarters read as their last day"),
        "end_of_half": _("half-years read as their last day"),
        "end_of_year": _("years read as their last day"),
        "percent": _("bare numbers read as percentages"),
        "decimal_mark": _("the mark before three digits may separate thousands or decimals"),
        "spelling": _("words read as the nearest accepted word"),
        "unit": _("bare amounts read in %(unit)s"),
    }
    return _("“%(header)s”: %(what)s: %(count)d. Example: “%(example)s” → %(read)s.") % {
        "header": header,
        "what": texts[kind] % {"unit": unit} if unit else texts[kind],
        "count": tally.count,
        "example": tally.example,
        "read": tally.read,
    }
