"""A committee pack of sixty initiatives: written from the data, then drawn as each file.

The alternative of each reopening is to compute the pack again from the data, as a report that
keeps only its parameters must do: the ratio says how many times quicker the frozen one opens.

    python benchmarks/pack.py [--initiatives 60]
"""

from __future__ import annotations

import argparse
import time
from datetime import date

import scratch
from orchestre.access.models import Grant, User
from orchestre.load.services import compute
from orchestre.reports.presenters.files import pdf, slides, workbook
from orchestre.reports.presenters.pack.building import build
from orchestre.reports.presenters.pack.parts import KEYS
from orchestre.reports.rules.asked import PackAsked
from orchestre.reports.rules.document import fingerprint, freeze, thaw
from support import portfolio
from support.portfolio import Size

GOAL_SECONDS = 30.0


def office() -> User:
    """Return an account of the transformation office."""
    user = User.objects.create_user("office@example.org", "Office", "quatre-vents-sur-la-jetée")
    Grant.objects.create(user=user, role="office", scope=Grant.Scope.ALL)
    return user


def main() -> None:
    """Write one pack, reopen it, and print each step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--initiatives", type=int, default=60)
    count = parser.parse_args().initiatives
    with scratch.installation("bench_pack"):
        portfolio.fill(Size(count), date.today())  # noqa: DTZ011 - a calendar date
        compute.forget()
        asked = PackAsked("Comité", "COMEX", "fr", KEYS)
        user = office()
        began = time.perf_counter()
        pack = build(user, asked, lambda _ratio, _message: None)
        content = freeze(pack)
        written = time.perf_counter() - began
        began = time.perf_counter()
        again = thaw(content)
        opened = time.perf_counter() - began
        digest = fingerprint(content)
        print(f"{count} initiatives, {len(again.sections)} parts, {len(content):,} bytes frozen")
        print(f"  written from the data   {written:7.2f} s")
        print(f"  reopened from the frozen {opened:6.3f} s: {written / opened:,.0f} times quicker")
        total = written
        for name, draw in (("PDF", pdf.pack_pdf), ("slides", slides.pack_slides),
                           ("workbook", workbook.pack_workbook)):  # fmt: skip
            began = time.perf_counter()
            size = len(draw(again, digest))
            spent = time.perf_counter() - began
            total += spent
            print(f"  {name:<22}  {spent:7.2f} s, {size:,} bytes")
        print(f"  everything              {total:7.2f} s (goal: under {GOAL_SECONDS:.0f} s)")


if __name__ == "__main__":
    main()
