"""The Markdown of our own guides as HTML: nothing but Markdown passes, links are resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import takewhile
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

Resolve = Callable[[str], str]


@dataclass(frozen=True)
class Page:
    """A guide: its first heading, and the rest."""

    title: str
    body: SafeString


def _fence(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: object, _env: object
) -> str:
    # a block of code scrolls sideways: the keyboard must reach it
    return f'<pre tabindex="0"><code>{escape(tokens[at].content)}</code></pre>\n'


def _table(
    _self: RendererHTML, tokens: Sequence[Token], at: int, _options: object, _env: object
) -> str:
    # a wide table scrolls inside a region that has the name of its columns
    head = takewhile(lambda token: token.type != "thead_close", tokens[at:])
    name = " · ".join(token.content for token in head if token.type == "inline")
    label = escape(name or "·")
    return f'<div class="guide-table" tabindex="0" role="region" aria-label="{label}"><table>\n'


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("fence", _fence)
    reader.add_render_rule("code_block", _fence)
    reader.add_render_rule("table_open", _table)
    reader.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return reader


READER = _reader()


def page(text: str, resolve: Resolve) -> Page:
    """Render a guide; `resolve` turns the target of a link into an address, empty to drop it."""
    tokens = READER.parse(text)
    title, tokens = _without_title(tokens)
    for token, inline in zip(tokens, [*tokens[1:], None], strict=False):
        if token.type == "heading_open" and inline is not None:
            token.tag = "h2" if token.tag == "h1" else token.tag
            token.attrSet("id", slugify(_words(inline.children or ())))
        elif token.type == "heading_close" and token.tag == "h1":
            token.tag = "h2"
        if token.children:
            token.children = _resolved(token.children, resolve)
    body = READER.renderer.render(tokens, READER.options, {})
    return Page(title, mark_safe(body))


def plain(text: str) -> str:
    """Return the words of a line without its marks."""
    return _words(READER.parseInline(text)[0].children or ())


def _without_title(tokens: list[Token]) -> tuple[str, list[Token]]:
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            return _words(tokens[at + 1].children or ()), tokens[:at] + tokens[at + 3 :]
    return "", tokens


def _words(tokens: Iterable[Token]) -> str:
    return "".join(" " if token.type == "softbreak" else token.content for token in tokens)


def _resolved(tokens: Iterable[Token], resolve: Resolve) -> list[Token]:
    """Give links their address here, drop those that lead nowhere, and turn images into words."""
    kept: list[Token] = []
    opened: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            address: Any = resolve(str(token.attrs.get("href", "")))
            opened.append(bool(address))
            token.attrSet("href", str(address))
        if token.type == "image":
            kept.append(Token("text", "", 0, content=token.content))
            continue
        is_kept = opened[-1] if token.type == "link_open" else True
        if token.type == "link_close":
            is_kept = opened.pop()
        if is_kept:
            kept.append(token)
    return kept
