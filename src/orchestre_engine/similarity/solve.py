"""Which texts are close: TF-IDF of words and of letters, blended, compared by sparse blocks.

Identifier and version: `similar-text/1`. Sources: Salton & Buckley (1988) for TF-IDF with a
logarithmic frequency; character n-grams as in Cavnar & Trenkle (1994).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from orchestre_engine.similarity.result import SimilarityResult, SimilarPair
from orchestre_engine.similarity.vectorise import Term, terms

if TYPE_CHECKING:
    from orchestre_engine.similarity.problem import SimilarityProblem

WORD_WEIGHT = 0.7
LETTER_WEIGHT = 0.3
LETTER_LENGTHS = (3, 5)
SHARED_TERMS_TOLD = 8
BLOCK_ROWS = 256
ROUNDING = 1e-9
BLOCK_PAIRS = 4_000
#: Part of a block above which one product of the block beats pair by pair.
DENSE_RATIO = 0.02


_Ranks = NDArray[np.int64]
_Cosines = NDArray[np.float64]


class _Vectors(NamedTuple):
    """Rows of unit length, one per document, and the names of the word columns."""

    words: Any  # scipy.sparse.csr_array, untyped
    letters: Any  # scipy.sparse.csr_array, untyped
    word_names: list[str]


def solve(problem: SimilarityProblem) -> SimilarityResult:
    """Give every pair of documents whose blended cosine reaches the threshold.

    The score is `0.7 × cosine of words + 0.3 × cosine of groups of 3–5 letters`. A pair under
    `(threshold − 0.3) / 0.7` on words alone cannot reach the threshold, so letters are compared
    only for the others: the answer is exact, the work is not quadratic in practice.
    """
    told = [terms(document.text) for document in problem.documents]
    codes = [sorted(document.tokens) for document in problem.documents]
    wordless = tuple(
        document.id
        for document, words, extra in zip(problem.documents, told, codes, strict=True)
        if not words and not extra
    )
    if len(problem.documents) - len(wordless) < 2:
        return SimilarityResult((), wordless)
    vectors = _vectorise(told, codes)
    found = _close_pairs(vectors, problem.threshold)
    pairs = [
        SimilarPair(
            problem.documents[first].id,
            problem.documents[second].id,
            score,
            _shared_terms(vectors, told, first, second),
        )
        for first, second, score in found
    ]
    return SimilarityResult(
        tuple(sorted(pairs, key=lambda pair: (-pair.score, pair.first, pair.second))), wordless
    )


def _vectorise(told: list[tuple[Term, ...]], codes: list[list[str]]) -> _Vectors:
    """Give the two TF-IDF matrices; the letters are those of the words once told in concepts."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 # 1 s to import

    bags = [
        [term.stem for term in words] + [f"#{code}" for code in extra]
        for words, extra in zip(told, codes, strict=True)
    ]
    by_word = TfidfVectorizer(analyzer=_itself, sublinear_tf=True)
    words = by_word.fit_transform(bags).tocsr()
    by_letter = TfidfVectorizer(analyzer="char_wb", ngram_range=LETTER_LENGTHS, sublinear_tf=True)
    spelled = [" ".join(map(_spelling, line)) for line in told]
    if not any(spelled):
        return _Vectors(words, words[:, :0], list(by_word.get_feature_names_out()))
    letters = by_letter.fit_transform(spelled).tocsr()
    return _Vectors(words, letters, list(by_word.get_feature_names_out()))


def _itself(bag: list[str]) -> list[str]:
    """Analyser of texts that are already cut."""
    return bag


def _spelling(term: Term) -> str:
    return term.stem[1:] if term.is_concept else term.written


def _close_pairs(vectors: _Vectors, threshold: float) -> list[tuple[int, int, float]]:
    """Compare block of rows by block of rows, so that memory stays in proportion to a block."""
    floor = (threshold - LETTER_WEIGHT) / WORD_WEIGHT - ROUNDING
    found: list[tuple[int, int, float]] = []
    for start in range(0, vectors.words.shape[0], BLOCK_ROWS):
        firsts, seconds, cosines = _candidates(vectors, start, floor)
        letters = _letter_cosines(vectors, start, firsts, seconds)
        scores = (WORD_WEIGHT * cosines + LETTER_WEIGHT * letters).clip(max=1.0).round(9)
        kept = scores >= threshold
        found += zip(
            firsts[kept].tolist(), seconds[kept].tolist(), scores[kept].tolist(), strict=True
        )
    return found


def _letter_cosines(vectors: _Vectors, start: int, firsts: _Ranks, seconds: _Ranks) -> _Cosines:
    """Compare the letters of the candidates: pair by pair when few, by one product when many."""
    letters = vectors.letters
    if len(firsts) > DENSE_RATIO * BLOCK_ROWS * letters.shape[0]:
        block = (letters[start : start + BLOCK_ROWS] @ letters.T).toarray()
        return np.asarray(block[firsts - start, seconds])
    parts = [np.zeros(0)]
    for at in range(0, len(firsts), BLOCK_PAIRS):
        some = slice(at, at + BLOCK_PAIRS)
        product = letters[firsts[some]].multiply(letters[seconds[some]]).sum(axis=1)
        parts.append(np.asarray(product).ravel())
    return np.concatenate(parts)


def _candidates(vectors: _Vectors, start: int, floor: float) -> tuple[_Ranks, _Ranks, _Cosines]:
    """Give the pairs (row of the block, later row) whose words are close enough to be compared."""
    block = vectors.words[start : start + BLOCK_ROWS] @ vectors.words.T
    if floor <= 0:
        dense = block.toarray()
        rows, columns = (dense >= 0).nonzero()
        cosines = dense.ravel()
    else:
        sparse = block.tocoo()
        rows, columns, cosines = sparse.row, sparse.col, sparse.data
    kept = np.logical_and(columns > rows + start, cosines >= floor)
    return rows[kept] + start, columns[kept], cosines[kept]


def _shared_terms(
    vectors: _Vectors, told: list[tuple[Term, ...]], first: int, second: int
) -> tuple[str, ...]:
    """Give the shared words by falling contribution to the cosine, as the texts wrote them."""
    here, there = _row(vectors.words, first), _row(vectors.words, second)
    ranked = sorted(
        (-here[column] * there[column], vectors.word_names[column])
        for column in here.keys() & there.keys()
    )
    return tuple(
        _as_written(name, told[first], told[second]) for _, name in ranked[:SHARED_TERMS_TOLD]
    )


def _row(matrix: Any, at: int) -> dict[int, float]:  # noqa: ANN401 # SciPy is untyped
    """Give the non-zero cells of a row."""
    some = slice(matrix.indptr[at], matrix.indptr[at + 1])
    return dict(zip(matrix.indices[some].tolist(), matrix.data[some].tolist(), strict=True))


def _as_written(name: str, first: tuple[Term, ...], second: tuple[Term, ...]) -> str:
    """Tell a shared word: `formation = training` when only the thesaurus sees the likeness."""
    if name.startswith("#"):
        return name[1:]
    here = next(term.written for term in first if term.stem == name)
    there = next(term.written for term in second if term.stem == name)
    return here if here == there or not name.startswith("=") else f"{here} = {there}"
