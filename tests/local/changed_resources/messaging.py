"""Queues and topics, changed."""

import json
from typing import Any

from tests.local.changed_resources.case import Case, Show, actions, other_policy
from tests.local.every_type.documents import ACCOUNT

REDRIVE = json.dumps({"redrivePermission": "allowAll"})


def attribute(name: str) -> Show:
    def show(aws: Any, url: str, _: dict[str, Any]) -> object:  # noqa: ANN401  # the clients
        found = aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])
        return found["Attributes"].get(name)

    return show


CASES: dict[str, list[Case]] = {
    "aws:sqs/queue:Queue": [
        Case(
            name="queue",
            after={"visibilityTimeoutSeconds": 90},
            show=attribute("VisibilityTimeout"),
            shown="90",
        ),
        Case(
            name="rest",
            before={"delaySeconds": 7},
            after={},
            show=attribute("DelaySeconds"),
            shown="0",
        ),
    ],
    "aws:sqs/queuePolicy:QueuePolicy": [
        Case(
            name="queue",
            after={"policy": other_policy(AWS=ACCOUNT)},
            show=lambda aws, id_, known: actions(str(attribute("Policy")(aws, id_, known))),
            shown="app:Other",
        )
    ],
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": [
        Case(
            name="dead",
            after={"redriveAllowPolicy": REDRIVE},
            show=attribute("RedriveAllowPolicy"),
            shown=REDRIVE,
        )
    ],
    "aws:sns/topic:Topic": [
        Case(
            name="topic",
            before={"displayName": "before"},
            after={"displayName": "after"},
            show=lambda aws, id_, _: aws.sns.get_topic_attributes(TopicArn=id_)["Attributes"][
                "DisplayName"
            ],
            shown="after",
        )
    ],
    "aws:sns/topicPolicy:TopicPolicy": [
        Case(
            name="topic",
            after={"policy": other_policy(AWS=ACCOUNT)},
            show=lambda aws, id_, _: actions(
                aws.sns.get_topic_attributes(TopicArn=id_)["Attributes"]["Policy"]
            ),
            shown="app:Other",
        )
    ],
}
