"""The dead letter queues of a stack: which queues are some, and what they hold."""

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from rampart_local.dead_letters.letters import Letter, letter
from rampart_local.dead_letters.services import Services

REPLAY_TO = "replay-to"
"""Tag of a dead letter queue: where its letters go back to (pulumi_rampart.DeadLetterQueueArgs)."""
HELD_SECONDS = 60
"""How long letters are hidden from others while they are looked at."""


@dataclass(frozen=True)
class DeadLetters:
    """A dead letter queue."""

    name: str
    """In the program, or on AWS where that is not known."""
    url: str
    count: int
    """How many letters it has, about."""
    sources: Sequence[str]
    """URLs of the queues whose redrive policy names it."""
    replay_to: str
    """The value of its tag; "" without one."""


def dead_letter_queues(services: Services, urls: Mapping[str, str]) -> list[DeadLetters]:
    """Return those of some queues, name -> URL, that hold dead letters."""
    described = {name: _attributes(services, url) for name, url in urls.items()}
    sources: dict[str, list[str]] = {}
    for name, attributes in described.items():
        policy = json.loads(attributes.get("RedrivePolicy") or "{}")
        if target := policy.get("deadLetterTargetArn"):
            sources.setdefault(target, []).append(urls[name])
    found: list[DeadLetters] = []
    for name, attributes in described.items():
        tags = services.sqs.list_queue_tags(QueueUrl=urls[name]).get("Tags", {})
        names = sources.get(attributes["QueueArn"], [])
        if names or REPLAY_TO in tags:
            found.append(
                DeadLetters(
                    name=name,
                    url=urls[name],
                    count=_count(attributes),
                    sources=names,
                    replay_to=tags.get(REPLAY_TO, ""),
                )
            )
    return sorted(found, key=lambda each: each.name)


def count(services: Services, url: str) -> int:
    """Return how many letters a queue has, about."""
    return _count(_attributes(services, url))


@contextmanager
def held(services: Services, url: str) -> Generator[Callable[[], list[Letter]]]:
    """Yield what receives the next letters, in their order; what is left goes back at the end.

    A letter that was received is hidden from others for a minute, or until the block ends. In a
    FIFO queue it hides those behind it in its group, too.
    """
    receipts: list[str] = []

    def receive() -> list[Letter]:
        answer = services.sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=10,
            VisibilityTimeout=HELD_SECONDS,
            MessageAttributeNames=["All"],
            AttributeNames=["All"],
        )
        letters = [letter(message) for message in answer.get("Messages", [])]
        receipts.extend(each.receipt for each in letters)
        return letters

    try:
        yield receive
    finally:
        for receipt in receipts:
            _release(services, url, receipt)


def peeked(services: Services, url: str) -> list[Letter]:
    """Return the letters that can be seen without deleting any; a FIFO group shows its first."""
    with held(services, url) as receive:
        found: dict[str, Letter] = {}
        while new := [each for each in receive() if each.id not in found]:
            found |= {each.id: each for each in new}
        return list(found.values())


def _release(services: Services, url: str, receipt: str) -> None:
    """Show a letter again; one that was deleted has no receipt any more."""
    errors = services.sqs.exceptions
    gone = (errors.ReceiptHandleIsInvalid, errors.MessageNotInflight, errors.ClientError)
    try:
        services.sqs.change_message_visibility(
            QueueUrl=url, ReceiptHandle=receipt, VisibilityTimeout=0
        )
    except gone:
        return


def _attributes(services: Services, url: str) -> dict[str, Any]:
    return services.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]


def _count(attributes: Mapping[str, str]) -> int:
    names = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
    return sum(int(attributes.get(name, 0)) for name in names)
