"""What the product has to beat: BM25 over whole pages, and each search alone."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import pypdfium2

from bench.quality.conversion import Converted
from bench.quality.documents import SourceDocument
from runtime.knowledge.chat_orchestrator.ports import Hit

PAGE_WORDS = 400
"""A page of what has no pages."""


@dataclass(frozen=True)
class Text:
    """A text that may be found."""

    document: str
    text: str


def pages(sources: Sequence[SourceDocument], converted: Sequence[Converted]) -> list[Text]:
    """Return each page's plain text; of other formats than PDF, 400 words at a time."""
    found: list[Text] = []
    for source, document in zip(sources, converted, strict=True):
        if source.name.endswith(".pdf"):
            with closing(pypdfium2.PdfDocument(source.content)) as pdf:
                found += [Text(source.name, page.get_textpage().get_text_range()) for page in pdf]
        else:
            read = "\n".join(chunk.text for chunk in document.chunks).split()
            found += [
                Text(source.name, " ".join(read[start : start + PAGE_WORDS]))
                for start in range(0, len(read), PAGE_WORDS)
            ]
    return found


class Bm25:
    """BM25 as textbooks have it: lower-case words, k1 1.2, b 0.75, nothing else."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self._texts = texts
        self._counts = [Counter(_words(text.text)) for text in texts]
        self._having = Counter(word for counted in self._counts for word in counted)
        self._mean = sum(counted.total() for counted in self._counts) / len(texts)

    def found(self, question: str, count: int) -> list[Text]:
        """Return the best texts, best first."""
        scores = [self._score(question, counted) for counted in self._counts]
        best = sorted(range(len(scores)), key=lambda at: -scores[at])[:count]
        return [self._texts[at] for at in best]

    def _score(self, question: str, counted: Counter[str]) -> float:
        length = 1.2 * (0.25 + 0.75 * counted.total() / self._mean)
        return sum(
            math.log(1 + (len(self._texts) - self._having[word] + 0.5) / (self._having[word] + 0.5))
            * counted[word]
            * 2.2
            / (counted[word] + length)
            for word in set(_words(question))
            if word in counted
        )


def reciprocal_ranks(hits: Sequence[Hit], constant: float = 60.0) -> list[Hit]:
    """Return the hits in the order of reciprocal rank fusion (Cormack et al. 2009)."""
    by_meaning = sorted(hits, key=lambda hit: -(hit.score or 0.0))
    by_words = sorted(hits, key=lambda hit: -(hit.lexical or 0.0))
    scores: Counter[str] = Counter()
    for order in (by_meaning, by_words):
        for rank, hit in enumerate(order, 1):
            scores[hit.chunk_id] += 1 / (constant + rank)  # pyright: ignore[reportArgumentType]
    return sorted(hits, key=lambda hit: -scores[hit.chunk_id])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
