"""Drawing with attributes only: the content policy forbids styles."""

from __future__ import annotations

import math
from collections.abc import Iterable

from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Value = str | int | float | None


def _written(value: str | float) -> str:
    return f"{round(value, 1):g}" if isinstance(value, float) else escape(value)


def el(name: str, *children: str, **attrs: Value) -> SafeString:
    """An element; `_` becomes `-`, a trailing one is dropped, None is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_written(value)}"'
        for key, value in attrs.items()
        if value is not None
    )
    inside = "".join(conditional_escape(child) for child in children)
    return mark_safe(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")


def join(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def title(text: str) -> SafeString:
    return format_html("<title>{}</title>", text)


def text_width(text: str, size: float = 13) -> float:
    """A generous guess: a label that is drawn outside its bar is better than a cut one."""
    return len(text) * size * 0.56


def round_values(highest: float, about: int = 6) -> list[float]:
    """Return about so many round values from zero: steps of 1, 2 or 5 times a power of ten."""
    if highest <= 0:
        return [0.0]
    power = 10.0 ** math.floor(math.log10(highest / about))
    step = next(times * power for times in (1, 2, 5, 10) if highest / (times * power) <= about)
    return [at * step for at in range(int(highest / step) + 1)]


def axis_top(value: float) -> float:
    """The next of 1, 2, 4, 8 times a power of ten, so that quarters are readable."""
    power = 10.0 ** (len(str(int(value))) - 1 if value >= 1 else -1)
    return next(step * power for step in (1, 2, 4, 8, 10, 20) if step * power >= value)
