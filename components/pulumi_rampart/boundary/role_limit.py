"""The most a role behind the boundary may ever be granted.

Creates:
    <name>   aws.iam.Policy   a permissions boundary: it grants nothing, it only limits
"""

import json
from typing import Annotated, Any, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import iam

from pulumi_rampart.arguments import checked, refused
from pulumi_rampart.boundary.grantable import (
    ACTION,
    GRANTABLE,
    KEY_ACTIONS,
    LOGIN_ACTIONS,
    NETWORK_INTERFACE_ACTIONS,
    TRACE_ACTIONS,
    UNSCOPED_ACTIONS,
    WORKFLOW_ACTIONS,
    WORKFLOW_PATH,
)
from pulumi_rampart.component import Component
from pulumi_rampart.documents import VERSION, policy

# Of a managed policy, white space not counted.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
MAX_CHARACTERS = 6144


class RoleLimitArgs(TypedDict):
    """Whose roles are limited."""

    account_id: Input[str]
    """The account whose resources may be used."""
    key_arn: Input[str]
    """The one key that may be used."""
    more_actions: NotRequired[list[Annotated[str, ACTION]]]
    """IAM actions that the program asks for besides `GRANTABLE`. Default none."""


class RoleLimit(Component):
    """Caps every function's role: data services of this account, never identities or keys.

    A part of `SecurityBoundary`.

    Example:
        limit = RoleLimit("roles", {"account_id": "123456789012", "key_arn": key.arn})
    """

    NAMES = (("{name}", iam.Policy),)

    arn: Output[str]
    """What roles name as their permissions boundary."""

    def __init__(
        self, name: str, args: RoleLimitArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, RoleLimitArgs)
        check_size(name, "more_actions", self._args.get("more_actions", []))
        super().__init__(name, opts)

        self.policy = self._policy()

        self.arn = self.policy.arn
        self.register_outputs()

    def _policy(self) -> iam.Policy:
        account_id = self._args["account_id"]
        statements = _statements(
            account_id,
            self._args["key_arn"],
            Output.concat("arn:aws:rds-db:*:", account_id, ":dbuser:*"),
            Output.concat("arn:aws:iam::", account_id, ":role", WORKFLOW_PATH, "*"),
            self._args.get("more_actions", []),
        )
        return self.child(
            iam.Policy,
            "",
            description="The most a function behind this boundary may be granted",
            policy=policy(*statements),
        )


def check_size(component: str, argument: str, more_actions: list[str]) -> None:
    """Refuse more actions than a policy has room for.

    Args:
        component: logical name, for the message.
        argument: where the actions were given.
        more_actions: besides `GRANTABLE`.

    Raises:
        ArgumentError: says by how much they are too many.
    """
    account, key = "1" * 12, f"arn:aws-us-gov:kms:ap-southeast-1:{'1' * 12}:key/{'1' * 36}"
    logins = f"arn:aws-us-gov:rds-db:*:{account}:dbuser:*"
    workflows = f"arn:aws-us-gov:iam::{account}:role{WORKFLOW_PATH}*"
    statements = _statements(account, key, logins, workflows, more_actions)
    document = {"Version": VERSION, "Statement": statements}
    size = len(json.dumps(document, separators=(",", ":")))
    if size > MAX_CHARACTERS:
        raise refused(
            component,
            argument,
            f"with them the limit of all roles has {size} characters, and IAM allows "
            f"{MAX_CHARACTERS}; name fewer, or several at once: bedrock:Invoke*.",
        )


def _statements(
    account_id: Input[str],
    key_arn: Input[str],
    logins: Input[str],
    workflows: Input[str],
    more_actions: list[str],
) -> list[dict[str, Any]]:
    statements: list[dict[str, Any]] = [
        {
            "Sid": "DataServicesOfThisAccount",
            "Effect": "Allow",
            "Action": list(GRANTABLE),
            "Resource": "*",  # a cap, not a grant: roles name theirs
            "Condition": {"StringEquals": {"aws:ResourceAccount": account_id}},
        },
        {
            "Sid": "DatabasesOfThisAccount",
            "Effect": "Allow",
            "Action": list(LOGIN_ACTIONS),
            "Resource": logins,
        },
        {
            # These act on no resource, or on ones that exist only afterwards.
            "Sid": "WithoutResources",
            "Effect": "Allow",
            "Action": [*NETWORK_INTERFACE_ACTIONS, *TRACE_ACTIONS, *UNSCOPED_ACTIONS],
            "Resource": "*",
        },
        {
            "Sid": "LogsAndTracesOfWorkflows",
            "Effect": "Allow",
            "Action": list(WORKFLOW_ACTIONS),
            "Resource": "*",
            "Condition": {"ArnLike": {"aws:PrincipalArn": workflows}},
        },
        {
            "Sid": "KeyOfThisBoundary",
            "Effect": "Allow",
            "Action": list(KEY_ACTIONS),
            "Resource": key_arn,
        },
    ]
    if more_actions:
        asked_for = {
            # Without the account: models of Bedrock, for one, belong to AWS.
            "Sid": "AskedForByTheProgram",
            "Effect": "Allow",
            "Action": more_actions,
            "Resource": "*",  # a cap, not a grant: roles name theirs
        }
        statements.append(asked_for)
    return statements
