"""Whether the passages found answer a question at all: one similarity cannot tell.

What speaks for an answer: how close the best passage is in meaning, which share of the question's
telling words it has, and whether those words occur anywhere in what was found. The search by words
brings every passage that has a rare word, so a name or a code that is in none is in no document.
The numbers were chosen on the development questions of bench/quality, so that at most one in
twenty questions with an answer is declined; docs/quality.md has the shares on the held-out half.
"""

from typing import Literal

from runtime.knowledge.chat_orchestrator.ranking import Ranking

Verdict = Literal["none", "weak", "strong"]
"""Whether the documents answer: no, perhaps, yes."""

ANSWERS = 0.8
"""Cosine of the best passage and its share of the question's words, together, that answer."""
SURELY_ANSWERS = 1.15
"""The same sum, below which the answer says that it may not be one."""
WORDS_PRESENT = 0.68
"""Share of the question's telling words that must occur in what was found."""
SAME_MEANING = 0.75
"""Cosine from which other words may have been used: a paraphrase, another language."""


def judged(ranking: Ranking) -> Verdict:
    """Tell whether what was found answers the question."""
    if not ranking.found or ranking.lacks_code:
        return "none"
    best = ranking.found[0]
    similar = best.hit.score or 0.0
    if similar >= SAME_MEANING:
        return "strong"
    evidence = similar + best.coverage
    if ranking.present < WORDS_PRESENT or evidence < ANSWERS:
        return "none"
    return "strong" if evidence >= SURELY_ANSWERS else "weak"
