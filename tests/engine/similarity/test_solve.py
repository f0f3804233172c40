"""Which texts are close, and why."""

import importlib
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestre_engine.similarity.problem import Document, SimilarityProblem
from orchestre_engine.similarity.solve import solve

room = importlib.import_module("orchestre_engine.similarity.solve")

ROOT = Path(__file__).parents[3]
QUALITY = ROOT / "benchmarks" / "similarity.py"
WORDS = "outil paie magasin clause capteur presse training invoice caisse de the".split()  # noqa: SIM905 # read as a sentence

texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=7)


def documents(lines: list[str]) -> tuple[Document, ...]:
    return tuple(Document(f"D{at}", line) for at, line in enumerate(lines))


def test_a_translation_is_found_and_explained() -> None:
    result = solve(
        SimilarityProblem(
            (
                Document("B", "Training of tellers on e-invoicing"),
                Document("A", "Formation à la facturation électronique"),
                Document("C", "Covoiturage des salariés"),
            )
        )
    )
    [pair] = result.pairs
    assert (pair.first, pair.second) == ("A", "B")
    assert set(pair.shared_terms) == {
        "formation = training",
        "facturation electronique = e invoicing",
    }
    assert 0.35 <= pair.score < 1


def test_the_same_text_scores_one_and_codes_count() -> None:
    same = SimilarityProblem(documents(["Capteurs sur les presses"] * 2), 1.0)
    assert [pair.score for pair in solve(same).pairs] == [1.0]
    tokens = frozenset({"SAP-01"})
    coded = (Document("A", "capteur", tokens), Document("B", "clause", tokens))
    [pair] = solve(SimilarityProblem(coded, 0.2)).pairs
    assert pair.shared_terms == ("SAP-01",)


def test_codes_without_words_are_compared_by_codes_alone() -> None:
    here, there = frozenset({"SAP-01"}), frozenset({"SAP-02"})
    wordless = (Document("A", "", here), Document("B", "", here), Document("C", "", there))
    [pair] = solve(SimilarityProblem(wordless, 0.2)).pairs
    assert (pair.first, pair.second, pair.score) == ("A", "B", 0.7)


def test_texts_without_a_usable_word_are_told_apart() -> None:
    result = solve(SimilarityProblem(documents(["de la", "", "capteur"])))
    assert (result.pairs, result.wordless) == ((), ("D0", "D1"))
    assert solve(SimilarityProblem(())).pairs == ()


@given(texts, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_changes_nothing_and_scores_are_sound(
    lines: list[str], chance: random.Random
) -> None:
    given_texts = documents(lines)
    result = solve(SimilarityProblem(given_texts, 0.3))
    mixed = tuple(chance.sample(given_texts, len(given_texts)))
    assert solve(SimilarityProblem(mixed, 0.3)) == result
    assert [pair.score for pair in result.pairs] == sorted(
        (pair.score for pair in result.pairs), reverse=True
    )
    for pair in result.pairs:
        assert pair.first < pair.second
        assert 0.3 <= pair.score <= 1
        assert pair.shared_terms


@given(texts, st.sampled_from([0.05, 0.31, 0.5, 0.9]))
@settings(max_examples=60, deadline=None)
def test_pruning_and_blocks_lose_nothing(lines: list[str], threshold: float) -> None:
    """The same pairs by dense products, without pruning nor blocks."""
    asked = SimilarityProblem(documents(lines), threshold)
    told = [room.terms(document.text) for document in asked.documents]
    expected = set()
    if sum(map(bool, told)) > 1:
        vectors = room._vectorise(told, [[] for _ in told])
        words = (vectors.words @ vectors.words.T).toarray()
        letters = (vectors.letters @ vectors.letters.T).toarray()
        scores = (0.7 * words + 0.3 * letters).clip(max=1).round(9)
        rows, columns = (scores >= threshold).nonzero()
        expected = {(f"D{i}", f"D{j}") for i, j in zip(rows, columns, strict=True) if i < j}
    assert {(pair.first, pair.second) for pair in solve(asked).pairs} == expected


@pytest.mark.parametrize(("rows", "dense"), [(2, 0.0), (2, 9.0), (256, 9.0)])
def test_small_blocks_give_the_same_answer(
    monkeypatch: pytest.MonkeyPatch, rows: int, dense: float
) -> None:
    asked = SimilarityProblem(documents([f"{a} {b}" for a in WORDS for b in WORDS[:4]]), 0.31)
    whole = solve(asked)
    monkeypatch.setattr(room, "BLOCK_ROWS", rows)
    monkeypatch.setattr(room, "BLOCK_PAIRS", 3)
    monkeypatch.setattr(room, "DENSE_RATIO", dense)
    assert len(whole.pairs) > 50
    assert solve(asked) == whole


def test_scikit_learn_is_imported_only_to_compare() -> None:
    probe = (
        "import sys, orchestre_engine.similarity.solve;"
        "sys.exit(any(name.startswith('sklearn') for name in sys.modules))"
    )
    assert (
        subprocess.run([sys.executable, "-c", probe], check=False, cwd=ROOT / "src").returncode == 0
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_docs_print_the_measured_quality(language: str) -> None:
    """Precision and recall on the planted set, as the benchmark measures them now."""
    told = subprocess.run(
        [sys.executable, str(QUALITY), "--quality"],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT / "src",
    )
    measured = [line for line in told.stdout.splitlines() if line.startswith("| 0.")]
    page = (ROOT / "docs" / language / "methods" / "similarity.md").read_text(encoding="utf-8")
    assert len(measured) == 5
    assert [line for line in measured if line not in page] == []
    assert len(re.findall(r"\d+/22 = 0\.\d\d", page)) == 5
