"""What somebody asks a better order to be: what to protect, how far, which may move."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

MOST_SLIDER = 10
MONTHS = (6, 12, 24)
LONGEST_SECONDS, USUAL_SECONDS = 120, 30
MOST_WEEKS = 104
USUAL_SPREAD = 26


@dataclass(frozen=True, slots=True)
class Asked:
    """A better order, as it is asked.

    Attributes
    ----------
    people, dates, benefits : what to protect, 0 to 10 each, one at least above 0
    months : how far ahead
    later_weeks, earlier_weeks : the most that a go-live moves when nobody set its window
    only : codes that may move; empty, every one that its rules let move
    pinned : go-lives that stand where one says, in weeks from the plan in force (0: as in it)
    hidden : codes that the person may not read: counted, never moved
    seconds : time given to the search
    split : waves of an initiative may move apart
    spread_weeks : most weeks between the first and the last wave then, or those of today if more
    """

    people: int = 6
    dates: int = 2
    benefits: int = 2
    months: int = 12
    later_weeks: int = 13
    earlier_weeks: int = 8
    only: tuple[str, ...] = ()
    pinned: tuple[tuple[str, int], ...] = ()
    hidden: tuple[str, ...] = ()
    seconds: int = USUAL_SECONDS
    split: bool = False
    spread_weeks: int = USUAL_SPREAD

    def as_json(self) -> bytes:
        """Write it with its keys in order."""
        return json.dumps(asdict(self), sort_keys=True).encode()

    @classmethod
    def from_json(cls, content: bytes) -> Asked:
        """Read it again."""
        values = json.loads(content)
        return cls(
            **{
                **values,
                "only": tuple(values["only"]),
                "hidden": tuple(values["hidden"]),
                "pinned": tuple((code, weeks) for code, weeks in values["pinned"]),
            }
        )
