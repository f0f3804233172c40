"""Forms drawn one way everywhere: label above, hint before the field, error beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BaseForm
from django.forms.renderers import TemplatesSetting

from orchestre.ui.component import Component, Text


class FormRenderer(TemplatesSetting):
    """Named by FORM_RENDERER, so that `{{ form }}` and `{{ field.as_field_group }}` look right."""

    form_template_name = "ui/form_fields.html"
    field_template_name = "ui/field.html"


@dataclass(frozen=True)
class FieldError:
    text: Text
    target: str  # id of the field, without #


@dataclass(frozen=True)
class ErrorSummary(Component):
    """All that is to be mended, on top of the page, each line leading to its field."""

    template_name = "ui/c/error_summary.html"
    errors: tuple[FieldError, ...]


def error_summary(form: BaseForm) -> ErrorSummary | None:
    """The summary of a form that was refused; None when there is nothing to mend."""
    if not form.is_bound or not form.errors:
        return None
    general = [FieldError(str(text), "") for text in form.non_field_errors()]
    fields = [
        FieldError(f"{bound.label} – {text}", bound.id_for_label or bound.auto_id)
        for bound in form
        for text in bound.errors
    ]
    return ErrorSummary(tuple(general + fields))
