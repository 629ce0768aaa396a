"""Finds the passages an answer may use: by meaning, by words, and by what the graph relates.

Replacing a document takes a while, and meanwhile both its versions can be found. So first the
passages are collected, then the documents are asked which version is live, and only passages of
that version count: a reader sees the old document or the new one, never some of both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aws_lambda_powertools import Logger

from runtime.knowledge.chat_orchestrator.abstention import Verdict, judged
from runtime.knowledge.chat_orchestrator.budget import Budget, begin
from runtime.knowledge.chat_orchestrator.messages import Message
from runtime.knowledge.chat_orchestrator.ports import (
    Conversations,
    Documents,
    Evidence,
    Graph,
    Hit,
    LiveDocument,
    Passage,
    Search,
    Vector,
)
from runtime.knowledge.chat_orchestrator.ranking import rank
from runtime.knowledge.chat_orchestrator.terms import terms_of
from runtime.shared.errors import InvalidRequestError, NotConfiguredError, UnavailableError
from runtime.shared.identity import Caller

logger = Logger(child=True)

SEARCHED = 40
"""How many passages each search is asked for at least. More bring little that is ranked high."""
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
    evidence: Verdict = "none"
    """Whether the passages answer the question."""
    gaps: list[str] = field(default_factory=list[str])
    """What could not be looked at, in words for the user."""


@dataclass(frozen=True)
class Asked:
    """What is searched for."""

    tenant: str
    question: str
    vector: Vector
    top_k: int


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
            "search", self.search.nearest, caller.tenant, question, vector, _searched(top_k), ()
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
        asked = Asked(caller.tenant, question, vector, top_k)
        live = begin("live documents", self._live, asked, hits, graph_hits)
        found.evidence, found.passages = live.result(budget.left(ANSWER_RESERVE_SECONDS))
        return found

    def _live(
        self, asked: Asked, hits: Sequence[Hit], related: Sequence[Hit]
    ) -> tuple[Verdict, list[Passage]]:
        """Keep live passages; if some were not, search again without their versions.

        A version that goes live between a search and the look at the documents is in neither: the
        search left it out, the documents know no other. So it is searched until they agree.
        """
        seen = {hit.document_id for hit in [*hits, *related]}
        documents = self.documents.live(asked.tenant, seen)
        left_out: set[str] = set()
        for _ in range(MOST_SEARCHES - 1):
            current = {document.version for document in documents.values()}
            stale = ({hit.version for hit in hits} | left_out) - current
            if stale == left_out:
                break
            left_out = stale
            hits = self.search.nearest(
                asked.tenant, asked.question, asked.vector, _searched(asked.top_k), stale
            )
            seen |= {hit.document_id for hit in hits}
            documents = self.documents.live(asked.tenant, seen)
        return self._chosen(asked, documents, _only_live(documents, hits), related)

    def _chosen(
        self,
        asked: Asked,
        documents: Mapping[str, LiveDocument],
        hits: Sequence[Hit],
        related: Sequence[Hit],
    ) -> tuple[Verdict, list[Passage]]:
        """Return the strongest passages with their neighbours, then some of the graph's.

        No passage when even the strongest do not answer: then what the graph relates does neither.
        """
        ranking = rank(asked.question, hits)
        verdict = judged(ranking)
        if verdict == "none":
            return verdict, []
        best = ranking.found[: asked.top_k]
        around = self.documents.beside(asked.tenant, [one.hit for one in best])
        passages = [
            Passage(
                hit=one.hit,
                filename=documents[one.hit.document_id].filename,
                evidence=Evidence(round(one.strength, 4), round(one.coverage, 4)),
                around=tuple(around.get(one.hit.chunk_id, ())),
            )
            for one in best
        ]
        known = {one.hit.chunk_id for one in ranking.found}
        others = [
            Passage(hit, documents[hit.document_id].filename)
            for hit in _only_live(documents, related)
            if hit.chunk_id not in known
        ]
        return verdict, [*passages, *others[:RELATED_PASSAGES]]


def _only_live(documents: Mapping[str, LiveDocument], hits: Sequence[Hit]) -> list[Hit]:
    return [
        hit
        for hit in hits
        if hit.document_id in documents and documents[hit.document_id].version == hit.version
    ]


def _searched(top_k: int) -> int:
    return min(max(top_k * SPARE_HITS, SEARCHED), MOST_HITS)
