"""Queues, a function's name and a topic of an embedded AWS; each test has its own."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest

from rampart_local.clients import Clients
from rampart_local.dead_letters.queues import DeadLetters, dead_letter_queues


@dataclass
class Queues:
    """A queue with its dead letters, and how to look into both."""

    clients: Clients
    fifo: bool = False
    name: str = field(default_factory=lambda: uuid4().hex[:12])

    def __post_init__(self) -> None:
        end = ".fifo" if self.fifo else ""
        attributes: Any = {"FifoQueue": "true"} if self.fifo else {}
        sqs = self.clients.sqs
        self.dead = sqs.create_queue(QueueName=f"{self.name}-dead{end}", Attributes=attributes)[
            "QueueUrl"
        ]
        policy = {"deadLetterTargetArn": self.arn(self.dead), "maxReceiveCount": 3}
        self.source = sqs.create_queue(
            QueueName=f"{self.name}{end}",
            Attributes={**attributes, "RedrivePolicy": json.dumps(policy)},
        )["QueueUrl"]

    def arn(self, url: str) -> str:
        answer = self.clients.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        return answer["Attributes"]["QueueArn"]

    def found(self) -> DeadLetters:
        """Return the dead letter queue as the commands find it."""
        urls = {"jobs": self.source, "jobs-dead": self.dead}
        (queue,) = dead_letter_queues(self.clients, urls)
        return queue

    def die(self, body: str, error: str = "", reason: str = "", group: str = "g") -> str:
        """Put a dead letter, as a function of ours does; returns its id."""
        attributes: dict[str, Any] = {"kept": {"DataType": "String", "StringValue": "as it was"}}
        if error:
            attributes |= {
                "error_type": {"DataType": "String", "StringValue": error},
                "reason": {"DataType": "String", "StringValue": reason},
            }
        order: Any = {"MessageGroupId": group, "MessageDeduplicationId": uuid4().hex}
        answer = self.clients.sqs.send_message(
            QueueUrl=self.dead,
            MessageBody=body,
            MessageAttributes=attributes,
            **(order if self.fifo else {}),
        )
        return answer["MessageId"]

    def bodies(self, url: str) -> list[str]:
        """Return what lies in a queue, and delete it."""
        found: list[str] = []
        while messages := self.messages(url):
            for message in messages:
                found.append(message["Body"])
                self.clients.sqs.delete_message(
                    QueueUrl=url, ReceiptHandle=message["ReceiptHandle"]
                )
        return found

    def messages(self, url: str) -> list[dict[str, Any]]:
        answer = self.clients.sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=10,
            MessageAttributeNames=["All"],
            AttributeNames=["All"],
        )
        return [dict(each) for each in answer.get("Messages", [])]


@pytest.fixture
def queues(clients: Clients) -> Queues:
    return Queues(clients)


@pytest.fixture
def ordered(clients: Clients) -> Queues:
    return Queues(clients, fifo=True)
