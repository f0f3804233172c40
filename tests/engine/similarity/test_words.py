"""From a text to comparable words."""

import pytest

from orchestre_engine.errors import ProblemError
from orchestre_engine.similarity import fold, stems
from orchestre_engine.similarity.problem import Document, SimilarityProblem
from orchestre_engine.similarity.thesaurus import CONCEPTS
from orchestre_engine.similarity.vectorise import terms


def test_fold() -> None:
    assert fold("  Dématérialisation\u00a0 des ŒUVRES, cœur d’ÉTÉ ") == (
        "dematerialisation des oeuvres, coeur d'ete"
    )


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("la facturation électronique", "e-invoicing"),
        ("dématérialisation des factures", "electronic invoices"),
        ("les formations", "training"),
        ("messagerie", "e-mail"),
        ("double authentification", "multi-factor authentication"),
        ("télétravail", "remote working"),
        ("authentification unique", "single sign-on"),
    ],
)
def test_the_two_languages_meet_in_a_concept(french: str, english: str) -> None:
    assert stems(french) == stems(english)
    assert all(stem.startswith("=") for stem in stems(french))


def test_the_longest_phrase_wins_and_inflections_meet() -> None:
    assert stems("facture électronique") != stems("facture")
    assert stems("clauses sociales") == stems("clause sociale")
    assert stems("installs sensors") == stems("installed sensor")
    assert stems("l’outil d’un agent et de la RH") == ("=outil", "=salarie", "=ressources humaines")


def test_a_word_keeps_the_way_it_was_written() -> None:
    assert [(one.written, one.is_concept) for one in terms("Capteurs des factures")] == [
        ("capteurs", False),
        ("factures", True),
    ]


def test_every_phrase_of_the_thesaurus_is_folded_recognised_and_claimed_once() -> None:
    claimed: dict[str, str] = {}
    for concept, writings in CONCEPTS:
        for writing in writings:
            assert fold(writing) == writing
            assert stems(writing) == (f"={concept}",)
            assert claimed.setdefault(writing, concept) == concept
            assert len(terms(writing)[0].written) >= 2


def test_doubtful_documents_are_refused() -> None:
    one = Document("A", "texte")
    with pytest.raises(ProblemError, match="comes twice"):
        SimilarityProblem((one, one))
    with pytest.raises(ProblemError, match="has no code"):
        SimilarityProblem((Document("", "texte"),))
    for threshold in (0.0, 1.5, float("nan")):
        with pytest.raises(ProblemError, match="above 0"):
            SimilarityProblem((one,), threshold)
