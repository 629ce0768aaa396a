"""Who may send into a queue besides the roles that have its `send()`."""

from collections.abc import Sequence
from typing import Any, TypedDict

from pulumi import Input, Output
from pulumi_aws import sqs

from pulumi_rampart.arguments import Matching
from pulumi_rampart.documents import policy, tls_only

SNS = "sns.amazonaws.com"
ACCOUNT = Matching(r"[0-9]{12}", "an account's id has twelve digits.")


class Sender(TypedDict):
    """An AWS service that may put messages into a queue."""

    service: str
    """Principal, e.g. `s3.amazonaws.com`."""
    source_arn: Input[str]
    """The one resource it may send for."""


def queue_policy(
    queue: sqs.Queue,
    senders: Sequence[Sender],
    account_id: Input[str],
    accounts: Sequence[str] = (),
) -> Output[str]:
    """Return a queue policy: TLS only, and each sender for its one resource of this account.

    Args:
        queue: whose policy it is.
        senders: AWS services that may send.
        account_id: the account for whose resources they may.
        accounts: other accounts, whose own policies say which of their roles may send.
    """
    return policy(
        tls_only("sqs:*", queue.arn),
        *(
            {
                "Effect": "Allow",
                "Principal": {"Service": sender["service"]},
                "Action": "sqs:SendMessage",
                "Resource": queue.arn,
                "Condition": _for_its_resource(sender, account_id),
            }
            for sender in senders
        ),
        *(
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
                "Action": "sqs:SendMessage",
                "Resource": queue.arn,
            }
            for account in accounts
        ),
    )


def _for_its_resource(sender: Sender, account_id: Input[str]) -> dict[str, Any]:
    """Let a service in for its one resource; a bucket's ARN does not say whose account it is in.

    A topic's does, and SNS documents its deliveries with the topic alone.
    https://docs.aws.amazon.com/sns/latest/dg/sns-configure-dead-letter-queue.html
    """
    condition: dict[str, Any] = {"ArnEquals": {"aws:SourceArn": sender["source_arn"]}}
    if sender["service"] != SNS:
        condition["StringEquals"] = {"aws:SourceAccount": account_id}
    return condition
