"""The permission of an API to call a function."""

import hashlib
import re

import pulumi
from pulumi import Input
from pulumi_aws import lambda_

from pulumi_rampart.api.handler import ApiHandler
from pulumi_rampart.arguments.names import RANDOM
from pulumi_rampart.component import Component

# https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
MAX_STATEMENT_ID = 100


def grant(
    owner: Component, name: str, part: str, handler: ApiHandler, source_arn: Input[str]
) -> lambda_.Permission:
    """Let an API call a function.

    Args:
        owner: the component whose child the permission is.
        name: logical name of the owner.
        part: what the permission is to the owner.
        handler: the function.
        source_arn: the one authorizer or route of the API that may call it.
    """
    own_id = statement_id(f"{name}-{part}")
    return owner.child(
        lambda_.Permission,
        part,
        statement_id=own_id,
        action="lambda:InvokeFunction",
        function=handler["name"],
        principal="apigateway.amazonaws.com",
        source_arn=source_arn,
        # A second statement of the same id is refused, so the old one has to go first.
        opts=pulumi.ResourceOptions(delete_before_replace=True) if own_id else None,
    )


def statement_id(logical_name: str) -> str | None:
    """Return the id of the statement, or None where the one that Pulumi makes is fine.

    Pulumi makes it of the logical name, and so of the path: Lambda takes neither its dots, colons
    and dollar signs nor more than 100 characters.
    """
    if re.fullmatch(r"[A-Za-z0-9_-]+", logical_name) and (
        len(logical_name) + len(RANDOM) <= MAX_STATEMENT_ID
    ):
        return None
    digest = hashlib.sha256(logical_name.encode()).hexdigest()[:12]
    readable = re.sub(r"[^A-Za-z0-9_-]", "-", logical_name)
    return f"{readable[: MAX_STATEMENT_ID - len(digest) - 1]}-{digest}"
