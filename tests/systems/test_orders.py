"""Laws of the Orders system, over its recorded graph."""

import json
from typing import Any

import pytest

from pulumi_rampart.testing import Graph
from tests.systems.grants import FUNCTION, allowed, grants

TABLE = "arn:aws:dynamodb:eu-central-1:123456789012:table/orders-table"
MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping"
QUEUE = "aws:sqs/queue:Queue"
ORDERS = {
    "orders-audit-trail",
    "orders-bulk-intake",
    "orders-fulfilment-starter",
    "orders-fulfilment-steps",
    "orders-notifier",
    "orders-order-api",
    "orders-order-processor",
    "orders-outbox-publisher",
    "orders-settlement",
}


def uses_of_the_key(dev: Graph, function: str) -> list[dict[str, Any]]:
    """Return the statements by which code itself uses the key."""
    return [
        one
        for one in grants(dev, function)
        if any(action.startswith("kms:") for action in one["Action"])
        and not any("kms:ViaService" in keys for keys in one.get("Condition", {}).values())
    ]


def test_only_those_who_take_orders_read_personal_data_and_in_their_context_only(
    dev: Graph,
) -> None:
    # when
    uses = {name: found for name in ORDERS if (found := uses_of_the_key(dev, name))}

    # then
    assert set(uses) == {"orders-order-api", "orders-bulk-intake"}
    context = {"StringEquals": {"kms:EncryptionContext:purpose": "orders"}}
    assert all(one["Condition"] == context for found in uses.values() for one in found)


def test_only_the_processor_and_the_fulfilment_write_payments(dev: Graph) -> None:
    # when
    updating = {
        name for name in ORDERS if ("dynamodb:UpdateItem", TABLE) in allowed(dev, name, "dynamodb")
    }

    # then
    assert updating == {"orders-order-processor", "orders-fulfilment-steps"}


def test_the_key_of_the_payment_service_is_read_by_those_who_call_it(dev: Graph) -> None:
    arn = dev.one("aws:secretsmanager/secret:Secret", "orders-payments-key").outputs["arn"]
    readers = {
        one.name
        for one in dev.of(FUNCTION)
        if ("secretsmanager:GetSecretValue", arn) in allowed(dev, one.name, "secretsmanager")
    }
    assert readers == {"orders-order-processor", "orders-fulfilment-steps"}


def test_orders_of_a_customer_keep_their_order_and_die_after_three_deliveries(dev: Graph) -> None:
    # given
    received = dev.one(QUEUE, "orders-received").inputs
    mapping = dev.one(MAPPING, "orders-processing").inputs

    # then
    assert received["fifoQueue"] is True
    assert json.loads(received["redrivePolicy"])["maxReceiveCount"] == 3
    assert received["messageRetentionSeconds"] == 14 * 24 * 3600
    function = dev.one(FUNCTION, "orders-order-processor").inputs
    assert received["visibilityTimeoutSeconds"] == 6 * function["timeout"]
    assert (mapping["batchSize"], mapping["functionResponseTypes"]) == (
        10,
        ["ReportBatchItemFailures"],
    )


def test_the_publisher_sees_new_rows_of_the_outbox_and_nothing_else(dev: Graph) -> None:
    mapping = dev.one(MAPPING, "orders-publishing").inputs
    (found,) = mapping["filterCriteria"]["filters"]
    assert json.loads(found["pattern"]) == {
        "eventName": ["INSERT"],
        "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "OUTBOX#"}]}}},
    }
    assert mapping["bisectBatchOnFunctionError"] is True
    assert mapping["destinationConfig"]["onFailure"]["destinationArn"]


@pytest.mark.parametrize(
    ("subscription", "filtered"),
    [("orders-announced-to-customers", True), ("orders-announced-to-audit", False)],
)
def test_the_topic_tells_customers_some_events_and_the_audit_trail_all(
    dev: Graph, subscription: str, *, filtered: bool
) -> None:
    inputs = dev.one("aws:sns/topicSubscription:TopicSubscription", subscription).inputs
    assert bool(inputs.get("filterPolicy")) == filtered
    assert inputs["rawMessageDelivery"] is True
    assert inputs["redrivePolicy"]


def test_every_task_of_the_workflow_ends_in_undoing_when_it_fails(dev: Graph) -> None:
    # given
    machine = dev.one("aws:sfn/stateMachine:StateMachine", "orders-fulfilment").inputs
    states = json.loads(machine["definition"])["States"]

    # then
    for name in ("Prepare", "Ask", "Ship"):
        assert [each["Next"] for each in states[name]["Catch"]] == ["Undo"], name
    assert [each["Next"] for each in states["Undo"]["Catch"]] == ["NotUndone"]
    tasks = [states["Ask"], states["Ship"], states["Undo"]]
    tasks += [state for one in states["Prepare"]["Branches"] for state in one["States"].values()]
    for task in tasks:
        assert "UnavailableError" in task["Retry"][0]["ErrorEquals"]


def test_the_workflow_lasts_longer_than_a_person_may_take(dev: Graph) -> None:
    machine = dev.one("aws:sfn/stateMachine:StateMachine", "orders-fulfilment").inputs
    definition = json.loads(machine["definition"])
    waiting = definition["States"]["Ask"]["TimeoutSeconds"]
    assert definition["TimeoutSeconds"] > waiting + 3600
