"""Who may send into a queue besides the roles that have its `send()`."""

from collections.abc import Sequence
from typing import TypedDict

from pulumi import Input, Output
from pulumi_aws import sqs

from pulumi_rampart.arguments import Matching
from pulumi_rampart.documents import policy, tls_only

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
                "Condition": {
                    "ArnEquals": {"aws:SourceArn": sender["source_arn"]},
                    "StringEquals": {"aws:SourceAccount": account_id},
                },
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
