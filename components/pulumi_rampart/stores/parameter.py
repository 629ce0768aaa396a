"""A setting that must not be read by everybody: an encrypted parameter.

Creates:
    <name>   aws.ssm.Parameter   SecureString, encrypted with the customer key
"""

from dataclasses import dataclass
from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import ssm

from pulumi_rampart.arguments import AlsoCalled, Hidden, Length, checked, refused
from pulumi_rampart.boundary.args import Boundary, boundary_of
from pulumi_rampart.component import Component
from pulumi_rampart.permission import Permission, key_statement, permission

UNSET = "unset"
"""What a parameter holds until an operator fills it; a parameter cannot be empty."""

# Of the standard tier.
# https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html
MAX_VALUE_LENGTH = 4096
# https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
MAX_LEVELS = 15
# The ARN up to the name counts.
# https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
MAX_ARN_LENGTH = 1011
DESCRIPTION = Length(0, 1024, "the rest belongs in your documentation.")


@dataclass(frozen=True)
class ParameterPath:
    """A rule for what comes behind the boundary's prefix in a parameter's name."""

    def problem(self, value: str) -> str | None:
        """Judge a path."""
        levels = value.split("/")
        if not all(levels):
            return (
                "words separated by single slashes are wanted, none at the beginning or the end; "
                "write it without the prefix: `vision/key`."
            )
        letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-/"
        if wrong := sorted(set(value) - set(letters)):
            return (
                f"a name has letters of a to z, digits and _ . - only, not "
                f"{' '.join(map(repr, wrong))}; replace them by a hyphen."
            )
        if len(levels) >= MAX_LEVELS:
            return (
                f"{len(levels)} levels below the prefix, and Parameter Store allows {MAX_LEVELS} "
                "with it; join some by a hyphen."
            )
        return None


@dataclass(frozen=True)
class ParameterValue:
    """A rule for what a parameter holds."""

    def problem(self, value: str) -> str | None:
        """Judge a value."""
        if not 1 <= len(value) <= MAX_VALUE_LENGTH:
            return (
                f"1 to {MAX_VALUE_LENGTH} characters are allowed, not {len(value)}; leave an empty "
                "value out for an operator to put, and keep a large one in a `SecureSecret`."
            )
        if value.startswith("{{") and value.endswith("}}"):
            return (
                "Parameter Store takes no value in double braces, which would refer to another "
                "parameter; write the value itself."
            )
        return None


class SecureParameterArgs(TypedDict):
    """What is kept."""

    boundary: Input[Boundary]
    """Key, and the prefix of the name."""
    path: Annotated[str, ParameterPath()]
    """Below `/<prefix>/`, e.g. `gallery/vision-key`; at most 14 levels."""
    description: Annotated[str, DESCRIPTION]
    """What it is for, at most 1024 characters; shown to the operator who fills it."""
    value: NotRequired[
        Annotated[Input[str], AlsoCalled(("secure_string",)), Hidden(), ParameterValue()]
    ]
    """From the stack's encrypted configuration, 1 to 4096 characters. Default `unset`: an operator
    puts it later."""


class SecureParameter(Component):
    """A SecureString that functions read by its name, at run time.

    Example:
        key = SecureParameter("vision-key", {
            "boundary": boundary.args, "path": "vision/key", "description": "Vision API key",
        })
    """

    parameter: Output[str]
    """The name, what functions are told."""

    def __init__(
        self, name: str, args: SecureParameterArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, SecureParameterArgs)
        self._boundary = boundary_of(self._args["boundary"])
        self._check_length(name)
        super().__init__(name, opts, boundary=self._boundary)

        self.ssm_parameter = self._parameter()

        self.parameter = self.ssm_parameter.name
        self.register_outputs()

    def _check_length(self, name: str) -> None:
        """Count what is known: what is not is left to Parameter Store."""
        boundary = self._boundary
        parts = (boundary["region"], boundary["account_id"], boundary["prefix"])
        known = "".join(part for part in parts if isinstance(part, str))
        length = len(f"arn:aws:ssm:::parameter//{known}{self._args['path']}")
        if length > MAX_ARN_LENGTH:
            raise refused(
                name,
                "path",
                f"the parameter's ARN would have {length} characters and Parameter Store allows "
                f"{MAX_ARN_LENGTH}; take a path that is {length - MAX_ARN_LENGTH} shorter.",
            )

    def _parameter(self) -> ssm.Parameter:
        is_ours = "value" in self._args
        return self.child(
            ssm.Parameter,
            "",
            name=Output.concat("/", self._boundary["prefix"], "/", self._args["path"]),
            type="SecureString",
            key_id=self._boundary["key_arn"],
            description=self._args["description"],
            value=Output.secret(self._args.get("value", UNSET)),
            # What an operator has put must not be reset by the next deployment.
            opts=pulumi.ResourceOptions(ignore_changes=[] if is_ours else ["value"]),
        )

    def read(self) -> Permission:
        """Allow reading the value."""
        return permission(
            self._name,
            self._boundary,
            {"actions": ["ssm:GetParameter"], "resources": [self.ssm_parameter.arn]},
            key_statement(self._boundary, "ssm", "kms:Decrypt"),
        )
