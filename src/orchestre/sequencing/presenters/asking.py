"""What a question is about, as an address, a form, a program or a command says it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.http import Http404

from orchestre.access.reach import Person
from orchestre.org.models import Unit
from orchestre.portfolio.models import Programme
from orchestre.portfolio.queries.one import by_code
from orchestre.sequencing.presenters import candidates
from orchestre.sequencing.presenters.answers import Asked
from orchestre.sequencing.presenters.candidates import USUAL_WEEKS
from orchestre.sequencing.rules.edits import LONGEST_DAYS

LONGEST_WEEKS = LONGEST_DAYS // 7
# what each question may be about, and how
TAKES = {
    "add": ("initiative",),
    "stop": ("initiative", "programme"),
    "delay": ("initiative", "unit", "weeks", "quarter"),
}


def asked_of(person: Person, given: Mapping[str, str], name: str, weeks: int = 0) -> Asked:
    """Read what a question is about; what this person may not see is not found."""
    weeks = weeks or USUAL_WEEKS
    code, programme, unit = (given.get(key, "") for key in ("initiative", "programme", "unit"))
    quarter = quarter_of(given.get("quarter", "")) if name == "delay" else None
    if unit and not code and name == "delay":
        holder = Unit.objects.filter(code=unit[:40]).first()
        rows = candidates.ahead(person).filter(unit=holder).order_by("code")
        if holder is None or not rows.exists():
            raise Http404
        return Asked(tuple(rows), None, weeks, holder, quarter)
    if programme and not code and name == "stop":
        found = Programme.objects.filter(code=programme[:40]).first()
        if found is None:
            raise Http404
        rows = candidates.live_rows(person).filter(programme=found)
        return Asked(tuple(rows.order_by("code")), found, weeks)
    one = (by_code(person, code[:40]),) if code else ()
    return Asked(one, None, weeks, quarter=quarter)


def quarter_of(text: str) -> tuple[int, int] | None:
    """Read 2027-2; what is not a quarter is not asked."""
    found = re.fullmatch(r"(20[0-9]{2})-([1-4])", text)
    return (int(found[1]), int(found[2])) if found else None
