"""Stores that are down: what can be answered is, the rest is told as a passing failure."""

from tests.end_to_end.knowledge import Knowledge, problem
from tests.end_to_end.laptop import Laptop

NOWHERE = "127.0.0.1:9"
CONTENT = b"# Observatory\n\nThe observatory opens its dome after nightfall.\n"
QUESTION = "When does the observatory open its dome?"


def test_without_the_vector_store_a_question_is_refused_for_now(
    laptop: Laptop, acme: Knowledge
) -> None:
    # given
    with laptop.changed("library-pinecone", PINECONE_CONTROL_URL=f"http://{NOWHERE}"):
        # when
        response = acme.request("POST", "/chat", json={"question": QUESTION})

    # then
    document = problem(response, 503)
    assert "try again later" in document["detail"]
    assert int(response.headers["Retry-After"]) > 0


def test_without_the_graph_the_answer_says_what_is_missing(laptop: Laptop, acme: Knowledge) -> None:
    # given
    acme.add("observatory.md", CONTENT)
    with laptop.changed("library-neo4j", NEO4J_URI=f"bolt://{NOWHERE}"):
        # when
        answer = acme.ask(QUESTION)

    # then
    assert "after nightfall" in answer["answer"]
    assert answer["degraded_reason"] == "Related passages from the knowledge graph are missing."


def test_a_document_that_comes_while_the_vector_store_is_down_is_ready_once_it_is_back(
    laptop: Laptop, acme: Knowledge
) -> None:
    # given
    since = len(laptop.lines)
    with laptop.changed("library-pinecone", PINECONE_CONTROL_URL=f"http://{NOWHERE}"):
        # when: the first delivery fails
        document_id = acme.upload("planetarium.md", CONTENT)
        laptop.waits_for_line("knowledge-document-processor", "message failed", since)

    # then: a later one does not
    assert acme.settled(document_id)["status"] == "ready"
