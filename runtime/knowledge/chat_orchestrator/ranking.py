"""Orders what was found by meaning and by words: one list, best first, with what speaks for each.

The weights were chosen on the development questions of bench/quality (docs/quality.md); the result
changes little around them. How much a word tells is judged from two sides: by how common it is in
English, and by how few of the passages found have it, which stands for the tenant's own documents.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from runtime.knowledge.chat_orchestrator.ports import Hit
from runtime.shared.lexical import saturated, telling, terms_of

MEANING = 0.6
"""Weight of the cosine similarity."""
WORDS = 0.5
"""Weight of BM25, as a share of the best passage's."""
LEAST_WORDS = 1.0
"""Share of the question's telling words, each said once, that the best passage is taken to have:
where all have less, that one has a little more says little."""
COVERAGE = 0.25
"""Weight of the share of the question's telling words that a passage has."""
PHRASES = 0.15
"""Weight of the share of the question's neighbouring words that are neighbours here too."""
LOCAL = 0.5
"""Weight of the passages found, against English, in how much a word tells."""

_CODE = re.compile(r"\d")

SAME = 0.9
"""Share of terms in common from which the worse of two passages adds nothing."""


@dataclass(frozen=True)
class Ranked:
    """A hit and what speaks for it."""

    hit: Hit
    strength: float
    """What it is ordered by, about 0 to 1.4."""
    coverage: float
    """Share of the question's telling words that it has, 0 to 1."""


@dataclass(frozen=True)
class Ranking:
    """What was found for a question, best first."""

    found: list[Ranked]
    present: float
    """Share of the question's telling words that any of the hits has, 0 to 1."""
    lacks_code: bool
    """Whether the question has a word with a digit that none of the hits has."""


def rank(question: str, hits: Sequence[Hit]) -> Ranking:
    """Order the hits, without those that repeat a better one."""
    asked = terms_of(question)
    held = [terms_of(hit.in_context) for hit in hits]
    counts = [Counter(terms) for terms in held]
    weights = {term: _weight(term, counts) for term in dict.fromkeys(asked)}
    total = sum(weights.values()) or 1.0
    bm25 = [_bm25(weights, counted) for counted in counts]
    best = max(*bm25, LEAST_WORDS * total, 0.0)
    phrases = set(pairwise(asked))
    found: list[Ranked] = []
    for hit, terms, counted, words in zip(hits, held, counts, bm25, strict=True):
        coverage = sum(weight for term, weight in weights.items() if term in counted) / total
        repeated = len(phrases & set(pairwise(terms))) / len(phrases) if phrases else 0.0
        strength = (
            MEANING * (hit.score or 0.0)
            + WORDS * words / best
            + COVERAGE * coverage
            + PHRASES * repeated
        )
        found.append(Ranked(hit, strength, coverage))
    there = {term for term in weights if any(term in counted for counted in counts)}
    return Ranking(
        found=_different(sorted(found, key=lambda one: -one.strength)),
        present=sum(weights[term] for term in there) / total,
        lacks_code=any(_CODE.search(term) for term in weights.keys() - there),
    )


def _weight(term: str, counts: Sequence[Counter[str]]) -> float:
    """Return how much a term tells, as BM25's inverse document frequency over the hits would."""
    having = sum(term in counted for counted in counts)
    local = math.log(1 + (len(counts) - having + 0.5) / (having + 0.5))
    return LOCAL * local + (1 - LOCAL) * telling(term)


def _bm25(weights: dict[str, float], counted: Counter[str]) -> float:
    length = counted.total()
    return sum(
        weight * saturated(counted[term], length)
        for term, weight in weights.items()
        if term in counted
    )


def _different(found: Sequence[Ranked]) -> list[Ranked]:
    kept: list[Ranked] = []
    words: list[frozenset[str]] = []
    for one in found:
        own = frozenset(terms_of(one.hit.in_context))
        if not any(_alike(own, other) for other in words):
            kept.append(one)
            words.append(own)
    return kept


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Compare sizes first: sets of very different sizes cannot have so much in common."""
    less, more = sorted((len(one), len(other)))
    return less >= SAME * more and len(one & other) >= SAME * len(one | other)
