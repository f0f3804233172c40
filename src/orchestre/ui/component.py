"""What every piece of the kit is: a frozen dataclass with a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Component:
    """Renders itself; texts are escaped by the template engine, never by hand."""

    template_name: ClassVar[str]

    def render(self, csrf_token: object = None) -> SafeString:
        context: dict[str, object] = {"c": self}
        if csrf_token is not None:
            context["csrf_token"] = csrf_token
        return mark_safe(get_template(self.template_name).render(context).strip())

    def __html__(self) -> SafeString:
        return self.render()

    def __str__(self) -> str:
        return self.render()


Text = str | Promise
Content = str | Promise | int | Component


def draw(content: Content, context: Mapping[str, object] | None = None) -> SafeString:
    """Text is escaped, a component draws itself with the form token of the page."""
    if isinstance(content, Component):
        return content.render((context or {}).get("csrf_token"))
    return conditional_escape(str(content))
