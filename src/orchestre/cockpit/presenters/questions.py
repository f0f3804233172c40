"""The questions that committees ask, each a link to the page that answers it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orchestre.access.reach import Person, reach_of
from orchestre.access.rules import Can
from orchestre.load.presenters.words import address


@dataclass(frozen=True)
class Question:
    """A question, and where its answer is."""

    key: str
    text: str
    url: str


# key, question, page, arguments of its address, what one must be able to do
ASKED: tuple[tuple[str, str | Promise, str, tuple[str, ...], Can], ...] = (
    ("add", _("If we add this project, what moves?"), "sequencing:question", ("add",), Can.READ),
    ("delay", _("What does this delay do to the quarter?"), "sequencing:question", ("delay",),
     Can.READ),
    ("stop", _("If we stop this programme, what do we free?"), "sequencing:question", ("stop",),
     Can.READ),
    ("feasible", _("Is the strategy feasible with our people?"), "selection:strategy", (),
     Can.READ),
    ("zombies", _("Which projects are zombies?"), "weather:zombies", (), Can.READ),
    ("gains", _("How much have we really gained, and who validated it?"), "benefits:results", (),
     Can.READ),
    ("decided", _("What did we decide last time, and what did it change?"), "governance:home", (),
     Can.READ),
    ("exhausted", _("Who in this organisation cannot take any more?"), "load:overloads", (),
     Can.READ),
)  # fmt: skip


def questions(person: Person) -> tuple[Question, ...]:
    """Return the questions whose answer this person may read, of the whole organisation."""
    reach = reach_of(person)
    if not reach.can(Can.READ):
        return ()
    found = (
        Question(key, str(text), address(page, *arguments))
        for key, text, page, arguments, can in ASKED
        if reach.can_somewhere(can)
    )
    return tuple(one for one in found if one.url)
