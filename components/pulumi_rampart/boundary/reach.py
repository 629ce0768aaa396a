"""Which AWS services the functions of a program call, and that each has a way there.

A function's permissions say what its code may call. The endpoint of a service is made when the
first function that may use it is declared, so that none is paid for that nobody uses.
"""

from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary

from pulumi import Output

from pulumi_rampart.boundary.args import Boundary
from pulumi_rampart.boundary.endpoints import AwsEndpoints
from pulumi_rampart.permission import Permission

# What AWS calls on the function's behalf: Lambda writes logs and traces and makes network
# interfaces, a database checks its login by itself.
_NOT_BY_CODE = frozenset({"ec2", "logs", "rds-db", "xray"})
# Services whose endpoint is not named as their actions are.
# https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
_ENDPOINTS = {
    "appconfig": "appconfigdata",
    "bedrock": "bedrock-runtime",
    "cloudwatch": "monitoring",
    "ecr": "ecr.api",
    "firehose": "kinesis-firehose",
    "kinesis": "kinesis-streams",
    "sagemaker": "sagemaker.runtime",
    "ses": "email",
}

_of_network: WeakKeyDictionary[Output[Any], AwsEndpoints] = WeakKeyDictionary()
"""By the `vpc_id` of a boundary that this program makes."""


def connect(boundary: Boundary, endpoints: AwsEndpoints) -> None:
    """Let the functions of a boundary ask for endpoints."""
    if isinstance(boundary["vpc_id"], Output):
        _of_network[boundary["vpc_id"]] = endpoints


def reach(boundary: Boundary, permissions: Iterable[Permission]) -> None:
    """Make the endpoints that these permissions need, unless the boundary lists its endpoints.

    A boundary of another stack, or of a program in another language, is left as it is.
    """
    vpc_id = boundary["vpc_id"]
    endpoints = _of_network.get(vpc_id) if isinstance(vpc_id, Output) else None
    if endpoints is not None:
        endpoints.reach(services_of(permissions))


def services_of(permissions: Iterable[Permission]) -> set[str]:
    """Return the services that code with these permissions calls, by their endpoints' names."""
    prefixes = {
        action.partition(":")[0].lower()
        for each in permissions
        for statement in each["statements"]
        if not _by_another_service(statement.get("conditions", {}))
        for action in statement["actions"]
    }
    return {_ENDPOINTS.get(prefix, prefix) for prefix in prefixes - _NOT_BY_CODE}


def _by_another_service(conditions: dict[str, dict[str, Any]]) -> bool:
    """Tell whether the key is used by the service that holds the data, not by the code."""
    return any("kms:ViaService" in keys for keys in conditions.values())
