import json

from pulumi_rampart.messaging.event_route import EventRoute
from pulumi_rampart.testing import Graph, Resource
from tests.components.wall import ALARMS, BOUNDARY, recorded, statements

PATTERN = json.dumps({"source": ["shop.orders"], "detail-type": ["OrderPaid"]})
QUEUE = "aws:sqs/queue:Queue"


def paid() -> Graph:
    return recorded(
        lambda: EventRoute(
            "paid",
            {
                "boundary": BOUNDARY,
                "bus": "shop",
                "pattern": PATTERN,
                "consumer_timeout_seconds": 30,
            },
        )
    )


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
