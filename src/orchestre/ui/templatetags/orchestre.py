"""`{% load orchestre %}`: components, icons, forms, and figures as the reader writes them."""

from __future__ import annotations

from collections.abc import Iterator

from django import template
from django.forms import BaseForm
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from orchestre.ui import formats
from orchestre.ui.component import Content, draw
from orchestre.ui.forms import error_summary
from orchestre.ui.tables import DataTable, Row

register = template.Library()

register.filter("number", formats.number)
register.filter("hours", formats.hours)
register.filter("percent", formats.percent)
register.filter("euros", formats.euros)
register.filter("day", formats.day)
register.filter("day_short", formats.day_short)
register.filter("instant", formats.instant)
register.filter("week", formats.week)
register.filter("week_long", formats.week_long)


@register.simple_tag
def dates(starts_on: formats.Day | None, ends_on: formats.Day | None) -> str:
    """`{% dates starts_on ends_on %}`, the end excluded as everywhere in the code."""
    return formats.dates(starts_on, ends_on)


@register.simple_tag(takes_context=True)
def component(context: Context, content: Content) -> SafeString:
    """`{% component x %}`: like `{{ x }}`, and forms inside get the page's token."""
    return draw(content, {"csrf_token": context.get("csrf_token")})


@register.simple_tag(takes_context=True)
def table_lines(context: Context, table: DataTable) -> Iterator[tuple[Row, SafeString, SafeString]]:
    """`{% table_lines table as lines %}`: its rows, drawn with the form token of the page."""
    return table.lines(context.get("csrf_token"))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A symbol of the sprite; decorative unless it is given a label."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            label,
            static("ui/icons.svg"),
            name,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def attributes(pairs: tuple[tuple[str, str], ...]) -> SafeString:
    """Attributes given as pairs; those that carry code or style are refused."""
    for name, _ in pairs:
        if name.startswith(("on", "hx-on")) or name == "style":
            raise ValueError(f"the attribute {name} is not allowed by the content policy")
    return format_html_join("", ' {}="{}"', pairs)


@register.inclusion_tag("ui/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, object]:
    """Every field of a form, with the errors that belong to none on top."""
    return {
        "form": form,
        "fields": form.get_context()["fields"],
        "hidden_fields": form.hidden_fields(),
    }


@register.simple_tag
def form_errors(form: BaseForm) -> SafeString | str:
    """The summary of what is to be mended, or nothing."""
    summary = error_summary(form)
    return summary.render() if summary else ""


@register.simple_tag
def ui_scripts(*names: str) -> SafeString:
    """`{% ui_scripts "grid" "select" %}` in the block `scripts`."""
    return format_html_join(
        "\n",
        '<script type="module" src="{}"></script>',
        ((static(f"ui/js/{name}.js"),) for name in names),
    )
