"""The things a question may be about, in the form the graph has them."""

from runtime.shared.lexical import FILLERS
from runtime.shared.phrases import normalised

LONGEST_TERM_WORDS = 3
"""As long as the phrases the conversion finds."""
MOST_TERMS = 40


def terms_of(question: str) -> list[str]:
    """Return every phrase of up to three words that neither begins nor ends with a filler."""
    words = normalised(question).split()
    terms = [
        words[start : start + length]
        for length in range(LONGEST_TERM_WORDS, 0, -1)
        for start in range(len(words) - length + 1)
    ]
    telling = [term for term in terms if term[0] not in FILLERS and term[-1] not in FILLERS]
    return list(dict.fromkeys(" ".join(term) for term in telling))[:MOST_TERMS]
