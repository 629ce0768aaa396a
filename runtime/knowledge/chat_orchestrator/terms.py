"""The things a question may be about, in the form the graph has them."""

from runtime.shared.phrases import normalised

LONGEST_TERM_WORDS = 3
"""As long as the phrases the conversion finds."""
MOST_TERMS = 40

_FILLER_WORDS = """
a about all also an and any are at be been but by can could did do doe does for from had has have
how i if in into is it its many may me more most much must my no not of on or our out shall should
so some than that the their them then there these they this those to up was we were what when where
which while who whom whose why will with would you your
"""
_FILLERS = frozenset(_FILLER_WORDS.split())


def terms_of(question: str) -> list[str]:
    """Return every phrase of up to three words that neither begins nor ends with a filler."""
    words = normalised(question).split()
    terms = [
        words[start : start + length]
        for length in range(LONGEST_TERM_WORDS, 0, -1)
        for start in range(len(words) - length + 1)
    ]
    telling = [term for term in terms if term[0] not in _FILLERS and term[-1] not in _FILLERS]
    return list(dict.fromkeys(" ".join(term) for term in telling))[:MOST_TERMS]
