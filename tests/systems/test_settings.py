"""What the configuration decides, and what it cannot."""

import pytest

from pulumi_rampart.testing import Graph
from tests.systems.golden import recorded


def test_the_firewall_lets_through_what_the_configuration_names(dev: Graph) -> None:
    # when
    (rules,) = (
        one.inputs["rules"].splitlines()
        for one in dev.of("aws:networkfirewall/ruleGroup:RuleGroup")
    )

    # then
    assert [rule.split('msg:"')[1].split('"')[0] for rule in rules] == [
        ".pinecone.io",
        "api.openai.com",
        "cognito-idp.eu-central-1.amazonaws.com",
        "dev.databases.neo4j.io",
    ]
    assert all("[443,7687]" in rule for rule in rules)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"systems": '["knowlege"]'}, "rampart:systems names knowlege; allowed are knowledge"),
        ({"answerer": "gpt"}, "rampart:answerer is 'gpt'; allowed are openai, anthropic"),
    ],
)
def test_a_word_the_configuration_does_not_know_is_refused_with_those_it_knows(
    changes: dict[str, str], why: str
) -> None:
    # when
    with pytest.raises(ValueError, match="rampart:") as caught:
        recorded("dev", changes=changes)

    # then
    assert str(caught.value).startswith(why)
