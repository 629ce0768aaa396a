"""What the configuration decides, and what it cannot."""

import pytest

from systems.destinations import Destination, destination
from tests.systems.golden import recorded


def test_the_firewall_lets_through_what_the_configuration_names() -> None:
    # given
    dev = recorded("dev", changes={"egress": "firewall"})

    # when
    (rules,) = (
        one.inputs["rules"].splitlines()
        for one in dev.of("aws:networkfirewall/ruleGroup:RuleGroup")
    )

    # then
    assert [rule.split('msg:"')[1].split('"')[0] for rule in rules] == [
        ".neo4j.io",
        ".pinecone.io",
        "api.openai.com",
        "cognito-idp.eu-central-1.amazonaws.com",
        "payments.example.com",
    ]
    assert all("[443,7687]" in rule for rule in rules)


@pytest.mark.parametrize(
    ("url", "lets_through"),
    [
        ("neo4j+s://1a2b3c4d.databases.neo4j.io", Destination(".neo4j.io", 7687)),
        ("neo4j+ssc://1a2b3c4d.databases.neo4j.io:7688", Destination(".neo4j.io", 7688)),
        # A scheme that does not route talks to this host alone.
        ("bolt+s://1a2b3c4d.databases.neo4j.io", Destination("1a2b3c4d.databases.neo4j.io", 7687)),
        ("neo4j+s://graph.example.com", Destination("graph.example.com", 7687)),
        ("neo4j+s://databases.notneo4j.io", Destination("databases.notneo4j.io", 7687)),
        ("https://api.pinecone.io", Destination(".pinecone.io")),
        ("https://api.openai.com/v1", Destination("api.openai.com")),
    ],
)
def test_a_service_that_leads_its_clients_on_is_let_through_with_all_hosts_of_its_domain(
    url: str, lets_through: Destination
) -> None:
    # when / then
    assert destination("someUri", url) == lets_through


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
