"""An answer without a language model: the sentences that say most about the question, quoted."""

from collections.abc import Mapping, Sequence

from runtime.knowledge.chat_orchestrator.ports import (
    Answer,
    Embeddings,
    Passage,
    Quotation,
    Vector,
)
from runtime.knowledge.chat_orchestrator.sentences import Sentence, sentences
from runtime.shared.lexical import telling, terms_of

COMPARED = 24
"""Sentences that are embedded, those with most of the question's words: 0.4 s on one core."""
MOST_SENTENCES = 6
FOLLOWED = 2
"""The best sentences, which come with the one after them: it often says what they announce."""
MOST_CHARACTERS = 1200
CLOSE_TO_BEST = 0.5
"""A sentence is left out when its score is below this share of the best one's."""

# Weights, chosen on the development questions of bench/quality: of the sentence's similarity to
# the question, of the share of the question's words in it, and of how its passage was ranked.
MEANING = 0.5
WORDS = 0.6
PASSAGE = 0.6
OWN_PIECE = 0.1
"""What it adds that a sentence is of the passage itself and not of a neighbour."""

WEAK = "This may not answer the question. The closest passages say:"


def extracted(
    question: str,
    vector: Vector,
    passages: Sequence[Passage],
    embeddings: Embeddings,
    *,
    weak: bool = False,
) -> Answer:
    """Return the best sentences of the passages, each with its citation.

    `vector` is the question's; vectors are normalised, so a dot product is the cosine. `weak` says
    in the answer that little speaks for it.
    """
    found = [one for passage in passages for one in sentences(passage)]
    if not found:  # passages of symbols alone
        return _answer([Sentence(passage, passage.hit.text) for passage in passages[:1]], weak=weak)
    weights = {term: telling(term) for term in terms_of(question)}
    known = {id(one): _known(one, weights, passages) for one in found}
    compared = sorted(found, key=lambda one: -known[id(one)])[:COMPARED]
    vectors = embeddings.embed([one.in_context for one in compared])
    scores = {
        id(one): known[id(one)] + MEANING * sum(a * b for a, b in zip(vector, each, strict=True))
        for one, each in zip(compared, vectors, strict=True)
    }
    return _answer(
        _chosen(sorted(compared, key=lambda one: -scores[id(one)]), scores, found), weak=weak
    )


def first_sentences(passages: Sequence[Passage]) -> Answer:
    """Return the beginning of the strongest passages, when not even vectors can be made."""
    beginnings = [
        (
            sentences(Passage(passage.hit, passage.filename))
            or [Sentence(passage, passage.hit.text)]
        )[0]
        for passage in passages[:MOST_SENTENCES]
    ]
    return _answer(beginnings)


def _known(one: Sentence, weights: Mapping[str, float], passages: Sequence[Passage]) -> float:
    """Return what speaks for a sentence before it is embedded."""
    best = max((each.evidence.strength for each in passages if each.evidence), default=0.0) or 1.0
    evidence = one.passage.evidence
    strength = evidence.strength / best if evidence else 0.0
    total = sum(weights.values()) or 1.0
    own, around = set(terms_of(one.text)), set(terms_of(one.in_context))
    words = sum(
        weight * (1.0 if term in own else 0.5) for term, weight in weights.items() if term in around
    )
    bonus = OWN_PIECE if one.text in one.passage.hit.text else 0.0
    return WORDS * words / total + PASSAGE * strength + bonus


def _chosen(
    ranked: Sequence[Sentence], scores: Mapping[int, float], found: Sequence[Sentence]
) -> list[Sentence]:
    """Return the best sentences that fit, each with what follows it where it leads there."""
    chosen: dict[str, Sentence] = {}
    best = scores[id(ranked[0])]
    for number, one in enumerate(ranked):
        if scores[id(one)] < best * CLOSE_TO_BEST or len(chosen) >= MOST_SENTENCES:
            break
        together = [one, *_led_to(one, found, at_least=int(number < FOLLOWED))]
        length = sum(len(each.shown) for each in [*chosen.values(), *together])
        if chosen and length > MOST_CHARACTERS:
            continue
        for each in together:
            chosen.setdefault(each.text, each)
    return list(chosen.values())


def _led_to(one: Sentence, found: Sequence[Sentence], at_least: int) -> list[Sentence]:
    """Return what comes after a sentence: some, and more while a line leads on to the next."""
    following: list[Sentence] = []
    while len(following) < MOST_SENTENCES - 1:
        last = following[-1] if following else one
        after = _after(last, found)
        if after is None or (len(following) >= at_least and not last.goes_on):
            break
        following.append(after)
    return following


def _after(one: Sentence, found: Sequence[Sentence]) -> Sentence | None:
    following = (
        each for each in found if each.passage is one.passage and each.number == one.number + 1
    )
    return next(following, None)


def _answer(chosen: Sequence[Sentence], *, weak: bool = False) -> Answer:
    return Answer(
        answer="\n".join([*([WEAK] if weak else []), *_shown(chosen)]),
        citations=[
            Quotation(passage_id=one.passage.hit.chunk_id, quote=one.text) for one in chosen
        ],
        provider="extractive",
        model="none",
    )


def _shown(chosen: Sequence[Sentence]) -> list[str]:
    """Return the lines of an answer; rows of one table share its header."""
    lines: list[str] = []
    header = ""
    for one in chosen:
        lines.append(one.text if one.header and one.header == header else one.shown)
        header = one.header
    return lines
