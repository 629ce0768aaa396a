"""Finds the passages an answer may use: similar ones, and ones the graph relates to the question.

Replacing a document takes a while, and meanwhile both its versions can be found. So first the
passages are collected, then the documents are asked which version is live, and only passages of
that version count: a reader sees the old document or the new one, never some of both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aws_lambda_powertools import Logger

from runtime.knowledge.chat_orchestrator.budget import Budget, begin
from runtime.knowledge.chat_orchestrator.messages import Message
from runtime.knowledge.chat_orchestrator.ports import (
    Conversations,
    Documents,
    Graph,
    Hit,
    LiveDocument,
    Passage,
    Search,
    Vector,
)
from runtime.knowledge.chat_orchestrator.terms import terms_of
from runtime.shared.errors import InvalidRequestError, NotConfiguredError, UnavailableError
from runtime.shared.identity import Caller

logger = Logger(child=True)

RELEVANCE_FLOOR = 0.3
"""Cosine similarity below which a passage does not answer. Measured with all-MiniLM-L6-v2: the
samples' questions find theirs at 0.43 and above, questions on other matters nothing above 0.26."""
SPARE_HITS = 3
"""How many times more is searched than used, for hits in versions that are not live."""
MOST_HITS = 100
MOST_SEARCHES = 4
"""Each but the first because a version went live meanwhile."""
MOST_RELATED = 20
"""How many passages the graph is asked for; most of them the search finds too."""
RELATED_PASSAGES = 3
"""How many of them the answer may use."""
HISTORY_MESSAGES = 10
ENRICHMENT_SECONDS = 3.0
"""How long graph and history are waited for: an answer does without them, and the model needs the
time."""
ANSWER_RESERVE_SECONDS = 8.0
"""What retrieval leaves of a request's time, so that at least an extract can be made."""

_DOWN = (UnavailableError, NotConfiguredError, InvalidRequestError)


@dataclass
class Retrieved:
    """What was found for a question."""

    passages: list[Passage]
    history: list[Message]
    gaps: list[str] = field(default_factory=list[str])
    """What could not be looked at, in words for the user."""


@dataclass(frozen=True)
class Retriever:
    """Searches side by side, then keeps what is live."""

    search: Search
    graph: Graph
    documents: Documents
    conversations: Conversations

    def retrieve(
        self,
        caller: Caller,
        *,
        session_id: str,
        question: str,
        vector: Vector,
        top_k: int,
        budget: Budget,
    ) -> Retrieved:
        """Return passages, best first, and the conversation so far.

        Without vector search there is no answer (UnavailableError); graph and history enrich it.
        """
        enrichment = Budget(min(ENRICHMENT_SECONDS, budget.left(ANSWER_RESERVE_SECONDS)))
        near = begin(
            "vector search", self.search.nearest, caller.tenant, vector, _searched(top_k), ()
        )
        related = begin(
            "graph context", self.graph.related, caller.tenant, terms_of(question), MOST_RELATED
        )
        history = begin("history", self.conversations.latest, caller, session_id, HISTORY_MESSAGES)
        found = Retrieved(passages=[], history=[])
        hits = near.result(budget.left(ANSWER_RESERVE_SECONDS))
        graph_hits: list[Hit] = []
        try:
            graph_hits = related.result(enrichment.left())
        except _DOWN:
            logger.exception("no graph context")
            found.gaps.append("Related passages from the knowledge graph are missing.")
        try:
            found.history = history.result(enrichment.left())
        except UnavailableError:
            logger.exception("no history")
            found.gaps.append("The conversation so far was not taken into account.")
        live = begin("live documents", self._live, caller.tenant, vector, hits, graph_hits, top_k)
        found.passages = live.result(budget.left(ANSWER_RESERVE_SECONDS))
        return found

    def _live(
        self, tenant: str, vector: Vector, hits: Sequence[Hit], related: Sequence[Hit], top_k: int
    ) -> list[Passage]:
        """Keep live passages; if some were not, search again without their versions.

        A version that goes live between a search and the look at the documents is in neither: the
        search left it out, the documents know no other. So it is searched until they agree.
        """
        seen = {hit.document_id for hit in [*hits, *related]}
        documents = self.documents.live(tenant, seen)
        left_out: set[str] = set()
        for _ in range(MOST_SEARCHES - 1):
            current = {document.version for document in documents.values()}
            stale = ({hit.version for hit in hits} | left_out) - current
            if stale == left_out:
                break
            left_out = stale
            hits = self.search.nearest(tenant, vector, _searched(top_k), stale)
            seen |= {hit.document_id for hit in hits}
            documents = self.documents.live(tenant, seen)
        live = _only_live(documents, [*hits, *related])
        similar = [
            passage
            for passage in live
            if passage.hit.score is not None and passage.hit.score >= RELEVANCE_FLOOR
        ][:top_k]
        if not similar:
            return []  # what shares a word with the question alone does not answer it
        known = {passage.hit.chunk_id for passage in similar}
        others = [
            passage
            for passage in live
            if passage.hit.score is None and passage.hit.chunk_id not in known
        ]
        return [*similar, *others[:RELATED_PASSAGES]]


def _only_live(documents: Mapping[str, LiveDocument], hits: Sequence[Hit]) -> list[Passage]:
    return [
        Passage(hit, documents[hit.document_id].filename)
        for hit in hits
        if hit.document_id in documents and documents[hit.document_id].version == hit.version
    ]


def _searched(top_k: int) -> int:
    return min(top_k * SPARE_HITS, MOST_HITS)
