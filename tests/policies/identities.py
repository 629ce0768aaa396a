"""Roles and what they are granted, for the fixtures of the rules about permissions."""

import json
from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Change, Recorded
from tests.policies.stacks import Made, allow, document, made

ROLE = made(aws.IAM_ROLE, "worker-role", assumeRolePolicy="{}")
OWN = "the ARN of a role of the stack"
"""Where `granting` puts an ARN that exists, so that only the action is wrong."""

TABLE = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"


def granted(*statements: dict[str, Any]) -> list[Made]:
    """Make a role and its inline policy."""
    return [ROLE, made(aws.IAM_ROLE_POLICY, role=ROLE.id, policy=document(*statements))]


def attached(*statements: dict[str, Any]) -> list[Made]:
    """Make a role with a managed policy."""
    policy = made(aws.IAM_POLICY, "managed", policy=document(*statements))
    attachment = made(aws.IAM_ROLE_POLICY_ATTACHMENT, role=ROLE.id, policyArn=policy.arn)
    return [ROLE, policy, attachment]


def boundary(*statements: dict[str, Any]) -> list[Made]:
    """Make a role with a permissions boundary, which grants nothing."""
    policy = made(aws.IAM_POLICY, "boundary", policy=document(*statements))
    role = made(aws.IAM_ROLE, "worker-role", assumeRolePolicy="{}", permissionsBoundary=policy.arn)
    return [role, policy]


def granting(*statements: dict[str, Any]) -> Change:
    """Add statements to the document of the judged policy."""

    def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
        # A role grants by the policies embedded in it, every other resource by its own.
        (holder, *_) = judged["inputs"].get("inlinePolicies") or [judged["inputs"]]
        existing = json.loads(holder["policy"])["Statement"]
        role = next(one for one in resources if one["type"] == aws.IAM_ROLE)
        added = json.dumps(statements).replace(OWN, role["outputs"]["arn"])
        holder["policy"] = document(*existing, *json.loads(added))
        return resources

    return change


ORDERLY = {
    "on the role": granted(allow(["dynamodb:GetItem", "dynamodb:PutItem"], TABLE)),
    "attached": attached(allow("dynamodb:GetItem", TABLE)),
}
