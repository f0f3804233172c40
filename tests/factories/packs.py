"""A small frozen pack, for tests that need one to be there."""

from __future__ import annotations

from datetime import date

from orchestre.access.models import User
from orchestre.reports.models import Publication
from orchestre.reports.rules.document import (
    Bar,
    Cell,
    Chart,
    Choice,
    Figure,
    Figures,
    Ground,
    Head,
    Heat,
    Line,
    Mark,
    Pack,
    Question,
    Road,
    Section,
    Series,
    Table,
    Words,
    fingerprint,
    freeze,
)

DAY = date(2026, 11, 29)


def pack(people: int = 3, title: str = "Comité") -> Pack:
    """Return a pack that holds one block of each kind."""
    blocks = (
        Figures("key", (Figure("people", "Populations", str(people), people, "of 9", "Count"),)),
        Table("t", "Milestones", (Head("When"), Head("Gap", numeric=True)),
              (Line("m1", (Cell("16 mars"), Cell("+7", 7.0, tone="off"))),), note="1 more."),
        Heat("h", "Load", "Population", ("nov. 26", "déc. 26"),
             (Line("P1", (Cell("Agences"), Cell("140 %", 1.4, 5), Cell("n.d."))),),
             ("nothing", "low", "half", "full", "above", "far above", "very far above")),
        Chart("c", "Euros", "Money rises", "stack", ("nov. 26", "déc. 26"),
              (Series("planned", (1200.5, None)), Series("spent", (0.0, 300.0))), "€"),
        Road("r", "Roadmap", date(2026, 10, 1), date(2027, 3, 1), DAY,
             (Bar("IN-1", "IN-1 · Caisses", date(2026, 10, 5), date(2027, 1, 4),
                  (date(2026, 10, 1), date(2026, 12, 1)), "watch",
                  (Mark(date(2026, 12, 7), "Go-live"),)),)),
        Words("w", ("One sentence.", "Another."), title="In words", bullets=True),
        Question("q", "Which order?", ("Context.",), ("Excess hours",),
                 (Choice("As is", (Cell("900 h", 900.0),)),
                  Choice("Later", (Cell("120 h", 120.0),), recommended=True)),
                 "Choose the second.", "By Friday.", "Waiting costs 3 k€ a week."),
    )  # fmt: skip
    return Pack(
        title=title,
        organisation="Maison Test",
        language="fr",
        audience="COMEX",
        as_of=DAY,
        written_at="29 novembre 2026",
        sections=(Section("all", "Everything", "A lead.", blocks),),
        grounds=(Ground("load", "1", "20261", "f" * 64),),
    )


def publication(by: User | None = None, **values: object) -> Publication:
    """Store a pack as if it had been published."""
    content = freeze(pack())
    known: dict[str, object] = {"title": "Comité", "audience": "COMEX", "language": "fr"}
    return Publication.objects.create(
        as_of=DAY, content=content, fingerprint=fingerprint(content), published_by=by,
        **{**known, **values},
    )  # fmt: skip
