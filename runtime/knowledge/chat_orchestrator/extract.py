"""An answer without a language model: the sentences most similar to the question, quoted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from runtime.knowledge.chat_orchestrator.ports import (
    Answer,
    Embeddings,
    Passage,
    Quotation,
    Vector,
)

MOST_CANDIDATES = 60
"""About 2 s of embedding on two cores."""
SENTENCES = 3
CLOSE_TO_BEST = 0.75
"""A sentence is left out when its similarity is below this share of the best one's."""

CODE_WEIGHT = 0.2
"""What it adds to a sentence's similarity that it has the question's codes: vectors hardly tell
E27 from E31, readers do."""

_CODE = re.compile(r"\b\w*\d\w*\b")
# After a sentence's end, or at a line's end (list items, table rows); "e.g. 5" is no end.
_BOUNDARY = re.compile(r"(?<=[.!?])\s+(?=[\"'(\[]?[A-Z0-9ÄÖÜ])|\n+")
_TELLING = re.compile(r"\w{2,}.*\w{2,}", re.DOTALL)


@dataclass(frozen=True)
class _Sentence:
    passage: Passage
    text: str

    @property
    def in_context(self) -> str:
        """The sentence under its heading, since it may not repeat its topic."""
        return "\n".join([*self.passage.hit.headings[-1:], self.text])


def extracted(
    question: str, vector: Vector, passages: Sequence[Passage], embeddings: Embeddings
) -> Answer:
    """Return the best sentences of the passages, each with its citation.

    `vector` is the question's; vectors are normalised, so a dot product is the cosine.
    """
    sentences = [
        _Sentence(passage, text) for passage in passages for text in _sentences(passage.hit.text)
    ][:MOST_CANDIDATES]
    if not sentences:  # passages of symbols alone
        return _answer([_Sentence(passage, passage.hit.text) for passage in passages[:1]])
    vectors = embeddings.embed([sentence.in_context for sentence in sentences])
    codes = _codes(question)
    scores = [
        sum(a * b for a, b in zip(vector, each, strict=True)) + _bonus(codes, sentence.text)
        for each, sentence in zip(vectors, sentences, strict=True)
    ]
    ranked = sorted(zip(scores, sentences, strict=True), key=lambda pair: -pair[0])
    best = ranked[0][0]
    chosen: dict[str, _Sentence] = {}
    for score, sentence in ranked:
        if score >= best * CLOSE_TO_BEST and len(chosen) < SENTENCES:
            chosen.setdefault(sentence.text, sentence)
    return _answer(list(chosen.values()))


def first_sentences(passages: Sequence[Passage]) -> Answer:
    """Return the beginning of the most similar passages, when not even vectors can be made."""
    beginnings = [
        _Sentence(passage, (_sentences(passage.hit.text) or [passage.hit.text])[0])
        for passage in passages[:SENTENCES]
    ]
    return _answer(beginnings)


def _codes(text: str) -> set[str]:
    """Return the words with digits: error codes, part numbers, years."""
    return {code.upper() for code in _CODE.findall(text)}


def _bonus(codes: set[str], sentence: str) -> float:
    return CODE_WEIGHT * len(codes & _codes(sentence)) / len(codes) if codes else 0.0


def _sentences(text: str) -> list[str]:
    pieces = (piece.strip() for piece in _BOUNDARY.split(text))
    return [piece for piece in pieces if _TELLING.search(piece)]


def _answer(sentences: Sequence[_Sentence]) -> Answer:
    return Answer(
        answer="\n".join(sentence.text for sentence in sentences),
        citations=[
            Quotation(passage_id=sentence.passage.hit.chunk_id, quote=sentence.text)
            for sentence in sentences
        ],
        provider="extractive",
        model="none",
    )
