"""Laws of the library functions, over the recorded graph."""

from pulumi_rampart.testing import Graph
from tests.systems.golden import recorded
from tests.systems.grants import ALONE, FUNCTION, allowed, environment, leaving


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
    }


def test_the_other_answerer_is_a_word_of_the_configuration() -> None:
    # when
    graph = recorded("dev", changes={**ALONE, "answerer": "anthropic"})

    # then
    assert environment(graph, "knowledge-chat-orchestrator")["ANSWER_FUNCTION"] == (
        "rampart-dev-library-anthropic"
    )
    assert "library-openai" not in {one.name for one in graph.of(FUNCTION)}
    (rules,) = graph.of("aws:networkfirewall/ruleGroup:RuleGroup")
    assert 'content:"api.anthropic.com"' in rules.inputs["rules"]
    assert "openai" not in rules.inputs["rules"]
