"""What each stage of the product adds, question by question."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.quality.baselines import Bm25, Text, pages, reciprocal_ranks
from bench.quality.documents import SourceDocument
from bench.quality.measures import Ranks, first
from bench.quality.product import TENANT, Product
from bench.quality.questions import Half, Question
from runtime.knowledge.chat_orchestrator.core import NOT_FOUND
from runtime.knowledge.chat_orchestrator.messages import ChatAnswer
from runtime.knowledge.chat_orchestrator.ports import Hit
from runtime.knowledge.chat_orchestrator.ranking import rank
from runtime.shared.quotes import stands_in

SEARCHED = 40
HALVES: tuple[Half, Half] = ("development", "held_out")


@dataclass(frozen=True)
class Outcome:
    """What the product answered."""

    question: Question
    reply: ChatAnswer
    seconds: float

    @property
    def declined(self) -> bool:
        """Whether it said that the documents do not answer."""
        return self.reply.answer == NOT_FOUND

    @property
    def has_fact(self) -> bool:
        """Whether the extract contains the fact."""
        return self.question.is_in(self.question.document or "", self.reply.answer)

    @property
    def made_up(self) -> int:
        """How many of its quotes stand in none of its sources."""
        texts = [source.text for source in self.reply.sources]
        return sum(
            not any(stands_in(each.quote, text) for text in texts) for each in self.reply.citations
        )

    @property
    def rank(self) -> int | None:
        """Rank of the first source with the fact."""
        return first([self.question.is_in(one.filename, one.text) for one in self.reply.sources])


def asked(product: Product, question: Question) -> Outcome:
    """Ask the chat."""
    product.vectors.embed([question.text])
    began = time.perf_counter()
    reply = product.ask(question.text)
    return Outcome(question, reply, time.perf_counter() - began)


def rankings(
    product: Product, sources: Sequence[SourceDocument], answerable: Sequence[Question]
) -> dict[str, dict[Half, Ranks]]:
    """Return, for each way to rank, the ranks of the right texts."""
    names = {edition.document.document_id: edition.filename for edition in product.editions}
    plain = Bm25(pages(sources, product.documents))

    def of_hits(
        order: Callable[[str, Sequence[Hit]], Sequence[Hit]],
    ) -> Callable[[str], list[Text]]:
        def found(question: str) -> list[Text]:
            (vector,) = product.vectors.embed([question])
            hits = product.search.nearest(TENANT, question, vector, SEARCHED, ())
            return [Text(names[hit.document_id], hit.in_context) for hit in order(question, hits)]

        return found

    ways: dict[str, Callable[[str], list[Text]]] = {
        "BM25 over the plain text of pages": lambda question: plain.found(question, SEARCHED),
        "by meaning alone (cosine)": of_hits(
            lambda _, hits: sorted(hits, key=lambda hit: -(hit.score or 0.0))
        ),
        "by words alone (sparse vectors)": of_hits(
            lambda _, hits: sorted(hits, key=lambda hit: -(hit.lexical or 0.0))
        ),
        "both, by reciprocal rank": of_hits(lambda _, hits: reciprocal_ranks(hits)),
        "both, ranked as the chat does": of_hits(
            lambda question, hits: [one.hit for one in rank(question, hits).found]
        ),
    }
    return {
        name: {
            half: Ranks(
                [
                    first([one.is_in(text.document, text.text) for text in way(one.text)])
                    for one in answerable
                    if one.half == half
                ]
            )
            for half in HALVES
        }
        for name, way in ways.items()
    }
