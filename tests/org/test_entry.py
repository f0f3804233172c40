"""What people type in forms, and what a conflict asks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation

from orchestre.kernel.errors import CannotDo, Clash, Conflict, DomainError, StaleVersion
from orchestre.org import entry


class Sample(entry.VersionedForm):
    name = forms.CharField()
    starts_on = entry.FlexibleDateField(required=False)
    ends_on = entry.LastDayField(required=False)
    share = entry.PercentField(required=False)
    hours = entry.NumberField(required=False, most=100)
    people = entry.CountField(required=False)
    kind = forms.ChoiceField(required=False, choices=[("a", "First"), ("b", "Second")])


def posted(**values: str) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data[name.replace("__", "-")] = value
    return data


@pytest.mark.parametrize(
    "text", ["2026-03-16", "16/03/2026", "16.03.2026", "16 mars 2026", "March 16, 2026", "S12 2026"]
)
def test_six_ways_to_write_a_day(text: str) -> None:
    assert entry.FlexibleDateField().clean(text) == date(2026, 3, 16)


def test_ambiguous_days_are_read_day_first() -> None:
    assert entry.FlexibleDateField().clean("03/04/2026") == date(2026, 4, 3)


def test_the_last_day_is_included_and_the_value_is_the_day_after() -> None:
    assert entry.LastDayField().clean("S12 2026") == date(2026, 3, 23)
    assert entry.LastDayInput().format_value(date(2026, 3, 23)) == "22/03/2026"


def test_a_day_that_cannot_be_read_says_how_to_write_it() -> None:
    with pytest.raises(forms.ValidationError, match="Write 2026-12-31"):
        entry.FlexibleDateField().clean("one of these days")


@pytest.mark.parametrize(
    ("text", "ratio"), [("5 %", 0.05), ("5", 0.05), ("0,05", 0.05), ("1", 0.01), ("100 %", 1.0)]
)
def test_shares(text: str, ratio: float) -> None:
    assert entry.PercentField().clean(text) == pytest.approx(ratio)


def test_bounds_are_named() -> None:
    with pytest.raises(forms.ValidationError) as refused:
        entry.PercentField().clean("140 %")
    assert "0% to 100%" in refused.value.messages[0]
    with pytest.raises(forms.ValidationError) as refused:
        entry.NumberField(most=60).clean("61")
    assert "0 to 60" in refused.value.messages[0]


def test_numbers_follow_the_language_both_ways() -> None:
    with translation.override("fr"):
        assert entry.NumberField().clean("1 234,5") == pytest.approx(1234.5)
        assert entry.NumberInput().format_value(1234.5) == "1234,5"
        assert entry.PercentInput().format_value(0.075) == "7,5 %"
    assert entry.NumberField().clean("1,234.5") == pytest.approx(1234.5)
    with pytest.raises(forms.ValidationError, match="not a number"):
        entry.NumberField().clean("a few")
    with pytest.raises(forms.ValidationError, match="whole"):
        entry.CountField().clean("2.5")


def test_only_what_was_changed_is_written() -> None:
    initial = {
        "version": 3,
        "name": "Old",
        "starts_on": date(2026, 3, 16),
        "ends_on": date(2026, 3, 23),
        "share": 0.075,
        "hours": 1.5,
        "people": 12,
    }
    shown = Sample(initial=initial)
    data = QueryDict(mutable=True)
    data["version"] = "3"
    for bound in shown:
        if bound.name in {"version", "kind"}:
            continue
        value = bound.value()
        data[bound.name] = str(bound.field.widget.format_value(value) or "")
        hidden: Any = bound.field.hidden_widget()
        data[f"initial-{bound.name}"] = str(hidden.format_value(value) or "")
    data["name"] = "New"
    form = Sample(data, initial=initial | {"hours": 9.0})
    assert form.is_valid(), form.errors
    assert form.expected_version == 3
    assert form.changes() == {"name": "New"}


def stale(*clashes: Clash) -> StaleVersion:
    return StaleVersion("Changed meanwhile.", Conflict("It", 7, clashes, who="Paul"))


def conflicting(form: forms.Form, *clashes: Clash) -> entry.Attempt:
    def save() -> None:
        raise stale(*clashes)

    return entry.attempt(form, save, action_url="/here/", cancel_url="/back/")


def test_a_conflict_asks_whose_value_stays() -> None:
    form = Sample(posted(version="3", name="Mine", kind="a", keep__name="mine"))
    assert form.is_valid()
    tried = conflicting(
        form,
        Clash("name", mine="Mine", theirs="Theirs"),
        Clash("ends_on", mine="2026-03-23", theirs=None),
        Clash("starts_on", mine="2026-03-16", theirs="2026-03-17"),
        Clash("share", mine=0.05, theirs=0.1),
        Clash("kind", mine="a", theirs="b"),
    )
    assert not tried.done
    assert tried.http_status == 412
    panel = tried.conflict
    assert panel is not None
    said = [(str(row.mine), str(row.theirs)) for row in panel.rows]
    assert said == [
        ("Mine", "Theirs"),
        ("22 March 2026", "empty"),
        ("16 March 2026", "17 March 2026"),
        ("5.0%", "10.0%"),
        ("First", "Second"),
    ]
    assert ("version", "7") in panel.hidden
    assert ("name", "Mine") in panel.hidden
    assert not any(name.startswith("keep-") for name, _value in panel.hidden)


def test_what_is_theirs_is_left_alone() -> None:
    data = posted(version="7", name="Mine", hours="2", keep__name="theirs")
    form = Sample(data, initial={"version": 3})
    assert form.is_valid()
    assert "name" not in form.changes()
    assert form.changes()["hours"] == pytest.approx(2)


def test_a_conflict_outside_the_form_is_said() -> None:
    form = Sample(posted(version="3", name="Mine"))
    assert form.is_valid()
    tried = conflicting(form, Clash("elsewhere", mine=1, theirs=2))
    assert tried.conflict is None
    assert "Reload the page" in form.non_field_errors()[0]


def test_refusals_land_on_their_field_and_denials_pass() -> None:
    form = Sample(posted(name="Mine"))
    assert form.is_valid()

    def refuse() -> None:
        raise DomainError("No such thing.", fields={"name": ["No such thing."]})

    def refuse_all() -> None:
        raise DomainError("Not today.")

    def deny() -> None:
        raise CannotDo("Not you.")

    tried = entry.attempt(form, refuse, action_url="", cancel_url="")
    assert (tried.done, tried.http_status) == (False, 422)
    assert form.errors["name"] == ["No such thing."]
    entry.attempt(form, refuse_all, action_url="", cancel_url="")
    assert form.non_field_errors() == ["Not today."]
    with pytest.raises(CannotDo):
        entry.attempt(form, deny, action_url="", cancel_url="")
