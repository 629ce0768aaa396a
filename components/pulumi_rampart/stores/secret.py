"""A secret that an operator provides: a key of a service outside AWS.

Creates, in order:
    <name>          aws.secretsmanager.Secret         encrypted with the customer key
    <name>-value    aws.secretsmanager.SecretVersion  if the configuration holds the value
    <name>-policy   aws.secretsmanager.SecretPolicy   nobody outside the account, whatever happens
"""

from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import secretsmanager

from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.boundary.security_boundary import Boundary
from pulumi_rampart.permission import Permission, key_statement

# The longest Secrets Manager allows: time to notice that somebody still needs it.
RECOVERY_DAYS = 30


class SecureSecretArgs(TypedDict):
    """What is kept."""

    boundary: Boundary
    """The wall: key."""
    description: str
    """What it opens and who issues it; shown to the operator who fills it."""
    issued_by: str
    """Who issues and renews it, as a tag: AWS cannot rotate what another service issues."""
    value: NotRequired[Input[str]]
    """From the stack's encrypted configuration. Default none: an operator puts it later."""


@dataclass(frozen=True, kw_only=True)
class SecureSecretTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    secret: Transform[secretsmanager.SecretArgs] = unchanged
    value: Transform[secretsmanager.SecretVersionArgs] = unchanged
    policy: Transform[secretsmanager.SecretPolicyArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class SecureSecretNodes:
    """The raw resources."""

    secret: secretsmanager.Secret
    value: secretsmanager.SecretVersion | None
    policy: secretsmanager.SecretPolicy


class SecureSecret(pulumi.ComponentResource):
    """A secret functions read by its ARN, at run time, never from their environment.

    Example:
        key = SecureSecret("model-key", {
            "boundary": boundary.args, "description": "Model API", "issued_by": "openai",
        })
        permissions = [key.read()]
    """

    arn: Output[str]
    """What functions are told."""

    def __init__(
        self,
        name: str,
        args: SecureSecretArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: SecureSecretTransforms = SecureSecretTransforms(),
    ) -> None:
        super().__init__("rampart:index:SecureSecret", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        secret = self._secret()
        value = self._value(secret)
        policy = self._policy(secret)

        self.nodes = SecureSecretNodes(secret=secret, value=value, policy=policy)
        self.arn = secret.arn
        self.register_outputs({"arn": self.arn})

    def _secret(self) -> secretsmanager.Secret:
        args = secretsmanager.SecretArgs(
            description=self._args["description"],
            kms_key_id=self._boundary["key_arn"],
            recovery_window_in_days=RECOVERY_DAYS,
            tags={"issued-by": self._args["issued_by"]},
        )
        self._transforms.secret(args)
        return secretsmanager.Secret(self._name, args, opts=self._child)

    def _value(self, secret: secretsmanager.Secret) -> secretsmanager.SecretVersion | None:
        value = self._args.get("value")
        if value is None:
            return None
        args = secretsmanager.SecretVersionArgs(
            secret_id=secret.id, secret_string=Output.secret(value)
        )
        self._transforms.value(args)
        return secretsmanager.SecretVersion(f"{self._name}-value", args, opts=self._child)

    def _policy(self, secret: secretsmanager.Secret) -> secretsmanager.SecretPolicy:
        args = secretsmanager.SecretPolicyArgs(
            secret_arn=secret.arn,
            block_public_policy=True,
            policy=Output.json_dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": "NobodyOutsideTheAccount",
                            "Effect": "Deny",
                            "Principal": "*",
                            "Action": "secretsmanager:GetSecretValue",
                            "Resource": "*",  # a resource policy speaks of its own resource
                            "Condition": {
                                "StringNotEquals": {
                                    "aws:PrincipalAccount": self._boundary["account_id"]
                                }
                            },
                        }
                    ],
                }
            ),
        )
        self._transforms.policy(args)
        return secretsmanager.SecretPolicy(f"{self._name}-policy", args, opts=self._child)

    def read(self) -> Permission:
        """Allow reading the value."""
        return {
            "statements": [
                {"actions": ["secretsmanager:GetSecretValue"], "resources": [self.arn]},
                key_statement(
                    self._boundary["key_arn"],
                    self._boundary["region"],
                    "secretsmanager",
                    ["kms:Decrypt"],
                ),
            ]
        }
