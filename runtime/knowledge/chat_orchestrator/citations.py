"""Citations: only what really stands in a passage may be quoted."""

from collections.abc import Iterable, Sequence

from runtime.knowledge.chat_orchestrator.messages import Citation, Source
from runtime.knowledge.chat_orchestrator.ports import Passage, Quotation
from runtime.shared.quotes import stands_in


def verified(quotations: Iterable[Quotation], passages: Sequence[Passage]) -> list[Citation]:
    """Return a citation for each quotation that occurs in its passage, whatever its white space."""
    by_id = {passage.hit.chunk_id: passage for passage in passages}
    return [
        _citation(by_id[each.passage_id], each.quote)
        for each in quotations
        if each.passage_id in by_id and stands_in(each.quote, by_id[each.passage_id].hit.text)
    ]


def source(passage: Passage) -> Source:
    """Return what the client may know of a passage."""
    hit = passage.hit
    return Source(
        document_id=hit.document_id,
        filename=passage.filename,
        page=hit.page,
        headings=hit.headings,
        score=hit.score,
        relation=hit.relation,
    )


def _citation(passage: Passage, quote: str) -> Citation:
    hit = passage.hit
    return Citation(
        document_id=hit.document_id,
        filename=passage.filename,
        page=hit.page,
        headings=hit.headings,
        quote=quote,
        score=hit.score,
    )
