import json
from typing import cast

import pytest
from pulumi_aws import cloudwatch

from pulumi_rampart.messaging.event_route import EventRoute, EventRouteArgs
from pulumi_rampart.testing import Graph, Resource
from tests.components.inside import ALARMS, BOUNDARY, recorded, refusal, statements

PATTERN = json.dumps({"source": ["shop.orders"], "detail-type": ["OrderPaid"]})
QUEUE = "aws:sqs/queue:Queue"


def arguments(**more: object) -> EventRouteArgs:
    args = {"boundary": BOUNDARY, "bus": "shop", "pattern": PATTERN, "consumer_timeout_seconds": 30}
    return cast("EventRouteArgs", {**args, **more})


def paid(**more: object) -> Graph:
    return recorded(lambda: EventRoute("paid", arguments(**more)))


def target(graph: Graph) -> Resource:
    return graph.one("aws:cloudwatch/eventTarget:EventTarget", "paid-target")


def test_events_of_the_pattern_wait_in_a_queue_for_their_function() -> None:
    # when
    graph = paid()

    # then
    rule = graph.one("aws:cloudwatch/eventRule:EventRule", "paid").inputs
    assert (rule["eventBusName"], rule["eventPattern"]) == ("shop", PATTERN)
    assert target(graph).inputs["arn"] == graph.one(QUEUE, "paid-queue").outputs["arn"]
    assert graph.one(QUEUE, "paid-queue").inputs["visibilityTimeoutSeconds"] == 180


def test_what_eventbridge_cannot_deliver_is_kept_and_raises_an_alarm() -> None:
    # when
    graph = paid()

    # then
    undelivered = graph.one(QUEUE, "paid-undelivered").outputs["arn"]
    assert target(graph).inputs["deadLetterConfig"] == {"arn": undelivered}
    alarm = graph.one("aws:cloudwatch/metricAlarm:MetricAlarm", "paid-failed").inputs
    assert (alarm["metricName"], alarm["alarmActions"]) == ("FailedInvocations", [ALARMS])


def test_what_was_not_delivered_goes_back_into_the_queue_of_the_route() -> None:
    # when
    graph = paid()

    # then
    tags = graph.one(QUEUE, "paid-undelivered").inputs["tags"]
    assert tags["replay-to"] == graph.one(QUEUE, "paid-queue").outputs["arn"]


def test_only_this_rule_may_send_into_its_queues() -> None:
    # when
    graph = paid()

    # then
    rule = graph.one("aws:cloudwatch/eventRule:EventRule", "paid").outputs["arn"]
    for queue in ("paid-queue", "paid-undelivered"):
        policy = graph.one("aws:sqs/queuePolicy:QueuePolicy", f"{queue}-policy").inputs["policy"]
        (allowed,) = (one for one in statements(policy) if one["Effect"] == "Allow")
        assert allowed["Principal"] == {"Service": "events.amazonaws.com"}
        assert allowed["Condition"]["ArnEquals"] == {"aws:SourceArn": rule}


def test_no_event_is_sent_before_the_queues_let_it_in() -> None:
    # when
    graph = paid()

    # then
    policies = {one.urn for one in graph.of("aws:sqs/queuePolicy:QueuePolicy")}
    wanted = {urn for urn in policies if "paid-queue-dead" not in urn}
    assert wanted <= set(target(graph).dependencies)


@pytest.mark.parametrize(
    ("bus", "dimensions"),
    [
        ("shop", {"EventBusName": "shop", "RuleName": "shop-dev-paid"}),
        ("default", {"RuleName": "shop-dev-paid"}),
    ],
)
def test_the_alarm_watches_the_metric_that_eventbridge_publishes_for_this_bus(
    bus: str, dimensions: dict[str, str]
) -> None:
    # when
    graph = paid(bus=bus)

    # then
    alarm = graph.one("aws:cloudwatch/metricAlarm:MetricAlarm", "paid-failed").inputs
    assert alarm["dimensions"] == dimensions


def test_bus_and_pattern_may_be_known_only_at_deployment() -> None:
    # given
    def program() -> None:
        bus = cloudwatch.EventBus("other", name="other")
        pattern = bus.arn.apply(lambda arn: json.dumps({"resources": [arn]}))
        EventRoute("paid", arguments(bus=bus.name, pattern=pattern))

    # when
    graph = recorded(program)

    # then
    rule = graph.one("aws:cloudwatch/eventRule:EventRule", "paid").inputs
    arn = graph.one("aws:cloudwatch/eventBus:EventBus", "other").outputs["arn"]
    assert (rule["eventBusName"], json.loads(rule["eventPattern"])) == (
        "other",
        {"resources": [arn]},
    )


REFUSED: list[tuple[dict[str, object], str]] = [
    (
        {"max_receive": 5},
        (
            ".max_receive: there is no such argument; did you mean `max_receives`? Allowed are "
            "`boundary`, `bus`, `pattern`, `consumer_timeout_seconds`, `input_paths`, "
            "`input_template`, `max_receives`, `alarms`."
        ),
    ),
    (
        {"consumer_timeout_seconds": 0},
        (
            ".consumer_timeout_seconds=0: a whole number from 1 to 7200 is allowed; visibility is "
            "six times as long and SQS allows 43200 seconds."
        ),
    ),
    (
        {"max_receives": 0},
        (
            ".max_receives=0: a whole number from 1 to 1000 is allowed; a message that fails that "
            "often is a dead letter."
        ),
    ),
    ({"pattern": {"source": ["shop"]}}, ".pattern: a text is wanted, not dict."),
]


@pytest.mark.parametrize(("wrong", "why"), REFUSED)
def test_what_is_no_route_is_refused(wrong: dict[str, object], why: str) -> None:
    assert refusal(lambda: EventRoute("paid", arguments(**wrong))) == f"paid{why}"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (
            "p" * 56,
            (
                f"an EventBridge rule allows 64 characters, and 'shop-dev-{'p' * 56}' has 65; take "
                "a name that is 1 shorter."
            ),
        ),
        ("paid in full", "an EventBridge rule allows no ' ' in 'shop-dev-paid in full'."),
        ("orders.paid", "SQS allows no '.' in 'orders.paid-queue-dead-1234567'."),
    ],
)
def test_a_name_that_neither_rule_nor_queues_can_have_is_refused(name: str, why: str) -> None:
    # when
    message = refusal(lambda: EventRoute(name, arguments()))

    # then
    assert message == f"{name}: is not possible as a name: {why}"
