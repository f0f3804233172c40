"""Forms: the same words on top and beside the field, and links that lead to it."""

from __future__ import annotations

import re

from django.template import Context, Template

from orchestre.ui.forms import FormRenderer, error_summary
from orchestre.ui.web.forms import SampleForm

PAGE = Template('{% load orchestre %}{% include "ui/form.html" with submit_label="Go" %}')


def drawn(form: SampleForm) -> str:
    return PAGE.render(
        Context({"form": form, "csrf_token": "t", "action_url": "", "cancel_url": ""})
    )


def wrong() -> SampleForm:
    return SampleForm(
        {"name": "", "starts_on": "32/13/2026", "status": "ok"},
    )


def test_a_fresh_form_has_no_summary() -> None:
    form = SampleForm()
    assert error_summary(form) is None
    assert "error-summary" not in drawn(form)


def test_summary_lists_every_error_and_leads_to_its_field() -> None:
    form = wrong()
    html = drawn(form)
    summary = error_summary(form)
    assert summary is not None
    assert len(summary.errors) == sum(len(texts) for texts in form.errors.values())
    for target in re.findall(r'<a href="#([^"]+)">', html):
        assert f'id="{target}"' in html


def test_the_same_words_stand_beside_the_field() -> None:
    form = wrong()
    html = drawn(form)
    for text in form.errors["starts_on"]:
        assert html.count(str(text)) == 2


def test_hint_stands_between_label_and_field() -> None:
    html = drawn(SampleForm())
    label, hint, field = (
        html.index(part)
        for part in ('for="id_starts_on"', 'id="id_starts_on_helptext"', 'name="starts_on"')
    )
    assert label < hint < field
    assert 'aria-describedby="id_starts_on_helptext"' in html


def test_wrong_field_is_tied_to_its_error() -> None:
    html = drawn(wrong())
    assert 'aria-describedby="id_starts_on_helptext id_starts_on_error"' in html
    assert 'id="id_starts_on_error"' in html
    assert 'aria-invalid="true"' in html


def test_optional_fields_say_so() -> None:
    html = drawn(SampleForm())
    assert (
        html.count("(optional)") == 2
    )  # the note and the people; a box to tick is never asked for


def test_the_renderer_draws_a_whole_form_and_one_field_the_same_way() -> None:
    form = SampleForm(renderer=FormRenderer())
    assert str(form).count('class="field field-') == len(form.fields)
    assert form["name"].as_field_group() in str(form)
