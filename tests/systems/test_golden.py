"""What our stacks describe is what was reviewed."""

import json
import re
from collections.abc import Callable

import pytest

from pulumi_rampart.testing import SECRET, Graph
from tests.systems import golden

SECRETS = {
    "openaiApiKey": "sk-openai-hidden",
    "pineconeApiKey": "pc-hidden",
    "neo4jPassword": "graph-hidden",
}
# What grows with the number of zones, clients and people to tell, and nothing else.
BY_CONFIGURATION = re.compile(r"-\d+\b|-client-|-email-")

every_stack = pytest.mark.parametrize("stack", golden.STACKS)
Graphs = Callable[[str], Graph]


@every_stack
def test_a_stack_describes_what_was_reviewed(stack: str, graph_of: Graphs) -> None:
    # when
    now, reviewed = golden.text(graph_of(stack)), golden.file(stack).read_text()

    # then
    same = now == reviewed  # apart, for pytest would compare 15,000 lines
    assert same, "\n".join(
        [
            "The program describes something else than was reviewed. Look at it, and accept it by",
            "`python -m tests.systems.golden`:",
            *golden.differences(now, reviewed),
        ]
    )


@every_stack
def test_a_preview_registers_what_the_deployment_does(stack: str, graph_of: Graphs) -> None:
    # when
    foreseen = golden.recorded(stack, preview=True)

    # then
    assert {one.urn for one in foreseen.resources} == {one.urn for one in graph_of(stack).resources}


def test_no_secret_of_the_configuration_is_readable_in_the_graph() -> None:
    # when
    graph = golden.recorded(
        "dev", changes={**SECRETS, "systems": '["knowledge"]'}, secret_keys=SECRETS
    )

    # then
    text = golden.text(graph)
    assert not any(value in text for value in SECRETS.values())
    values = graph.of("aws:secretsmanager/secretVersion:SecretVersion")
    assert [one.inputs["secretString"] for one in values] == [SECRET] * len(SECRETS)


@every_stack
def test_the_reviewed_graph_is_the_same_on_every_machine(stack: str) -> None:
    # when
    text = golden.file(stack).read_text()

    # then
    assert str(golden.ROOT) not in text
    assert re.findall(r'"(?:/home|/root|/tmp|/Users|/work)/[^"]*"', text) == []
    # Digests of code would make every edit of a function an edit of the graph.
    code = [one for one in json.loads(text)["resources"] if one["type"].endswith("BucketObjectv2")]
    assert code
    assert all(one["inputs"]["key"].endswith("/unbuilt.zip") for one in code)


def test_stacks_differ_by_configuration_only() -> None:
    # given: what prod's configuration decides besides numbers
    like_prod = {
        "egress": "firewall",
        "visionProvider": "anthropic",
        "visionModel": "claude-haiku-4-5",
        "embeddingProvider": "voyage",
    }

    # when
    dev, prod = (
        {
            (one.type, one.name)
            for one in golden.recorded(stack, changes=like_prod).resources
            if not BY_CONFIGURATION.search(one.name)
        }
        for stack in golden.STACKS
    )

    # then
    assert dev == prod
