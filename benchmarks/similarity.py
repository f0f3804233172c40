"""Quality on a planted bilingual set, then speed and memory on 3,000 documents.

    python benchmarks/similarity.py            prints everything
    python benchmarks/similarity.py --quality  prints the quality table alone (the docs hold it)

Rivals in the same run: rapidfuzz `token_set_ratio` on every pair of folded texts, and a dense
TF-IDF of words (no stemming, no thesaurus, no letters) multiplied by itself.
"""

import itertools
import json
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from orchestre_engine.similarity.problem import Document, SimilarityProblem
from orchestre_engine.similarity.solve import solve
from orchestre_engine.similarity.vectorise import fold

PLANTED = Path(__file__).parents[1] / "tests" / "engine" / "similarity" / "planted.json"
THRESHOLDS = (0.25, 0.30, 0.35, 0.40, 0.50)
KINDS = ("near", "paraphrase", "translation")

Scores = dict[tuple[str, str], float]
Matrix = NDArray[np.float64]


def planted() -> tuple[list[dict[str, str]], dict[tuple[str, str], str]]:
    """Give the texts, and the kind of each true duplicate."""
    told = json.loads(PLANTED.read_text(encoding="utf-8"))
    return told["texts"], {(first, second): kind for first, second, kind in told["duplicates"]}


def blended(texts: list[dict[str, str]]) -> Scores:
    """Score by the similarity room."""
    documents = tuple(Document(one["id"], one["text"]) for one in texts)
    result = solve(SimilarityProblem(documents, 0.2))
    return {(pair.first, pair.second): pair.score for pair in result.pairs}


def token_set(texts: list[dict[str, str]]) -> Matrix:
    """Score every pair by rapidfuzz."""
    folded = [fold(one["text"]) for one in texts]
    return np.asarray(process.cdist(folded, folded, scorer=fuzz.token_set_ratio) / 100)


def dense_words(texts: list[dict[str, str]]) -> Matrix:
    """Score every pair by plain TF-IDF of words."""
    rows = TfidfVectorizer(sublinear_tf=True).fit_transform(fold(one["text"]) for one in texts)
    dense = rows.toarray()
    return np.asarray(dense @ dense.T)


def by_pair(texts: list[dict[str, str]], scores: Matrix) -> Scores:
    """Name the upper triangle."""
    return {
        (texts[i]["id"], texts[j]["id"]): float(scores[i, j])
        for i, j in itertools.combinations(range(len(texts)), 2)
    }


def quality_lines() -> list[str]:
    """Give the table of precision and recall, as the docs print it."""
    texts, truth = planted()
    people = {one["id"]: one["population"] for one in texts}
    scores = blended(texts)
    lines = [
        "| threshold | P (text) | R (text) | P (+ population) | R near | R paraphrase | R FR→EN |",
        "|---|---|---|---|---|---|---|",
    ]
    for threshold in THRESHOLDS:
        told = {pair for pair, score in scores.items() if score >= threshold}
        gated = {(a, b) for a, b in told if people[a] == people[b]}
        hits = told & truth.keys()
        by_kind = " | ".join(_recall(gated, truth, kind) for kind in KINDS)
        lines.append(
            f"| {threshold:.2f} | {len(hits)}/{len(told)} = {len(hits) / len(told):.2f} "
            f"| {len(hits)}/{len(truth)} = {len(hits) / len(truth):.2f} "
            f"| {len(hits)}/{len(gated)} = {len(hits) / len(gated):.2f} | {by_kind} |"
        )
    return lines


def _recall(told: set[tuple[str, str]], truth: dict[tuple[str, str], str], kind: str) -> str:
    wanted = {pair for pair, what in truth.items() if what == kind}
    return f"{len(wanted & told)}/{len(wanted)}"


def best_f1(scores: Scores, truth: dict[tuple[str, str], str]) -> tuple[float, float, float, float]:
    """Give (F1, threshold, precision, recall) at the threshold most kind to the method."""
    best = (0.0, 0.0, 0.0, 0.0)
    for threshold in sorted(set(scores.values())):
        told = {pair for pair, score in scores.items() if score >= threshold}
        hits = len(told & truth.keys())
        precision, recall = hits / len(told), hits / len(truth)
        if hits:
            f1 = 2 * precision * recall / (precision + recall)
            best = max(best, (f1, threshold, precision, recall))
    return best


def drawn(count: int, seed: int = 2026) -> list[dict[str, str]]:
    """Draw long-tailed texts of 30 words, a hundred of them rewritten from another one."""
    chance = random.Random(seed)
    heads = ("dé", "for", "mi", "ra", "con", "tri", "pla", "ser", "ban", "clo", "mou", "vel")
    tails = ("tion", "ment", "ture", "sage", "nière", "ment", "logue", "tique", "ser", "ning")
    words = ["".join(chance.choices(heads, k=3)) + chance.choice(tails) for _ in range(9000)]
    weights = [1 / (rank + 5) for rank in range(len(words))]
    texts = [" ".join(chance.choices(words, weights, k=30)) for _ in range(count - 100)]
    for text in texts[:100]:
        kept = [word for word in text.split() if chance.random() < 0.8]
        texts.append(" ".join((*kept, *chance.choices(words, weights, k=6))))
    return [{"id": f"D{at:05}", "text": text} for at, text in enumerate(texts)]


def timed(score: Callable[[list[dict[str, str]]], object], texts: list[dict[str, str]]) -> float:
    """Give the seconds of one call."""
    started = time.perf_counter()
    score(texts)
    return time.perf_counter() - started


def main() -> None:
    """Print quality, then speed."""
    print("\n".join(quality_lines()))
    if "--quality" in sys.argv:
        return
    texts, truth = planted()
    rivals = {
        "blend": blended(texts),
        "token_set": by_pair(texts, token_set(texts)),
        "dense words": by_pair(texts, dense_words(texts)),
    }
    for name, scores in rivals.items():
        f1, threshold, precision, recall = best_f1(scores, truth)
        print(
            f"{name}: best F1 {f1:.2f} (threshold {threshold:.2f}, P {precision:.2f}, "
            f"R {recall:.2f})"
        )
    timed(blended, texts)  # imports
    many = drawn(3000)
    documents = tuple(Document(one["id"], one["text"]) for one in many)
    started = time.perf_counter()
    result = solve(SimilarityProblem(documents))
    ours = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ends = {(pair.first, pair.second) for pair in result.pairs}
    back = sum((f"D{at:05}", f"D{2900 + at:05}") in ends for at in range(100))
    print(
        f"3,000 documents: {ours:.2f} s, peak {memory:.0f} MB, {len(ends)} pairs, {back}/100 back"
    )
    for name, score in (("rapidfuzz token_set", token_set), ("dense TF-IDF", dense_words)):
        spent = timed(score, many)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{name}: {spent:.2f} s, peak {memory:.0f} MB: ratio {spent / ours:.2f}")
    started = time.perf_counter()
    loose = solve(SimilarityProblem(documents, 0.2))
    spent = time.perf_counter() - started
    print(f"at a threshold of 0.20: {spent:.2f} s, {len(loose.pairs)} pairs")
    print(f"NumPy {np.__version__}")


if __name__ == "__main__":
    main()
