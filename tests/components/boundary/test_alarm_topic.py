from pulumi_rampart.boundary.alarm_topic import AlarmTopic
from pulumi_rampart.testing import Graph
from tests.components.inside import ACCOUNT, KEY, recorded, statements


def alarms(*emails: str) -> Graph:
    return recorded(
        lambda: AlarmTopic(
            "alarms", {"account_id": ACCOUNT, "key_arn": KEY, "emails": list(emails)}
        )
    )


def test_alarms_of_this_account_may_publish_and_nobody_without_tls() -> None:
    # when
    graph = alarms()

    # then
    topic = graph.one("aws:sns/topic:Topic", "alarms").outputs["arn"]
    policy = statements(
        graph.one("aws:sns/topicPolicy:TopicPolicy", "alarms-policy").inputs["policy"]
    )
    allowed, denied = policy
    assert allowed["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert allowed["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    assert denied["Effect"] == "Deny"
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert {one["Resource"] for one in policy} == {topic}


def test_messages_are_encrypted_with_the_customer_key() -> None:
    # when
    graph = alarms()

    # then
    assert graph.one("aws:sns/topic:Topic", "alarms").inputs["kmsMasterKeyId"] == KEY


def test_everybody_named_is_told() -> None:
    # when
    graph = alarms("a@example.com", "b@example.com")

    # then
    told = [
        one.inputs["endpoint"] for one in graph.of("aws:sns/topicSubscription:TopicSubscription")
    ]
    assert told == ["a@example.com", "b@example.com"]
