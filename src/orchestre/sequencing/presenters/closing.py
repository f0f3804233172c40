"""What of a search is told to a person: what is closed to them is counted, never named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from orchestre.access.reach import Person
from orchestre.load.queries import Reader, reader_of
from orchestre.resources.policy import reads_money
from orchestre.sequencing.rules.proposal import Answer, Barrier, Clash, Leftover, MoveTold

MONEY = frozenset({"envelope", "means"})


def money_closed(person: Person, answer: Answer) -> Answer:
    """Return an answer without the money of the portfolio, for who may not read it."""
    if reads_money(person):
        return answer
    return replace(
        answer,
        before=answer.before.without_money(),
        proposals=tuple(
            replace(
                one,
                measures=one.measures.without_money(),
                moves=tuple(_without_envelopes(move) for move in one.moves),
            )
            for one in answer.proposals
        ),
    )


def _without_envelopes(move: MoveTold) -> MoveTold:
    return replace(
        move,
        reasons=tuple(_without_amount(one) for one in move.reasons),
        barriers=tuple(_without_amount(one) for one in move.barriers),
    )


def _without_amount(one: Barrier) -> Barrier:
    return replace(one, name="", amount=None) if one.kind in MONEY else one


def open_to(person: Person, answer: Answer) -> Answer:
    """Return an answer where no code that is closed to a person is left."""
    closed = _Closing(reader_of(person))
    told = money_closed(person, answer)
    return replace(
        told,
        proposals=tuple(
            replace(
                one,
                moves=tuple(closed.move(some) for some in one.moves if closed.names(some.code)),
                leftovers=tuple(closed.leftover(some) for some in one.leftovers),
            )
            for one in told.proposals
        ),
        clashes=tuple(closed.clash(one) for one in told.clashes),
        derived_delay=closed.codes(told.derived_delay),
        free_delay=closed.codes(told.free_delay),
        windowless=closed.codes(told.windowless),
        without_headcount=tuple(
            one for one in told.without_headcount if closed.reader.sees_population(one)
        ),
    )


@dataclass(frozen=True)
class _Closing:
    """Blanks the codes that a reader may not read."""

    reader: Reader

    def names(self, code: str) -> bool:
        return self.reader.names(code)

    def codes(self, codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in codes if self.reader.names(one))

    def change(self, code: str) -> str:
        return code if self.reader.names(code) else ""

    def people(self, code: str) -> str:
        return code if self.reader.sees_population(code) else ""

    def barrier(self, one: Barrier) -> Barrier:
        return replace(one, other=self.change(one.other), population=self.people(one.population))

    def move(self, one: MoveTold) -> MoveTold:
        return replace(
            one,
            spots=tuple(
                replace(spot, population=self.people(spot.population)) for spot in one.spots
            ),
            reasons=tuple(self.barrier(some) for some in one.reasons),
            barriers=tuple(self.barrier(some) for some in one.barriers),
        )

    def leftover(self, one: Leftover) -> Leftover:
        return replace(
            one,
            population=self.people(one.population),
            together=self.codes(one.together),
            remedies=tuple(replace(cure, change=self.change(cure.change)) for cure in one.remedies),
        )

    def clash(self, one: Clash) -> Clash:
        return Clash(
            tuple(
                self.barrier(rule) if self.reader.names(owner) else Barrier(rule.kind)
                for owner, rule in zip(one.owners, one.rules, strict=True)
            ),
            tuple(self.change(owner) for owner in one.owners),
        )
