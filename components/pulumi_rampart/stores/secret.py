"""A secret that an operator provides: a key of a service outside AWS.

Creates, in order:
    <name>          aws.secretsmanager.Secret         encrypted with the customer key
    <name>-value    aws.secretsmanager.SecretVersion  if the configuration holds the value
    <name>-policy   aws.secretsmanager.SecretPolicy   nobody outside the account, whatever happens
"""

from dataclasses import dataclass
from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import secretsmanager

from pulumi_rampart.arguments import AlsoCalled, Hidden, Length, Matching, checked
from pulumi_rampart.boundary.args import Boundary, boundary_of
from pulumi_rampart.component import Component
from pulumi_rampart.documents import own_account_only, policy
from pulumi_rampart.permission import Permission, key_statement, permission

# The longest Secrets Manager allows: time to notice that somebody still needs it.
RECOVERY_DAYS = 30
# https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
MAX_SECRET_BYTES = 65_536
# https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
DESCRIPTION = Length(0, 2048, "the rest belongs in your documentation.")
# https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
TAG_VALUE = Matching(
    r"[\w \-+=.:/@]{0,256}",
    "AWS takes tags of at most 256 letters, digits, spaces and + - = . _ : / @.",
)


@dataclass(frozen=True)
class SecretSize:
    """A rule for what a secret holds."""

    def problem(self, value: str) -> str | None:
        """Judge a value by its size in UTF-8."""
        size = len(value.encode())
        if 1 <= size <= MAX_SECRET_BYTES:
            return None
        return (
            f"1 to {MAX_SECRET_BYTES} bytes are allowed, not {size}; leave an empty value out for "
            "an operator to put, and keep a large one in a bucket."
        )


class SecureSecretArgs(TypedDict):
    """What is kept."""

    boundary: Input[Boundary]
    """Key and account."""
    description: Annotated[str, DESCRIPTION]
    """What it opens and who issues it, at most 2048 characters; shown to whoever fills it."""
    issued_by: Annotated[str, TAG_VALUE]
    """Who issues and renews it, as a tag: AWS cannot rotate what another service issues."""
    value: NotRequired[
        Annotated[Input[str], AlsoCalled(("secret_string",)), Hidden(), SecretSize()]
    ]
    """From the stack's encrypted configuration, 1 to 65536 bytes. Default an operator puts it."""


class SecureSecret(Component):
    """A secret functions read by its ARN, at run time, never from their environment.

    Example:
        key = SecureSecret("model-key", {
            "boundary": boundary.args, "description": "Model API", "issued_by": "openai",
        })
        permissions = [key.read()]
    """

    NAMES = (("{name}", secretsmanager.Secret),)

    arn: Output[str]
    """What functions are told."""

    def __init__(
        self, name: str, args: SecureSecretArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, SecureSecretArgs)
        self._boundary = boundary_of(self._args["boundary"])
        super().__init__(name, opts, boundary=self._boundary)

        self.secret = self._secret()
        self.value = self._value()
        self.policy = self._policy()

        self.arn = self.secret.arn
        self.register_outputs()

    def _secret(self) -> secretsmanager.Secret:
        return self.child(
            secretsmanager.Secret,
            "",
            description=self._args["description"],
            kms_key_id=self._boundary["key_arn"],
            recovery_window_in_days=RECOVERY_DAYS,
            tags={"issued-by": self._args["issued_by"]},
        )

    def _value(self) -> secretsmanager.SecretVersion | None:
        if "value" not in self._args:
            return None
        return self.child(
            secretsmanager.SecretVersion,
            "value",
            secret_id=self.secret.id,
            secret_string=Output.secret(self._args["value"]),
        )

    def _policy(self) -> secretsmanager.SecretPolicy:
        # A resource policy is about its own resource: `*` is this secret.
        outside = own_account_only(
            "secretsmanager:GetSecretValue", "*", self._boundary["account_id"]
        )
        return self.child(
            secretsmanager.SecretPolicy,
            "policy",
            secret_arn=self.secret.arn,
            block_public_policy=True,
            policy=policy(outside),
        )

    def read(self) -> Permission:
        """Allow reading the value."""
        return permission(
            self._name,
            self._boundary,
            {"actions": ["secretsmanager:GetSecretValue"], "resources": [self.arn]},
            key_statement(self._boundary, "secretsmanager", "kms:Decrypt"),
        )
