import random

import pytest

from orchestre.sheets.columns import (
    FIELDS,
    SHEETS,
    field_of,
    guess_kind,
    guess_mapping,
    header_signature,
    kind_named,
)
from orchestre.sheets.fields.choices import STAGES
from orchestre.sheets.notes import header_note
from orchestre.sheets.typed import parse_field
from orchestre.sheets.words import fold, header_key

EVERY_FIELD = [field for fields in FIELDS.values() for field in fields]
STAGE = field_of("initiatives", "stage")


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_headers_of_our_own_workbook_are_surely_recognised(kind: str, language: str) -> None:
    fields = list(FIELDS[kind])
    random.Random(7).shuffle(fields)
    headers = [field.header(language).upper() for field in fields]
    guesses = guess_mapping(headers, kind=kind)
    assert [guess.field for guess in guesses] == [field.code for field in fields]
    assert {guess.confidence for guess in guesses} == {"sure"}


@pytest.mark.parametrize("field", EVERY_FIELD, ids=lambda field: f"{field.kind}-{field.code}")
def test_every_field_reads_its_own_examples_and_has_its_note(field: object) -> None:
    for language in ("fr", "en"):
        example = field.example(language)  # type: ignore[attr-defined]  # a field
        if example:
            cell = parse_field(field, example, dayfirst=True)  # type: ignore[arg-type]  # idem
            assert cell.value is not None
        assert header_note(field, language).endswith((".", example))  # type: ignore[arg-type]  # idem


def test_no_name_stands_for_two_fields_of_a_sheet_by_its_header() -> None:
    for fields in FIELDS.values():
        for language in ("fr", "en"):
            headers = [header_key(field.header(language)) for field in fields]
            assert len(set(headers)) == len(headers)


@pytest.mark.parametrize(
    ("header", "samples", "field", "confidence"),
    [
        ("Nom du projet", ["A", "B"], "title", "sure"),
        ("Date de debut", ["2026-01-01"], "starts_on", "sure"),
        ("date début prévisionel", ["2026-01-01"], None, "unknown"),
        ("Date de dbut", ["01/02/2026"], "starts_on", "check"),
        ("Chef de projets", ["Anne"], "lead", "check"),
        ("Date de début", ["bleu", "vert"], "starts_on", "check"),
        ("Couleur préférée", ["bleu"], None, "unknown"),
        ("", [], None, "unknown"),
    ],
)
def test_a_foreign_header_is_guessed_with_a_word_of_confidence(
    header: str, samples: list[object], field: str | None, confidence: str
) -> None:
    (guess,) = guess_mapping([header], [samples])
    assert (guess.field, guess.confidence) == (field, confidence)
    assert guess.samples == tuple(samples)[:3]


def test_a_field_is_proposed_once() -> None:
    guesses = guess_mapping(["Projet", "Intitulé", "Nom du projet"])
    assert [guess.field for guess in guesses].count("title") == 1
    assert guesses[1].field == "title"


def test_columns_are_recognised_in_any_order_next_time() -> None:
    assert header_signature(["Projet", "Début"]) == header_signature(["début ", "PROJET"])
    assert header_signature(["Projet"]) != header_signature(["Projet", "Début"])
    assert len(header_signature(["Projet"])) == 64


@pytest.mark.parametrize(
    ("headers", "name", "kind"),
    [
        (["Projet", "Début", "Phase"], "Feuil1", "initiatives"),
        (["Initiative", "Population", "Intensité", "Heures par personne"], "", "impacts"),
        (["Prédécesseur", "Successeur", "Décalage (jours)"], "", "dependencies"),
        (["Code", "Unité", "Unité parente"], "", "units"),
        (["x"], "Jalons", "milestones"),
    ],
)
def test_the_sheet_is_guessed_from_its_headers_or_name(
    headers: list[str], name: str, kind: str
) -> None:
    assert guess_kind(headers, name) == kind


def test_every_sheet_is_named_in_both_languages() -> None:
    assert [sheet.kind for sheet in SHEETS] == list(FIELDS)
    for sheet in SHEETS:
        assert kind_named(sheet.fr) == kind_named(sheet.en.upper()) == sheet.kind


@pytest.mark.parametrize(
    ("written", "stage"),
    [
        ("Cadrage", "define"),
        ("Étude", "define"),
        ("Conception / Réalisation", "prepare"),
        ("Expérimentation", "deploy"),
        ("Déploiement", "deploy"),
        ("Terminé", "value"),
        ("Abandonné", "stopped"),
        ("IMPLANTER", "deploy"),
        ("Conception/Réalisation", "prepare"),
    ],
)
def test_the_phases_of_public_panoramas_are_stages(written: str, stage: str) -> None:
    assert STAGE is not None
    assert parse_field(STAGE, written, dayfirst=True).value == stage


def test_no_word_stands_for_two_stages() -> None:
    words = [
        fold(word)
        for one in STAGES
        for word in {*one.synonyms, one.code, fold(one.en), fold(one.fr)}
    ]
    owners = {
        word: {s.code for s in STAGES if word in map(fold, (*s.synonyms, s.code, s.en, s.fr))}
        for word in words
    }
    assert {word: found for word, found in owners.items() if len(found) > 1} == {}
