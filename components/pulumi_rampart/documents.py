"""Policy documents: who may do what, as JSON, made from plain statements."""

from collections.abc import Mapping
from typing import Any

from pulumi import Input, Output

Document = Mapping[str, Any]
"""One statement of a policy, as IAM spells it; values may be outputs."""

VERSION = "2012-10-17"


def policy(*statements: Document) -> Output[str]:
    """Return a policy document of these statements."""
    return Output.json_dumps({"Version": VERSION, "Statement": list(statements)})


def tls_only(actions: str, resource: Input[str] | list[Input[str]]) -> Document:
    """Return the statement that refuses whatever is not sent over TLS.

    Args:
        actions: of the service, `sqs:*`.
        resource: what is protected, one ARN or several.
    """
    return {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": actions,
        "Resource": resource,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def own_account_only(action: str, resource: Input[str], account_id: Input[str]) -> Document:
    """Return the statement that refuses every identity outside the account.

    Args:
        action: what is protected, `events:PutEvents`.
        resource: whose policy this is.
        account_id: the only account that passes.
    """
    return {
        "Sid": "NobodyOutsideTheAccount",
        "Effect": "Deny",
        "Principal": "*",
        "Action": action,
        "Resource": resource,
        "Condition": {"StringNotEquals": {"aws:PrincipalAccount": account_id}},
    }


def trust(service: str, account_id: Input[str] | None = None) -> Output[str]:
    """Return the trust policy of a role that an AWS service assumes.

    Args:
        service: its principal, `scheduler.amazonaws.com`.
        account_id: the account that the service has to act for, against the confused deputy; None
            for services that do not say for whom, as Lambda.
    """
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
    }
    if account_id is not None:
        statement["Condition"] = {"StringEquals": {"aws:SourceAccount": account_id}}
    return policy(statement)
