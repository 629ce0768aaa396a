"""Who may become a role: one AWS service, and only on this account's behalf."""

from typing import Any

from pulumi import Input, Output


def trust(service: str, account_id: Input[str] | None = None) -> Output[str]:
    """Return a trust policy for a service principal.

    Args:
        service: e.g. `scheduler.amazonaws.com`.
        account_id: the account the service has to act for, against the confused deputy; None for
            services that do not say for whom, as Lambda's execution roles.
    """
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
    }
    if account_id is not None:
        statement["Condition"] = {"StringEquals": {"aws:SourceAccount": account_id}}
    return Output.json_dumps({"Version": "2012-10-17", "Statement": [statement]})
