"""From a text to comparable words: folded, freed of stop words, told in concepts, stemmed.

French and English live in the same portfolio, often in the same title, and a title is too short
to guess its language. So both lists of stop words apply to every text, synonyms of the two
languages become one concept, and every remaining word goes through the French Snowball stemmer,
then the English one: `formations` and `formation`, `installed` and `installs` meet without a
language being guessed.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from orchestre_engine.similarity.thesaurus import CONCEPTS

_WORD = re.compile(r"[a-z0-9]+")
_SPACES = re.compile(r"\s+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "‐": "-", "‑": "-", "–": "-"})

_FRENCH_STOP_WORDS = (
    "a afin ai ainsi alors apres au aucun aujourd aura aussi autre autres aux avant avec avoir "
    "c ce cela celle celles celui ces cet cette ceux chaque chez ci comme comment d dans de "
    "depuis des deux doit doivent donc dont du durant elle elles en encore entre es est et etant "
    "etc ete etre eux fait faire font hors hui il ils j jusqu jusque l la le les leur leurs lors "
    "lui m ma mais meme memes mes moins mon n ne ni nos notre nous on ont ou par parmi pas "
    "pendant permettre permet peu peut plus plusieurs pour pourquoi qu quand que quel quelle "
    "quelles quels qui s sa sans se sera seront ses si soient soit son sont sous suite sur t ta "
    "tous tout toute toutes tres un une vers via vos votre vous y"
)
_ENGLISH_STOP_WORDS = (
    "a about across after all also an and any are as at be been before being between both but by "
    "can could do does each every for from had has have how i if in into is it its just may more "
    "most must new not of off on one onto or other our out over own per s same shall should since "
    "so some such than that the their them then there these they this those through to too "
    "towards under until up upon us was we were what when where which while who will with within "
    "without would you your"
)
#: Words that also carry a meaning of the trade keep it: “SI”, “AI”, “new”.
_KEPT = frozenset({"si", "ai", "new"})
STOP_WORDS = frozenset(f"{_FRENCH_STOP_WORDS} {_ENGLISH_STOP_WORDS}".split()) - _KEPT


class Term(NamedTuple):
    """A comparable word: what it is compared as, how the text wrote it, and if it is a concept."""

    stem: str
    written: str
    is_concept: bool


def fold(text: str) -> str:
    """Give the text in lower case, without accents, ligatures nor double spaces.

    `fold("Dématérialisation  des ŒUVRES")` is `"dematerialisation des oeuvres"`.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _SPACES.sub(" ", bare).strip()


def stems(text: str) -> tuple[str, ...]:
    """Give the comparable words of a text, in order; concepts as `=concept`."""
    return tuple(term.stem for term in terms(text))


def terms(text: str) -> tuple[Term, ...]:
    """Give the comparable words of a text with the way it wrote them."""
    words = [word for word in _WORD.findall(fold(text)) if word not in STOP_WORDS]
    singular = [_singular(word) for word in words]
    found: list[Term] = []
    at = 0
    while at < len(words):
        length, concept = _concept_at(singular, at)
        written = " ".join(words[at : at + length])
        stem = f"={concept}" if concept else _stem(written)
        found.append(Term(stem, written, bool(concept)))
        at += length
    return tuple(found)


def _singular(word: str) -> str:
    """Drop the mark of the plural both languages share."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def _concept_at(words: list[str], at: int) -> tuple[int, str]:
    """Give the longest phrase of the thesaurus that starts here: its length and its concept."""
    phrases, longest = _phrases()
    for length in range(min(longest, len(words) - at), 0, -1):
        concept = phrases.get(tuple(words[at : at + length]))
        if concept:
            return length, concept
    return 1, ""


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[tuple[str, ...], str], int]:
    """Index the thesaurus by phrase; the first concept that claims a phrase keeps it."""
    phrases: dict[tuple[str, ...], str] = {}
    for concept, writings in CONCEPTS:
        for writing in writings:
            words = tuple(_singular(w) for w in _WORD.findall(writing) if w not in STOP_WORDS)
            phrases.setdefault(words, concept)
    return phrases, max(len(words) for words in phrases)


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    """Stem by the French rules, then by the English ones."""
    french, english = _stemmers()
    return str(english.stemWord(french.stemWord(word)))


@lru_cache(maxsize=1)
def _stemmers() -> tuple[Stemmer.Stemmer, Stemmer.Stemmer]:
    return Stemmer.Stemmer("french"), Stemmer.Stemmer("english")
