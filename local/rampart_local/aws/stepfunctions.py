"""AWS Step Functions."""

from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import (
    Created,
    Inputs,
    block,
    creates,
    given,
    physical_name,
    updates,
)
from rampart_local.clients import Clients


@creates("aws:sfn/stateMachine:StateMachine")
def _machine(aws: Clients, resource: Registration) -> Created:
    inputs, name = resource.inputs, physical_name(resource, 80)
    arn = aws.stepfunctions.create_state_machine(
        name=name, type=inputs.get("type", "STANDARD"), **_request(inputs)
    )["stateMachineArn"]
    return arn, {"arn": arn, "name": name, "status": "ACTIVE"}


@updates("aws:sfn/stateMachine:StateMachine", "name", "namePrefix", "type")
def _change_machine(aws: Clients, resource: Registration, arn: str, _: Inputs) -> Created:
    aws.stepfunctions.update_state_machine(stateMachineArn=arn, **_request(resource.inputs))
    return arn, {"arn": arn, "name": physical_name(resource, 80), "status": "ACTIVE"}


def _request(inputs: dict[str, Any]) -> dict[str, Any]:
    request = given(inputs, definition="definition", roleArn="roleArn")
    if tracing := block(inputs, "tracingConfiguration"):
        request["tracingConfiguration"] = tracing
    if logging := block(inputs, "loggingConfiguration"):
        request["loggingConfiguration"] = {
            "level": logging.get("level", "OFF"),
            "includeExecutionData": logging.get("includeExecutionData", False),
            "destinations": [{"cloudWatchLogsLogGroup": {"logGroupArn": logging["logDestination"]}}]
            if logging.get("logDestination")
            else [],
        }
    return request
