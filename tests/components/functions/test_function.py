"""What holds for every function, however it is packaged."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulumi_aws import lambda_

from pulumi_rampart.functions.image_lambda import ImageLambda
from pulumi_rampart.functions.zip_lambda import ZipLambda, ZipLambdaArgs, ZipLambdaTransforms
from pulumi_rampart.permission import policy_document
from pulumi_rampart.testing import Graph
from tests.components.wall import (
    ACCOUNT,
    BOUNDARY,
    KEY,
    WITHOUT_EGRESS,
    changed,
    recorded,
    refusal,
    statements,
)

FUNCTION = "aws:lambda/function:Function"

pytestmark = pytest.mark.usefixtures("functions")
every_packaging = pytest.mark.parametrize("packaging", [ZipLambda, ImageLambda])


def arguments(**more: object) -> ZipLambdaArgs:
    return {"boundary": BOUNDARY, "source": "functions/hello", **more}  # type: ignore[typeddict-item]


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


def test_leaving_through_a_wall_without_a_way_out_is_refused() -> None:
    # when
    message = refusal(lambda: ZipLambda("hello", arguments(boundary=WITHOUT_EGRESS, egress=True)))

    # then
    assert message == (
        "hello.egress=True: the boundary has no way out; give it egress_domains, or leave egress "
        "away."
    )


@pytest.mark.parametrize("variable", ["AWS_REGION", "LAMBDA_TASK_ROOT", "POWERTOOLS_LOG_LEVEL"])
def test_a_variable_that_the_runtime_or_the_wall_sets_is_refused(variable: str) -> None:
    # when
    message = refusal(lambda: ZipLambda("hello", arguments(environment={variable: "x"})))

    # then
    assert message == (
        f"hello.environment[{variable!r}]: reserved by the runtime or set for every function; "
        "choose another name."
    )


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


LIMITS = {
    "timeout_seconds": (1, 900),
    "memory_mib": (128, 10_240),
    "ephemeral_storage_mib": (512, 10_240),
}


@pytest.mark.parametrize("field", LIMITS)
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_size_outside_lambdas_limits_is_refused_with_the_limits(
    field: str, data: st.DataObject
) -> None:
    # given
    low, high = LIMITS[field]
    value = data.draw(st.integers(max_value=low - 1) | st.integers(min_value=high + 1))

    # when
    message = refusal(lambda: ZipLambda("hello", arguments(**{field: value})))

    # then
    assert message.startswith(
        f"hello.{field}={value}: a whole number from {low} to {high} is allowed; "
    )


def test_an_architecture_lambda_does_not_have_is_refused() -> None:
    # when
    message = refusal(lambda: ZipLambda("hello", arguments(architecture="riscv")))

    # then
    assert message.startswith("hello.architecture='riscv': allowed are ['arm64', 'x86_64'];")


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


def test_a_transform_changes_its_child_and_nothing_else() -> None:
    # given
    def slower(args: lambda_.FunctionArgs) -> None:
        args.timeout = 120

    # when
    graph = recorded(
        lambda: ZipLambda("hello", arguments(), transforms=ZipLambdaTransforms(function=slower))
    )

    # then
    assert changed(hello(), graph) == {"hello"}
    assert made(graph)["timeout"] == 120
