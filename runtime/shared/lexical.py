"""The words of a text as a sparse vector, so that a vector service can search by them.

The dot product of a question's vector and a passage's is BM25 (Robertson and Zaragoza 2009): the
passage's side carries each term's frequency, saturated and normalised by length; the question's
carries how much a term tells. No store counts in how many passages a term occurs: how common an
English word is says most of it, and the caller corrects it by what the passages found have in
common (`runtime.knowledge.chat_orchestrator.ranking`).

A term is hashed to 32 bits. Among a million different terms, one in 4,000 shares its number with
another. What is stored depends on all of this: a change here asks for documents to be read again.
"""

import math
import re
import unicodedata
import zlib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# Saturation and length normalisation of BM25, chosen on the development questions of
# bench/quality. A passage has this many terms on average.
SATURATION = 0.8
LENGTH_SHARE = 0.6
AVERAGE_TERMS = 64

EVERY_PASSAGE = 0
"""A dimension that each passage has and no question asks for: a sparse vector may not be empty."""

COMMONNESS = 20.0
"""A word of this rank tells log 2."""
UNKNOWN_RANK = 30_000
"""The rank of a word that is not among the common ones: a name, a code, another language."""

MOST_TERMS = 1000
"""Different terms of one vector; Pinecone takes 2,048
(https://docs.pinecone.io/reference/api/database-limits)."""

FILLERS = frozenset(Path(__file__).with_name("fillers.txt").read_text(encoding="utf-8").split())
"""Words that tell nothing of what a question is about, of seven languages of Europe."""

# An option (`-z`, `--dry-run`), or a run of letters and digits that may be joined by marks, as
# in "PX-00123", "asn1_read_value", "192.0.2.0/24".
_TERM = re.compile(r"(?<!\w)--?[a-z0-9][\w-]*|\w+(?:[-./:+'@]\w+)*")
_PART = re.compile(r"[^\W_]{2,}")
_POSSESSIVE = re.compile(r"(?<=\w)'s\b")
# Scripts that are written without spaces: Thai to Myanmar, Khmer, Chinese, Japanese.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{2,}")
_SHORTEST_STEM = 3


@dataclass(frozen=True)
class SparseVector:
    """Dimensions that are not zero, and their values in the same order."""

    indices: list[int]
    values: list[float]


def terms_of(text: str) -> list[str]:
    """Return the terms of a text in order, each compound followed by its parts."""
    normal = unicodedata.normalize("NFKC", text).casefold()
    normal = normal.replace("\u2019", "'").replace("\u00ad", "").replace("\u2010", "-")
    normal = _POSSESSIVE.sub("", normal)
    found: list[str] = []
    for term in _TERM.findall(normal):
        found += _with_parts(term)
    return found


def passage_vector(text: str) -> SparseVector:
    """Return what is stored of a passage; include its headings in the text."""
    weights = {EVERY_PASSAGE: 1.0}
    counted = Counter(terms_of(text))
    for term, count in counted.most_common(MOST_TERMS):
        weights[_index(term)] = round(saturated(count, counted.total()), 5)
    return _vector(weights)


def question_vector(question: str) -> SparseVector | None:
    """Return what a question asks for; None when it has no term."""
    weights = {_index(term): round(telling(term), 5) for term in terms_of(question)[:MOST_TERMS]}
    return _vector(weights) if weights else None


def saturated(count: int, length: int) -> float:
    """Return the weight of a term that occurs `count` times among `length` terms, below 1.8."""
    norm = 1 - LENGTH_SHARE + LENGTH_SHARE * length / AVERAGE_TERMS
    return count * (SATURATION + 1) / (count + SATURATION * norm)


def telling(term: str) -> float:
    """Return how much a term tells by itself, as inverse document frequency would."""
    return math.log(1 + _ranks().get(term, UNKNOWN_RANK) / COMMONNESS)


def stem(word: str) -> str:
    """Return an English word without its usual endings; short ones and codes stay whole."""
    if len(word) <= _SHORTEST_STEM or any(letter.isdigit() for letter in word):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word.removesuffix(ending) + instead
            break
    else:
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            word = word[:-1]
    if word.endswith("e") and len(word) > _SHORTEST_STEM:
        word = word[:-1]
    doubled = len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "lsz"
    return word[:-1] if doubled else word


_ENDINGS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("xes", "x"),
    ("ing", ""),
    ("ed", ""),
    ("ly", ""),
)


def _with_parts(term: str) -> list[str]:
    if _UNSPACED.search(term):
        return [term[at : at + 2] for at in range(len(term) - 1)]
    # An option without its hyphens is found too, and the words of a compound.
    parts = [] if term.isalnum() else _PART.findall(term)
    return [stem(each) for each in dict.fromkeys([term, *parts]) if each not in FILLERS]


def _index(term: str) -> int:
    return zlib.crc32(term.encode()) or 1


def _vector(weights: dict[int, float]) -> SparseVector:
    return SparseVector(list(weights), list(weights.values()))


@cache
def _ranks() -> dict[str, int]:
    """Return the ranks of common English stems, most common first."""
    words = Path(__file__).with_name("common_stems.txt").read_text(encoding="ascii").split()
    return {word: rank for rank, word in enumerate(words, 1)}
