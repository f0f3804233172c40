"""The Markdown of our own guides as HTML: everything is escaped, only a few shapes are known.

Known: headings, paragraphs, lists (one level), tables, fenced code, quotes, rules; inline code,
bold, italic, links. Images become their text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify

Resolve = Callable[[str], str]

_INLINE = re.compile(
    r"`(?P<code>[^`]+)`|!\[(?P<alt>[^\]]*)\]\([^)]*\)|\[(?P<text>[^\]]+)\]\((?P<url>[^)\s]+)\)"
    r"|\*\*(?P<bold>.+?)\*\*|(?<![\w*])[*_](?P<italic>[^*_]+)[*_](?![\w*])"
)
_HEADING = re.compile(r"(#{1,4})\s+(.+)")
_ITEM = re.compile(r"(?:[-*+]|(\d+)[.)])\s+(.+)")
_RULE = re.compile(r"\|?[\s:|-]+\|[\s:|-]*$")


@dataclass(frozen=True)
class Page:
    """A guide: its first heading, and the rest."""

    title: str
    body: SafeString


def page(text: str, resolve: Resolve) -> Page:
    """Render a guide; `resolve` turns the target of a link into an address, empty to drop it."""
    lines = text.replace("\r\n", "\n").split("\n")
    first = next((at for at, line in enumerate(lines) if line.startswith("# ")), None)
    title = lines.pop(first)[2:].strip() if first is not None else ""
    return Page(plain(title), _joined(_blocks(lines, resolve)))


def plain(text: str) -> str:
    """Return the words of a line without its marks."""
    return _INLINE.sub(lambda found: next((g for g in found.groups() if g), ""), text)


def _joined(parts: Iterator[SafeString]) -> SafeString:
    return format_html_join("\n", "{}", ((part,) for part in parts))


def _inline(text: str, resolve: Resolve) -> SafeString:
    parts: list[str] = []
    at = 0
    for found in _INLINE.finditer(text):
        parts += [conditional_escape(text[at : found.start()]), _mark(found, resolve)]
        at = found.end()
    parts.append(conditional_escape(text[at:]))
    return format_html_join("", "{}", ((part,) for part in parts))


def _mark(found: re.Match[str], resolve: Resolve) -> SafeString:
    told = found.groupdict()
    if told["code"]:
        return format_html("<code>{}</code>", told["code"])
    if told["bold"]:
        return format_html("<strong>{}</strong>", _inline(told["bold"], resolve))
    if told["italic"]:
        return format_html("<em>{}</em>", told["italic"])
    if told["url"]:
        words, address = _inline(told["text"], resolve), resolve(told["url"])
        return format_html('<a href="{}">{}</a>', address, words) if address else words
    return format_html("{}", told["alt"] or "")


def _blocks(lines: list[str], resolve: Resolve) -> Iterator[SafeString]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
            continue
        end, block = _block(lines, at, resolve)
        yield block
        at = max(end, at + 1)


def _block(lines: list[str], at: int, resolve: Resolve) -> tuple[int, SafeString]:
    line = lines[at].strip()
    if heading := _HEADING.match(line):
        return at + 1, _heading(heading, resolve)
    if line in {"---", "***", "___"}:
        return at + 1, format_html("<hr>")
    if line.startswith("```"):
        return _code(lines, at)
    if line.startswith("|") and at + 1 < len(lines) and _RULE.match(lines[at + 1].strip()):
        return _table(lines, at, resolve)
    return _list(lines, at, resolve) if _ITEM.match(line) else _words(lines, at, resolve)


def _words(lines: list[str], at: int, resolve: Resolve) -> tuple[int, SafeString]:
    if lines[at].strip().startswith(">"):
        end = _until(lines, at, lambda one: not one.startswith(">"))
        words = " ".join(one.strip().lstrip("> ") for one in lines[at:end])
        return end, format_html("<blockquote><p>{}</p></blockquote>", _inline(words, resolve))
    end = _until(lines, at, _starts_something)
    words = " ".join(one.strip() for one in lines[at:end])
    return end, format_html("<p>{}</p>", _inline(words, resolve))


def _until(lines: list[str], at: int, stops: Callable[[str], bool]) -> int:
    """Return where a block that starts at `at` ends: at a blank line or where `stops` says."""
    end = at + 1
    while end < len(lines) and lines[end].strip() and not stops(lines[end].strip()):
        end += 1
    return end


def _starts_something(line: str) -> bool:
    return line.startswith(("```", "|", ">")) or bool(_HEADING.match(line) or _ITEM.match(line))


def _code(lines: list[str], at: int) -> tuple[int, SafeString]:
    ends = [n for n in range(at + 1, len(lines)) if lines[n].strip().startswith("```")]
    end = ends[0] if ends else len(lines)
    text = "\n".join(lines[at + 1 : end])
    return end + 1, format_html('<pre tabindex="0"><code>{}</code></pre>', text)


def _heading(found: re.Match[str], resolve: Resolve) -> SafeString:
    level, words = max(len(found[1]), 2), found[2].rstrip("# ")
    return format_html(
        '<h{} id="{}">{}</h{}>', level, slugify(plain(words)), _inline(words, resolve), level
    )


def _list(lines: list[str], at: int, resolve: Resolve) -> tuple[int, SafeString]:
    end = _until(lines, at, lambda line: line.startswith(("#", "|", "```")))
    starts = [n for n in range(at, end) if _ITEM.match(lines[n].strip())]
    items = []
    for first, after in pairwise([*starts, end]):
        found = _ITEM.match(lines[first].strip())
        words = [found[2] if found else "", *(one.strip() for one in lines[first + 1 : after])]
        items.append((_inline(" ".join(words), resolve),))
    first_item = _ITEM.match(lines[at].strip())
    tag = "ol" if first_item and first_item[1] else "ul"
    inside = format_html_join("", "<li>{}</li>", items)
    return end, format_html("<{}>{}</{}>", tag, inside, tag)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _table(lines: list[str], at: int, resolve: Resolve) -> tuple[int, SafeString]:
    end = _until(lines, at, lambda line: not line.startswith("|"))
    head = format_html_join("", '<th scope="col">{}</th>', _row(lines[at], resolve))
    body = format_html_join(
        "",
        "<tr>{}</tr>",
        ((format_html_join("", "<td>{}</td>", _row(one, resolve)),) for one in lines[at + 2 : end]),
    )
    return end, format_html(
        '<div class="guide-table" tabindex="0" role="region" aria-label="{}"><table>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        plain(" · ".join(_cells(lines[at]))),
        head,
        body,
    )


def _row(line: str, resolve: Resolve) -> Iterator[tuple[SafeString]]:
    return ((_inline(cell, resolve),) for cell in _cells(line))
