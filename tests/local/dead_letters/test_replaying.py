"""A replayed letter is where it failed, as it was; what stays says why; none is lost."""

import json
from typing import Any

import pytest

from rampart_local.dead_letters.queues import DeadLetters, dead_letter_queues, peeked
from rampart_local.dead_letters.replaying import REFUSED, Replay
from rampart_local.dead_letters.targets import target_of
from tests.local.dead_letters.conftest import Queues


def test_letters_go_back_to_the_queue_whose_dead_letters_they_are(queues: Queues) -> None:
    # given
    for n in range(12):
        queues.die(f"letter {n}", "UnavailableError", "no answer")

    # when
    outcome = Replay(queues.clients, queues.found(), letters_a_second=1000).all()

    # then
    assert (outcome.replayed, outcome.stayed) == (12, [])
    assert sorted(queues.bodies(queues.source)) == sorted(f"letter {n}" for n in range(12))
    assert queues.bodies(queues.dead) == []


def test_a_letter_goes_back_with_its_own_attributes_only(queues: Queues) -> None:
    queues.die("a letter", "UnavailableError", "no answer")
    Replay(queues.clients, queues.found()).all()
    (message,) = queues.messages(queues.source)
    assert set(message["MessageAttributes"]) == {"kept"}


@pytest.mark.parametrize("error", ["RejectedError", "InvalidRequestError"])
def test_what_was_refused_for_its_content_stays_unless_it_is_asked_for(
    queues: Queues, error: str
) -> None:
    # given
    refused = queues.die("refused", error, "unknown_product")
    queues.die("other", "UnavailableError", "no answer")

    # when
    outcome = Replay(queues.clients, queues.found(), letters_a_second=1000).all()

    # then
    assert (outcome.replayed, outcome.stayed) == (1, [(refused, REFUSED)])
    assert queues.bodies(queues.source) == ["other"]

    # when
    asked = Replay(queues.clients, queues.found(), refused=True).all()

    # then
    assert (asked.replayed, queues.bodies(queues.source)) == (1, ["refused"])


def test_one_letter_goes_back_and_the_others_stay(queues: Queues) -> None:
    # given
    queues.die("first")
    chosen = queues.die("second", "RejectedError", "asked for by its id")

    # when
    outcome = Replay(queues.clients, queues.found()).one(chosen)

    # then
    assert outcome.replayed == 1
    assert queues.bodies(queues.source) == ["second"]
    assert queues.bodies(queues.dead) == ["first"]


def test_a_letter_that_is_not_there_is_said(queues: Queues) -> None:
    queues.die("first")
    with pytest.raises(LookupError, match="no message nope"):
        Replay(queues.clients, queues.found()).one("nope")
    assert queues.bodies(queues.dead) == ["first"]


def test_a_group_keeps_its_order_and_its_name(ordered: Queues) -> None:
    # given
    for n in range(6):
        ordered.die(f"{n}", "UnavailableError", "no answer", group=f"g{n % 2}")

    # when
    Replay(ordered.clients, ordered.found(), letters_a_second=1000).all()

    # then
    received: list[tuple[str, str]] = []
    while messages := ordered.messages(ordered.source):
        for message in messages:
            received.append((message["Attributes"]["MessageGroupId"], message["Body"]))
            ordered.clients.sqs.delete_message(
                QueueUrl=ordered.source, ReceiptHandle=message["ReceiptHandle"]
            )
    for group in ("g0", "g1"):
        bodies = [body for each, body in received if each == group]
        assert bodies == sorted(bodies)
    assert len(received) == 6


def test_a_letter_that_was_replayed_before_is_not_dropped_as_a_duplicate(ordered: Queues) -> None:
    for _ in range(2):
        ordered.die("the same")
        assert Replay(ordered.clients, ordered.found()).all().replayed == 1
        assert ordered.bodies(ordered.source) == ["the same"]


class Interrupted(BaseException):
    """Ctrl-C."""


@pytest.mark.parametrize("moment", ["before sending", "after sending"])
def test_an_interrupted_replay_loses_nothing(queues: Queues, moment: str) -> None:
    # given
    for n in range(3):
        queues.die(f"letter {n}")
    replay: Any = Replay(queues.clients, queues.found(), letters_a_second=1000)
    send, sent = replay._target.send, list[str]()  # the moment of Ctrl-C

    def stop(letter: Any) -> None:  # noqa: ANN401  # a letter
        if len(sent) == 1:
            if moment == "after sending":
                send(letter)
            raise Interrupted
        send(letter)
        sent.append(letter.body)

    replay._target.send = stop

    # when
    with pytest.raises(Interrupted):
        replay.all()

    # then: at once visible again, none missing
    left, there = queues.bodies(queues.dead), queues.bodies(queues.source)
    assert set(left) | set(there) == {f"letter {n}" for n in range(3)}
    assert len(left) == 2


def test_the_rate_is_kept(queues: Queues) -> None:
    # given
    for n in range(4):
        queues.die(f"letter {n}")
    pauses: list[float] = []

    # when
    Replay(queues.clients, queues.found(), letters_a_second=4, pause=pauses.append).all()

    # then
    assert pauses == [0.25] * 3


def test_what_fails_again_at_once_is_not_sent_in_circles(queues: Queues) -> None:
    # given: a consumer so fast that each letter is dead again before the next is sent
    queues.die("never works")
    replay: Any = Replay(queues.clients, queues.found(), letters_a_second=1000)
    send, sent = replay._target.send, list[str]()  # its consumer

    def fails(letter: Any) -> None:  # noqa: ANN401  # a letter
        send(letter)
        sent.append(letter.body)
        queues.die(letter.body)

    replay._target.send = fails

    # when
    outcome = replay.all()

    # then
    assert outcome.replayed == len(sent) == 1


def tagged(queues: Queues, where: str) -> DeadLetters:
    """Return a dead letter queue that no queue names, with this tag."""
    url = queues.clients.sqs.create_queue(QueueName=f"{queues.name}-alone")["QueueUrl"]
    queues.clients.sqs.tag_queue(QueueUrl=url, Tags={"replay-to": where})
    (queue,) = dead_letter_queues(queues.clients, {"alone": url})
    queues.dead = url
    return queue


def test_the_tag_of_a_queue_says_where_its_letters_go(queues: Queues) -> None:
    queue = tagged(queues, queues.arn(queues.source))
    queues.die("an event")
    target_of(queues.clients, queue).send(peeked(queues.clients, queue.url)[0])
    assert queues.bodies(queues.source) == ["an event"]


def test_a_queue_that_says_nowhere_is_said(queues: Queues) -> None:
    with pytest.raises(LookupError, match=r"replay-to.*'nowhere'"):
        target_of(queues.clients, tagged(queues, "nowhere"))


class Called:
    """The services, with functions and buses that only note what they are sent."""

    def __init__(self, queues: Queues) -> None:
        self.sqs = queues.clients.sqs
        self.lambda_, self.events, self.sns, self.dynamodbstreams = self, self, self, self
        self.calls: list[dict[str, Any]] = []

    def invoke(self, **asked: Any) -> dict[str, Any]:  # noqa: ANN401  # of boto3
        self.calls.append(asked)
        return {}

    def put_events(self, **asked: Any) -> dict[str, Any]:  # noqa: ANN401  # of boto3
        self.calls.append(asked)
        return {"FailedEntryCount": 0}


ARN = "arn:aws:lambda:eu-central-1:123456789012:function:settlement"


def test_a_missed_call_of_a_schedule_is_made_again(queues: Queues) -> None:
    queue, services = tagged(queues, ARN), Called(queues)
    queues.die('{"day": "2026-11-26"}')
    target_of(services, queue).send(peeked(queues.clients, queue.url)[0])
    (call,) = services.calls
    assert (call["FunctionName"], call["InvocationType"]) == (ARN, "Event")
    assert json.loads(call["Payload"]) == {"day": "2026-11-26"}


def test_lambda_s_own_record_calls_the_function_it_names(queues: Queues) -> None:
    queue, services = tagged(queues, "record"), Called(queues)
    context = {"functionArn": f"{ARN}:$LATEST", "condition": "RetriesExhausted"}
    queues.die(json.dumps({"requestContext": context, "requestPayload": {"n": 1}}))
    target_of(services, queue).send(peeked(queues.clients, queue.url)[0])
    (call,) = services.calls
    assert (call["FunctionName"], json.loads(call["Payload"])) == (ARN, {"n": 1})


def test_an_event_goes_back_to_its_bus(queues: Queues) -> None:
    bus = "arn:aws:events:eu-central-1:123456789012:event-bus/shop"
    queue, services = tagged(queues, bus), Called(queues)
    queues.die(json.dumps({"source": "shop", "detail-type": "Paid", "detail": {"n": 1}}))
    target_of(services, queue).send(peeked(queues.clients, queue.url)[0])
    (entry,) = services.calls[0]["Entries"]
    assert (entry["EventBusName"], entry["DetailType"], entry["Source"]) == (bus, "Paid", "shop")
    assert json.loads(entry["Detail"]) == {"n": 1}


@pytest.mark.parametrize(
    ("where", "body", "why"),
    [
        ("record", "{}", "requestContext is missing"),
        ("record", '{"requestContext": {}}', "names no function"),
        ("record", json.dumps({"requestContext": {"functionArn": ARN}}), "neither requestPayload"),
        (ARN, "{nope", "no JSON"),
        ("arn:aws:events:eu-central-1:123456789012:event-bus/b", "{}", "source"),
    ],
)
def test_what_its_target_does_not_take_stays_and_says_why(
    queues: Queues, where: str, body: str, why: str
) -> None:
    # given
    queue = tagged(queues, where)
    letter = queues.die(body)
    (queue,) = dead_letter_queues(queues.clients, {"alone": queue.url})

    # when
    outcome = Replay(queues.clients, queue).all()

    # then
    assert outcome.replayed == 0
    ((stayed, reason),) = outcome.stayed
    assert stayed == letter
    assert why in reason
    assert queues.bodies(queue.url) == [body]
