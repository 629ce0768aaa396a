"""Citations: only what really stands in a passage may be quoted."""

from collections.abc import Iterable, Sequence

from runtime.knowledge.chat_orchestrator.messages import Citation, Source
from runtime.knowledge.chat_orchestrator.ports import Hit, Passage, Quotation
from runtime.shared.quotes import stands_in


def verified(quotations: Iterable[Quotation], passages: Sequence[Passage]) -> list[Citation]:
    """Return a citation for each quotation that occurs in its passage, whatever its white space.

    A quotation may begin in one piece of a passage and end in the next: it is cited where it
    begins.
    """
    by_id = {passage.hit.chunk_id: passage for passage in passages}
    return [
        _citation(by_id[each.passage_id], each.quote)
        for each in quotations
        if each.passage_id in by_id and stands_in(each.quote, by_id[each.passage_id].text)
    ]


def source(passage: Passage) -> Source:
    """Return what the client may know of a passage."""
    hit = passage.hit
    return Source(
        document_id=hit.document_id,
        filename=passage.filename,
        page=hit.page,
        headings=hit.headings,
        text=passage.text,
        score=hit.score,
        strength=passage.evidence and passage.evidence.strength,
        found_by=passage.found_by,
        relation=hit.relation,
    )


def _citation(passage: Passage, quote: str) -> Citation:
    hit = _piece(passage, quote)
    return Citation(
        document_id=hit.document_id,
        filename=passage.filename,
        page=hit.page,
        headings=hit.headings,
        quote=quote,
        score=passage.hit.score,
    )


def _piece(passage: Passage, quote: str) -> Hit:
    """Return the piece that a quotation stands in, or begins in."""
    for piece in passage.pieces:
        if stands_in(quote, piece.text):
            return piece
    starts = (
        piece
        for at, piece in enumerate(passage.pieces)
        if not stands_in(quote, "\n".join(each.text for each in passage.pieces[at + 1 :]))
    )
    return next(starts, passage.hit)
