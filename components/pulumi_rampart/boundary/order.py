"""What has to exist before a component may be made, although no input of it says so."""

from typing import Any
from weakref import WeakKeyDictionary

import pulumi
from pulumi import Output

from pulumi_rampart.boundary.args import Boundary

_of_key: WeakKeyDictionary[Output[Any], pulumi.Resource] = WeakKeyDictionary()
"""The account's log role, by the `key_arn` of a boundary that this program makes."""


def expect(boundary: Boundary, log_role: pulumi.Resource) -> None:
    """Let the APIs of a boundary wait for the role that API Gateway writes its logs by."""
    if isinstance(boundary["key_arn"], Output):
        _of_key[boundary["key_arn"]] = log_role


def before_stages(boundary: Boundary) -> list[pulumi.Resource]:
    """Return what a stage with logs has to wait for; nothing in another stack than the boundary's.

    API Gateway refuses a stage that logs while the account has no role to write logs by.
    https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
    """
    key_arn = boundary["key_arn"]
    known = _of_key.get(key_arn) if isinstance(key_arn, Output) else None
    return [] if known is None else [known]
