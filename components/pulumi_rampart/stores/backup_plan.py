"""Copies of a store that AWS Backup makes and keeps, apart from the store.

Creates, in order:
    <name>-vault      aws.backup.Vault       encrypted with the customer key
    <name>-plan       aws.backup.Plan        when, and how long copies are kept
    <name>-role       aws.iam.Role           what AWS Backup assumes
    <name>-copies, -restores   aws.iam.RolePolicyAttachment   AWS's own policies for it
    <name>-selection  aws.backup.Selection   the one store
"""

from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import backup, iam

from pulumi_rampart.arguments import Between, Matching, checked
from pulumi_rampart.boundary.args import Boundary, boundary_of, is_protected, prefixed
from pulumi_rampart.component import Component
from pulumi_rampart.documents import trust

# https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html
EVERY_NIGHT, KEEP_DAYS = "cron(0 3 * * ? *)", 90
# The service writes its policies for every kind of store; a list of ours would lag behind.
# https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html
_POLICIES = {
    "copies": "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
    "restores": "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
}


class BackupChoices(TypedDict):
    """When copies are made, and how long they stay."""

    schedule: NotRequired[
        Annotated[str, Matching(r"cron\(.+\)", "write cron(0 3 * * ? *), in UTC.")]
    ]
    """When, a cron expression in UTC. Default every night at 3."""
    keep_days: NotRequired[Annotated[int, Between(1, 36_500, "AWS Backup keeps none longer.")]]
    """Days that copies are kept, 1 to 36,500. Default 90."""


class BackupPlanArgs(BackupChoices):
    """What is copied, when, and how long copies stay."""

    boundary: Input[Boundary]
    """Key, account, and whether copies refuse to be deleted."""
    resource_arn: Input[str]
    """The store."""


class BackupPlan(Component):
    """A vault, a plan and the role for it; a part of `VectorDatabase`.

    Example:
        BackupPlan("shop-backups", {"boundary": boundary.args, "keep_days": 365,
                                    "resource_arn": "arn:aws:rds:eu-central-1:1:cluster:shop"})
    """

    NAMES = (
        ("{prefix}-{name}", backup.Vault),
        ("{prefix}-{name}", backup.Plan),
        ("{prefix}-{name}", backup.Selection),
        ("{name}-role", iam.Role),
    )

    vault: Output[str]
    """Name of the vault that holds the copies."""

    def __init__(
        self, name: str, args: BackupPlanArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, BackupPlanArgs)
        self._boundary = boundary_of(self._args["boundary"])
        super().__init__(name, opts, boundary=self._boundary)

        self.backup_vault = self._vault()
        self.plan = self._plan()
        self.role = self._role()
        self.policies = self._policies()
        self.selection = self._selection()

        self.vault = self.backup_vault.name
        self.register_outputs()

    def _vault(self) -> backup.Vault:
        return self.child(
            backup.Vault,
            "vault",
            name=prefixed(self._boundary, self._name),
            kms_key_arn=self._boundary["key_arn"],
            force_destroy=is_protected(self._boundary).apply(lambda yes: not yes),
        )

    def _plan(self) -> backup.Plan:
        return self.child(
            backup.Plan,
            "plan",
            name=prefixed(self._boundary, self._name),
            rules=[
                {
                    "rule_name": "copies",
                    "target_vault_name": self.backup_vault.name,
                    "schedule": self._args.get("schedule", EVERY_NIGHT),
                    "lifecycle": {"delete_after": self._args.get("keep_days", KEEP_DAYS)},
                }
            ],
        )

    def _role(self) -> iam.Role:
        return self.child(
            iam.Role,
            "role",
            assume_role_policy=trust("backup.amazonaws.com", self._boundary["account_id"]),
        )

    def _policies(self) -> list[iam.RolePolicyAttachment]:
        return [
            self.child(iam.RolePolicyAttachment, part, role=self.role.name, policy_arn=arn)
            for part, arn in _POLICIES.items()
        ]

    def _selection(self) -> backup.Selection:
        return self.child(
            backup.Selection,
            "selection",
            name=prefixed(self._boundary, self._name),
            plan_id=self.plan.id,
            iam_role_arn=self.role.arn,
            resources=[self._args["resource_arn"]],
            opts=pulumi.ResourceOptions(depends_on=self.policies),
        )
