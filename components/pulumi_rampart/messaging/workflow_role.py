"""The role of one workflow: the functions it names, what else its tasks do, its log and traces.

Creates, in order:
    <name>         aws.iam.Role         assumed by Step Functions, capped by the boundary
    <name>-policy  aws.iam.RolePolicy   one inline policy
"""

from typing import TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import iam

from pulumi_rampart.arguments import checked
from pulumi_rampart.boundary.args import Boundary, boundary_of
from pulumi_rampart.boundary.grantable import TRACE_ACTIONS, WORKFLOW_ACTIONS, WORKFLOW_PATH
from pulumi_rampart.component import Component
from pulumi_rampart.documents import trust
from pulumi_rampart.permission import Permission, policy_document


class WorkflowRoleArgs(TypedDict):
    """Whose role it is."""

    boundary: Input[Boundary]
    """Key and permissions boundary."""
    state_machine_arn: Input[str]
    """ARN of the state machine."""
    permissions: list[Permission]
    """What its tasks do."""


class WorkflowRole(Component):
    """A role that no other workflow shares; a part of `Workflow`.

    Example:
        role = WorkflowRole("paying-role", {
            "boundary": boundary.args, "permissions": [queue.consume()],
            "state_machine_arn": "arn:aws:states:eu-central-1:123456789012:stateMachine:paying",
        })
    """

    NAMES = (("{name}", iam.Role), ("{name}-policy", iam.RolePolicy))

    arn: Output[str]
    """What the state machine assumes."""

    def __init__(
        self, name: str, args: WorkflowRoleArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, WorkflowRoleArgs)
        self._boundary = boundary_of(self._args["boundary"])
        super().__init__(name, opts, boundary=self._boundary)

        self.role = self._role()
        self.policy = self._policy()

        self.arn = self.role.arn
        self.register_outputs()

    def _role(self) -> iam.Role:
        return self.child(
            iam.Role,
            "",
            # The boundary lets roles of this path set up a log, and no others.
            path=WORKFLOW_PATH,
            permissions_boundary=self._boundary["permissions_boundary_arn"],
            assume_role_policy=trust("states.amazonaws.com", self._boundary["account_id"]),
        )

    def _policy(self) -> iam.RolePolicy:
        return self.child(
            iam.RolePolicy,
            "policy",
            role=self.role.name,
            policy=policy_document([*self._args["permissions"], self._run_at_all()]),
        )

    def _run_at_all(self) -> Permission:
        """Keep history and log under the boundary's key, each for this workflow's context only.

        https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
        """
        logs = Output.concat(
            "arn:aws:logs:", self._boundary["region"], ":", self._boundary["account_id"], ":*"
        )
        machine = self._args["state_machine_arn"]
        return {
            "statements": [
                {
                    "actions": ["kms:Decrypt", "kms:GenerateDataKey"],
                    "resources": [self._boundary["key_arn"]],
                    "conditions": {
                        "StringEquals": {
                            "kms:EncryptionContext:aws:states:stateMachineArn": machine
                        }
                    },
                },
                {
                    "actions": ["kms:GenerateDataKey"],
                    "resources": [self._boundary["key_arn"]],
                    "conditions": {"StringEquals": {"kms:EncryptionContext:SourceArn": logs}},
                },
                {"actions": [*WORKFLOW_ACTIONS, *TRACE_ACTIONS], "resources": ["*"]},
            ]
        }
