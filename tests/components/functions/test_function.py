"""What holds for every function, however it is packaged."""

from typing import Any, cast

import pytest

from pulumi_rampart.functions.image_lambda import ImageLambda
from pulumi_rampart.functions.zip_lambda import ZipLambda, ZipLambdaArgs
from pulumi_rampart.permission import policy_document
from pulumi_rampart.testing import Graph
from tests.components.inside import ACCOUNT, BOUNDARY, KEY, recorded, statements

FUNCTION = "aws:lambda/function:Function"

pytestmark = pytest.mark.usefixtures("functions")
every_packaging = pytest.mark.parametrize("packaging", [ZipLambda, ImageLambda])


def arguments(**more: object) -> ZipLambdaArgs:
    args = {"boundary": BOUNDARY, "source": "functions/hello", **more}
    return cast("ZipLambdaArgs", args)


def hello(packaging: type[ZipLambda | ImageLambda] = ZipLambda, **more: object) -> Graph:
    return recorded(lambda: packaging("hello", arguments(**more)))  # type: ignore[arg-type]


def made(graph: Graph) -> dict[str, Any]:
    return graph.one(FUNCTION, "hello").inputs


@every_packaging
def test_every_function_has_a_role_of_its_own(packaging: type[ZipLambda | ImageLambda]) -> None:
    # when
    def program() -> None:
        for name in ("one", "two"):
            packaging(name, arguments())  # type: ignore[arg-type]

    graph = recorded(program)

    # then
    roles = [one.inputs["role"] for one in graph.of(FUNCTION)]
    assert roles == [f"arn:aws:iam::{ACCOUNT}:role/{name}-role" for name in ("one", "two")]


@every_packaging
def test_the_log_group_is_declared_with_key_and_retention_before_the_function_makes_its_own(
    packaging: type[ZipLambda | ImageLambda],
) -> None:
    # when
    graph = hello(packaging)

    # then
    group = graph.one("aws:cloudwatch/logGroup:LogGroup", "hello-logs")
    assert group.inputs == {
        "name": "/aws/lambda/shop-dev-hello",
        "kmsKeyId": KEY,
        "retentionInDays": 365,
    }
    assert made(graph)["loggingConfig"]["logGroup"] == "/aws/lambda/shop-dev-hello"
    assert group.urn in graph.one(FUNCTION, "hello").dependencies


@every_packaging
def test_it_is_traced_encrypted_and_inside_the_private_network(
    packaging: type[ZipLambda | ImageLambda],
) -> None:
    # when
    function = made(hello(packaging))

    # then
    assert function["tracingConfig"] == {"mode": "Active"}
    assert function["kmsKeyArn"] == KEY
    assert function["vpcConfig"] == {
        "subnetIds": ["subnet-private-0", "subnet-private-1"],
        "securityGroupIds": ["sg-private"],
    }


def test_only_a_function_that_asks_to_may_leave() -> None:
    # when
    function = made(hello(egress=True))

    # then
    assert function["vpcConfig"] == {
        "subnetIds": ["subnet-egress-0", "subnet-egress-1"],
        "securityGroupIds": ["sg-egress"],
    }


def test_its_variables_are_its_own_and_the_standard_three() -> None:
    # when
    function = made(hello(environment={"GREETING": "hi"}))

    # then
    assert function["environment"]["variables"] == {
        "GREETING": "hi",
        "POWERTOOLS_SERVICE_NAME": "hello",
        "POWERTOOLS_METRICS_NAMESPACE": "shop-dev",
        "POWERTOOLS_LOG_LEVEL": "INFO",
    }


@every_packaging
def test_an_asynchronous_call_that_fails_for_good_rests_in_the_functions_own_queue(
    packaging: type[ZipLambda | ImageLambda],
) -> None:
    # when
    graph = hello(packaging)

    # then
    events = graph.one(
        "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "hello-events"
    ).inputs
    failures = graph.one("aws:sqs/queue:Queue", "hello-failures").outputs["arn"]
    assert events["destinationConfig"] == {"onFailure": {"destination": failures}}
    policy = graph.one("aws:iam/rolePolicy:RolePolicy", "hello-role-policy").inputs["policy"]
    assert [
        one["Resource"] for one in statements(policy) if "sqs:SendMessage" in one["Action"]
    ] == [[failures]]


def test_the_records_of_its_failure_queue_say_themselves_what_to_call_again() -> None:
    # when
    failures = hello().one("aws:sqs/queue:Queue", "hello-failures").inputs

    # then
    assert failures["tags"]["replay-to"] == "record"


def test_the_function_waits_until_its_role_may_attach_it_to_the_network() -> None:
    # when
    graph = hello()

    # then
    policy = graph.one("aws:iam/rolePolicy:RolePolicy", "hello-role-policy")
    assert policy.urn in graph.one(FUNCTION, "hello").dependencies


def test_a_caller_may_invoke_this_function_only() -> None:
    # given
    documents: list[str] = []

    # when
    recorded(
        lambda: policy_document([ZipLambda("hello", arguments()).invoke()]).apply(documents.append)
    )

    # then
    assert statements(documents[0]) == [
        {
            "Effect": "Allow",
            "Action": ["lambda:InvokeFunction"],
            "Resource": [f"arn:aws:lambda:eu-central-1:{ACCOUNT}:function:shop-dev-hello"],
        }
    ]
