"""Where a dead letter goes back to."""

import json
from typing import Any, Protocol, cast
from uuid import uuid4

from rampart_local.dead_letters.letters import Letter, recorded
from rampart_local.dead_letters.queues import DeadLetters
from rampart_local.dead_letters.services import Services
from rampart_local.dead_letters.streams import replay_batch

RECORD = "record"
"""Value of the tag: the letter is Lambda's own record, which names the function."""


class UnfitError(Exception):
    """A letter is not what its target takes; the message says why."""


class Target(Protocol):
    """Takes letters."""

    def send(self, letter: Letter) -> None:
        """Hand it over; returning means that the target has it.

        Raises:
            UnfitError: it is not what the target takes.
        """
        ...


def target_of(services: Services, queue: DeadLetters) -> Target:
    """Return where the letters of a queue go back to.

    Raises:
        LookupError: nothing says where.
    """
    if queue.sources:
        return QueueTarget(services, queue.sources[0])
    where = queue.replay_to
    if where == RECORD:
        return RecordTarget(services)
    *_, service, _, _, name = where.split(":", 5) if where.startswith("arn:") else ["", "", "", ""]
    match service:
        case "sqs":
            return QueueTarget(services, services.sqs.get_queue_url(QueueName=name)["QueueUrl"])
        case "sns":
            return TopicTarget(services, where)
        case "lambda":
            return FunctionTarget(services, where)
        case "events":
            return BusTarget(services, where)
        case _:
            raise LookupError(
                f"Nothing says where the letters of {queue.name} go back to: no queue has it for "
                f"its dead letters, and its tag `replay-to` is {where!r}."
            )


class QueueTarget:
    """The queue in which a message failed."""

    def __init__(self, services: Services, url: str) -> None:
        self._sqs, self._url = services.sqs, url

    def send(self, letter: Letter) -> None:
        """Put it at the end of the queue, in its group."""
        order: dict[str, str] = {}
        if self._url.endswith(".fifo"):
            # A new one: SQS drops for five minutes what has the id of before.
            order = {
                "MessageGroupId": letter.group or letter.id,
                "MessageDeduplicationId": uuid4().hex,
            }
        self._sqs.send_message(
            QueueUrl=self._url,
            MessageBody=letter.body,
            MessageAttributes=letter.original_attributes,
            **order,
        )


class TopicTarget:
    """A topic."""

    def __init__(self, services: Services, arn: str) -> None:
        self._sns, self._arn = services.sns, arn

    def send(self, letter: Letter) -> None:
        """Publish it again, to all subscribers."""
        self._sns.publish(
            TopicArn=self._arn, Message=letter.body, MessageAttributes=letter.original_attributes
        )


class FunctionTarget:
    """A function that a service calls asynchronously."""

    def __init__(self, services: Services, arn: str) -> None:
        self._lambda, self._arn = services.lambda_, arn

    def send(self, letter: Letter) -> None:
        """Call it with the event; its own retries and failures follow."""
        _json(letter.body)
        self._lambda.invoke(FunctionName=self._arn, InvocationType="Event", Payload=letter.body)


class BusTarget:
    """An event bus."""

    def __init__(self, services: Services, arn: str) -> None:
        self._events, self._arn = services.events, arn

    def send(self, letter: Letter) -> None:
        """Publish the event again."""
        event = _json(letter.body)
        missing = [name for name in ("source", "detail-type", "detail") if name not in event]
        if missing:
            raise UnfitError(f"it is no event: {', '.join(missing)} is missing")
        answer = self._events.put_events(
            Entries=[
                {
                    "EventBusName": self._arn,
                    "Source": event["source"],
                    "DetailType": event["detail-type"],
                    "Detail": json.dumps(event["detail"]),
                    "Resources": event.get("resources", []),
                }
            ]
        )
        if answer["FailedEntryCount"]:
            raise UnfitError(f"the bus refused it: {answer['Entries'][0].get('ErrorMessage')}")


class RecordTarget:
    """The function that Lambda's record names, of a call or of a batch of a stream."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def send(self, letter: Letter) -> None:
        """Call the function with what it failed on."""
        record = recorded(letter.body)
        if record is None:
            raise UnfitError("it is no record of Lambda: requestContext is missing")
        function = _unversioned(str(record["requestContext"].get("functionArn", "")))
        if not function:
            raise UnfitError("it names no function: requestContext.functionArn is missing")
        if batch := record.get("DDBStreamBatchInfo"):
            if problem := replay_batch(self._services, function, batch):
                raise UnfitError(problem)
        elif "requestPayload" in record:
            self._services.lambda_.invoke(
                FunctionName=function,
                InvocationType="Event",
                Payload=json.dumps(record["requestPayload"]),
            )
        else:
            raise UnfitError("it holds neither requestPayload nor DDBStreamBatchInfo")


def _json(body: str) -> dict[str, Any]:
    try:
        content: Any = json.loads(body)
    except ValueError as error:
        raise UnfitError("it is no JSON") from error
    if not isinstance(content, dict):
        raise UnfitError("it is no JSON object")
    return cast("dict[str, Any]", content)


def _unversioned(arn: str) -> str:
    """Return a function's ARN without `:$LATEST`, which may have been another code then."""
    return arn.removesuffix(":$LATEST")
