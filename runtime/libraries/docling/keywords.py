"""What a document is about, in a form that links passages across documents.

YAKE (Campos et al. 2020) ranks the phrases of one text by statistics alone: no model, no corpus.
Phrases are compared in lower case and in the singular, so that "Heat Pumps" and "heat pump" meet.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Protocol, cast

from runtime.shared.phrases import normalised

# Enough for every passage of a long document to have some.
PHRASES_PER_DOCUMENT = 120
PHRASES_PER_PASSAGE = 8
LONGEST_PHRASE_WORDS = 3

# YAKE's time grows faster than the text; the statistics of this much are stable.
LONGEST_TEXT_CHARACTERS = 200_000

INFORMATIVE = re.compile(r"[^\W\d_]{3}")


class Extractor(Protocol):
    """The part of YAKE in use."""

    stopword_set: set[str]

    def extract_keywords(self, text: str) -> list[tuple[str, float]]:
        """Return phrases with their scores, best (lowest) first."""
        ...


def keywords(texts: Sequence[str]) -> list[list[str]]:
    """Return the key phrases that occur in each text, best first, all from one ranking.

    `texts` are the passages of one document, so a phrase means the same in each of them.
    """
    extractor = _extractor()
    whole = "\n\n".join(texts)[:LONGEST_TEXT_CHARACTERS]
    ranked = dict.fromkeys(
        normalised(phrase)
        for phrase, _ in extractor.extract_keywords(whole)
        if INFORMATIVE.search(phrase) and extractor.stopword_set.isdisjoint(phrase.lower().split())
    )
    return [_occurring(ranked, f" {normalised(text)} ") for text in texts]


def _occurring(ranked: dict[str, None], text: str) -> list[str]:
    return [phrase for phrase in ranked if f" {phrase} " in text][:PHRASES_PER_PASSAGE]


@cache
def _extractor() -> Extractor:
    import yake  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]  # has none; 0.1 s

    extractor = yake.KeywordExtractor(
        lan="en", n=LONGEST_PHRASE_WORDS, top=PHRASES_PER_DOCUMENT, dedup_lim=0.9
    )
    return cast("Extractor", extractor)
