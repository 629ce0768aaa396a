import pytest

from runtime.knowledge.chat_orchestrator.core import NOT_FOUND, NOT_STORED
from runtime.knowledge.chat_orchestrator.ports import Hit, Quotation
from runtime.shared.errors import (
    DeniedError,
    InvalidRequestError,
    NotConfiguredError,
    UnavailableError,
)
from tests.runtime.knowledge.chat_orchestrator.parts import DESCALE, Model, Parts, hit


def test_an_answer_comes_with_citations_of_real_passages(parts: Parts) -> None:
    # when
    reply = parts.ask()
    # then
    assert (reply.provider, reply.degraded, reply.degraded_reason) == ("openai", False, None)
    [citation] = reply.citations
    assert (citation.quote, citation.filename, citation.page) == (DESCALE, "manual.md", 2)
    assert [source.score for source in reply.sources] == [0.8, 0.5]
    assert reply.correlation_id == "request-1"


def test_vector_search_graph_and_history_run_side_by_side(parts: Parts) -> None:
    # given
    for part in (parts.search, parts.graph, parts.memory):
        part.seconds = 0.3
    # when
    parts.ask("How often is the machine descaled?")
    # then
    began = [part.began[0] for part in (parts.search, parts.graph, parts.memory)]
    assert max(began) - min(began) < 0.25


def test_only_passages_of_live_versions_count(parts: Parts) -> None:
    # given
    parts.search.rounds = [
        [hit(DESCALE, version="v0"), hit("Water.", document="deleted"), hit("Descale it.", index=3)]
    ]
    parts.graph.hits = [hit("Filter.", version="v0", index=9, score=None)]
    # when
    reply = parts.ask()
    # then
    assert [source.document_id for source in reply.sources] == ["manual"]
    assert reply.citations[0].quote == "Descale it."


def test_a_version_that_went_live_after_the_search_is_searched_for_again(parts: Parts) -> None:
    # given
    parts.documents.versions = {"manual": "v2"}
    parts.search.rounds = [[hit(DESCALE)], [hit(DESCALE), hit("Descale weekly.", version="v2")]]
    # when
    reply = parts.ask()
    # then
    assert parts.search.left_out == [set(), {"v1"}]
    assert reply.citations[0].quote == "Descale weekly."


def test_a_version_that_goes_live_between_two_searches_is_found_by_a_third(parts: Parts) -> None:
    # given: both versions can be found; the new one goes live once it has been left out
    old, new = hit(DESCALE), hit("Descale weekly.", version="v2")
    parts.search.rounds = [[old, new]]
    parts.documents.then = {"manual": "v2"}
    # when
    reply = parts.ask()
    # then
    assert parts.search.left_out == [set(), {"v2"}, {"v1"}]
    assert [citation.quote for citation in reply.citations] == ["Descale weekly."]


def test_the_graph_adds_passages_the_search_did_not_find(parts: Parts) -> None:
    # given
    parts.graph.hits = [hit(DESCALE, score=None), hit("Use vinegar.", index=7, score=None)]
    # when
    reply = parts.ask("How do I descale the coffee machines?")
    # then
    assert [source.relation for source in reply.sources] == ["similar", "similar", "shared_entity"]
    assert {"descale", "coffee machine"} <= set(parts.graph.terms)


def test_top_k_limits_the_similar_passages(parts: Parts) -> None:
    parts.search.rounds = [[hit(f"Descale {index}.", index=index) for index in range(9)]]
    assert len(parts.ask(top_k=2).sources) == 2


@pytest.mark.parametrize("found", [[], [hit("Something else.", score=0.1)]])
def test_a_question_the_documents_do_not_answer_gets_an_honest_answer(
    parts: Parts, found: list[Hit]
) -> None:
    # given
    parts.search.rounds = [found]
    parts.graph.hits = [hit("Unrelated.", index=5, score=None)]
    # when
    reply = parts.ask()
    # then
    assert (reply.answer, reply.citations, reply.sources) == (NOT_FOUND, [], [])
    assert (reply.degraded, parts.model.calls) == (False, 0)


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (NotConfiguredError("no key"), "No answering model is configured."),
        (UnavailableError("503"), "The answering model is not available at the moment."),
        (InvalidRequestError("x"), "The answering model could not process the question."),
    ],
)
def test_without_the_model_the_best_sentences_are_quoted(
    parts: Parts, failure: Exception, reason: str
) -> None:
    # given
    parts.model.failure = failure
    # when
    reply = parts.ask()
    # then
    assert (reply.degraded, reply.degraded_reason, reply.provider) == (True, reason, "extractive")
    assert reply.answer.splitlines()[0] == "Descale the machine every 3 months."
    assert reply.citations[0].quote in DESCALE


def test_an_extract_prefers_the_sentence_with_the_code_that_was_asked_for(parts: Parts) -> None:
    # given
    parts.model.failure = NotConfiguredError("no key")
    parts.search.rounds = [[hit("| E31 | Descale it |\n| E27 | Descale now |")]]
    # when
    reply = parts.ask("To descale, what does e27 mean?")
    # then
    assert reply.answer.splitlines()[0] == "| E27 | Descale now |"


def test_citations_that_are_made_up_are_dropped(parts: Parts) -> None:
    # given
    parts.model.quotations = [
        Quotation(passage_id="manual#v1#00000", quote="Fill  the\ntank first."),
        Quotation(passage_id="manual#v1#00000", quote="Fill the tank last."),
        Quotation(passage_id="other#v1#00000", quote="Fill the tank first."),
        Quotation(passage_id="manual#v1#00000", quote=" "),
    ]
    # when
    reply = parts.ask()
    # then
    assert [citation.quote for citation in reply.citations] == ["Fill the tank first."]
    assert reply.degraded is False


def test_a_true_quote_that_ends_at_a_comma_is_kept(parts: Parts) -> None:
    # given
    parts.search.rounds = [[hit("Descale it, then rinse.")]]
    parts.model.quotations = [Quotation(passage_id="manual#v1#00000", quote="Descale it")]
    # when
    reply = parts.ask()
    # then
    assert ([each.quote for each in reply.citations], reply.degraded) == (["Descale it"], False)


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (Model(refuses=True), "The answering model declined to answer."),
        (Model(says=" \n"), "The answering model returned an empty answer."),
    ],
)
def test_a_model_that_replies_without_an_answer_is_said_and_replaced(
    parts: Parts, model: Model, reason: str
) -> None:
    # given
    parts.model, parts.guarded = model, True
    # when
    replies = [parts.ask() for _ in range(5)]
    # then: asked every time, for it is no outage
    assert {reply.degraded_reason for reply in replies} == {reason}
    assert {reply.answer.splitlines()[0] for reply in replies} == {
        "Descale the machine every 3 months."
    }
    assert model.calls == 5


def test_an_answer_that_only_makes_up_citations_is_replaced(parts: Parts) -> None:
    # given
    parts.model.quotations = [Quotation(passage_id="manual#v1#00000", quote="Never descale.")]
    # when
    reply = parts.ask()
    # then
    assert reply.degraded_reason == "The answering model's citations could not be verified."
    assert reply.answer.splitlines()[0] == "Descale the machine every 3 months."


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("graph", "Related passages from the knowledge graph are missing."),
        ("memory", "The conversation so far was not taken into account."),
    ],
)
def test_graph_and_history_may_be_down(parts: Parts, part: str, reason: str) -> None:
    # given
    getattr(parts, part).failure = UnavailableError("down")
    # when
    reply = parts.ask()
    # then
    assert (reply.degraded, reply.degraded_reason, reply.provider) == (True, reason, "openai")


@pytest.mark.parametrize("part", ["search", "embeddings", "documents"])
def test_without_search_there_is_no_answer(parts: Parts, part: str) -> None:
    getattr(parts, part).failure = UnavailableError("down")
    with pytest.raises(UnavailableError):
        parts.ask()


@pytest.mark.parametrize("part", ["search", "graph", "memory", "embeddings", "model"])
def test_a_missing_permission_is_never_glossed_over(parts: Parts, part: str) -> None:
    getattr(parts, part).failure = DeniedError("lambda refused")
    with pytest.raises(DeniedError):
        parts.ask()


def test_without_embeddings_the_beginnings_of_the_best_passages_are_quoted(parts: Parts) -> None:
    # given
    parts.model.failure = NotConfiguredError("no key")
    parts.embeddings.failure, parts.embeddings.fails_from = UnavailableError("down"), 2
    # when
    reply = parts.ask()
    # then
    assert [citation.quote for citation in reply.citations] == [
        "Descale the machine every 3 months.",
        "Replace the water filter.",
    ]


@pytest.mark.parametrize("failure", [UnavailableError("throttled"), DeniedError("kms")])
def test_an_answer_that_cannot_be_stored_is_still_an_answer_and_says_so(
    parts: Parts, failure: Exception
) -> None:
    # given
    parts.memory.storing = failure
    # when
    reply = parts.ask()
    # then
    assert reply.citations
    assert (reply.degraded, reply.degraded_reason) == (True, NOT_STORED)


def test_the_model_hears_what_was_said_before(parts: Parts) -> None:
    parts.ask()
    assert parts.ask("And the filter?").answer == "after 2 messages"
