"""What SQS publishes of each queue: how many messages wait, and since when.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
Published when a value changes, and once a minute as on AWS.
"""

import time
from importlib import import_module
from typing import Any, cast

from rampart_local.metrics.publisher import Publisher
from rampart_local.metrics.series import Datum

_MINUTE = 60.0
_AGE_SECONDS = 5.0
"""How often the age of waiting messages is published; AWS does once a minute."""
_DEPTHS = ("Visible", "NotVisible", "Delayed")


class QueueSampler:
    """Looks at all queues; to be called in the server's loop."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._sqs = cast("Any", import_module("ministack.services.sqs"))  # untyped
        self._last: dict[tuple[str, ...], tuple[tuple[int, ...], float]] = {}

    def sample(self) -> None:
        """Publish what has changed, or was not published for a minute."""
        now = time.time()
        for (account, region, url), queue in list(self._sqs._queues.all_items()):  # noqa: SLF001  # its only seam
            depths = _depths(queue["messages"], now)
            before, at = self._last.get((account, region, url), ((), 0.0))
            age = _age(queue["messages"], now)
            if depths == before and now - at < (_AGE_SECONDS if age else _MINUTE):
                continue
            self._last[account, region, url] = depths, now
            name = str(queue["attributes"]["QueueArn"]).rpartition(":")[2]
            values = [
                (f"ApproximateNumberOfMessages{kind}", depth, "Count")
                for kind, depth in zip(_DEPTHS, depths, strict=True)
            ]
            values.append(("ApproximateAgeOfOldestMessage", age, "Seconds"))
            for metric, value, unit in values:
                datum = Datum("AWS/SQS", metric, value, unit, {"QueueName": name})
                self._publisher.put(datum, (account, region))


def _depths(messages: list[dict[str, Any]], now: float) -> tuple[int, int, int]:
    """Count what waits, what was received and is not deleted, and what is delayed."""
    late = [each for each in messages if each["visible_at"] > now]
    received = sum(1 for each in late if each.get("receive_count"))
    return len(messages) - len(late), received, len(late) - received


def _age(messages: list[dict[str, Any]], now: float) -> int:
    return int(max((now - each["sent_at"] for each in messages), default=0.0))
