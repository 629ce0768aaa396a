"""Laws of the library functions, over the recorded graph."""

from collections.abc import Callable

import pytest

from pulumi_rampart.testing import Graph
from tests.systems.golden import STACKS, recorded
from tests.systems.grants import (
    ALONE,
    FUNCTION,
    allowed,
    environment,
    grants,
    leaving,
    names_let_out,
)

# Its network, log, traces, key, and the queue of its own failures.
USED = {"ec2", "kms", "logs", "secretsmanager", "sqs", "xray"}


@pytest.fixture(scope="module")
def anthropic() -> Graph:
    """The stack with the other answerer."""
    return recorded("dev", changes={**ALONE, "answerer": "anthropic"})


def test_no_library_may_touch_any_bucket_or_table(
    anthropic: Graph, graph_of: Callable[[str], Graph]
) -> None:
    # then
    for graph in (anthropic, *(graph_of(stack) for stack in STACKS)):
        libraries = [one.name for one in graph.of(FUNCTION) if one.name.startswith("library-")]
        assert len(libraries) > 4
        for library in libraries:
            granted = grants(graph, library)
            services = {each.partition(":")[0] for one in granted for each in one["Action"]}
            assert services <= USED, library
            via = {
                one["Condition"]["StringEquals"]["kms:ViaService"].partition(".")[0]
                for one in granted
                if any(each.startswith("kms:") for each in one["Action"])
            }
            assert via <= {"secretsmanager", "sqs"}, library


def test_no_store_or_key_lets_a_library_in_by_a_policy_of_its_own(dev: Graph) -> None:
    # given
    policies = [
        one.inputs["policy"]
        for kind in ("aws:s3/bucketPolicy:BucketPolicy", "aws:kms/key:Key")
        for one in dev.of(kind)
    ]

    # then
    assert len(policies) > 4
    assert [text for text in policies if "library-" in text] == []


def test_each_key_to_the_outside_is_read_by_the_one_function_that_uses_it(dev: Graph) -> None:
    # when
    readers = {
        resource.rpartition(":")[2]: {
            function.name
            for function in dev.of(FUNCTION)
            if ("secretsmanager:GetSecretValue", resource)
            in allowed(dev, function.name, "secretsmanager")
        }
        for resource in (one.outputs["arn"] for one in dev.of("aws:secretsmanager/secret:Secret"))
        if ":secret:library-" in resource
    }

    # then
    assert readers == {
        f"library-{service}-key": {f"library-{service}"}
        for service in ("neo4j", "openai", "pinecone")
    }


def test_only_functions_with_a_key_to_the_outside_and_the_authorizer_may_leave(dev: Graph) -> None:
    # then
    assert leaving(dev) == {
        "identity-authorizer",
        "library-neo4j",
        "library-openai",
        "library-pinecone",
        "orders-fulfilment-steps",
        "orders-order-processor",
    }


def test_the_other_answerer_is_a_word_of_the_configuration(anthropic: Graph) -> None:
    # then
    graph = anthropic
    assert environment(graph, "knowledge-chat-orchestrator")["ANSWER_FUNCTION"] == (
        "rampart-dev-library-anthropic"
    )
    assert "library-openai" not in {one.name for one in graph.of(FUNCTION)}
    assert "api.anthropic.com" in names_let_out(graph)
    assert not [name for name in names_let_out(graph) if "openai" in name]
