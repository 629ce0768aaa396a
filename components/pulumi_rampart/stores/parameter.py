"""A setting that must not be read by everybody: an encrypted parameter.

Creates:
    <name>   aws.ssm.Parameter   SecureString, encrypted with the customer key
"""

from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import ssm

from pulumi_rampart._arguments import require_match
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.boundary.security_boundary import Boundary
from pulumi_rampart.permission import Permission, key_statement

UNSET = "unset"
"""What a parameter holds until an operator fills it; a parameter cannot be empty."""


class SecureParameterArgs(TypedDict):
    """What is kept."""

    boundary: Boundary
    """The wall: key."""
    path: str
    """Below `/<prefix>/`, e.g. `gallery/vision-key`."""
    description: str
    """What it is for; shown to the operator who fills it."""
    value: NotRequired[Input[str]]
    """From the stack's encrypted configuration. Default `unset`: an operator puts it later."""


@dataclass(frozen=True, kw_only=True)
class SecureParameterTransforms:
    """Escape hatch: edits the child's arguments, after our defaults."""

    parameter: Transform[ssm.ParameterArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class SecureParameterNodes:
    """The raw resource."""

    parameter: ssm.Parameter


class SecureParameter(pulumi.ComponentResource):
    """A SecureString that functions read by its name, at run time.

    Example:
        key = SecureParameter("vision-key", {
            "boundary": boundary.args, "path": "vision/key", "description": "Vision API key",
        })
    """

    parameter: Output[str]
    """The name, what functions are told."""

    def __init__(
        self,
        name: str,
        args: SecureParameterArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: SecureParameterTransforms = SecureParameterTransforms(),
    ) -> None:
        super().__init__("rampart:index:SecureParameter", name, None, opts)
        require_match(
            f"{name}.path",
            args["path"],
            r"[a-z0-9-]+(/[a-z0-9-]+)*",
            "use lower case words, separated by slashes.",
        )
        self._name, self._args, self._transforms = name, args, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        parameter = self._parameter()

        self.nodes = SecureParameterNodes(parameter=parameter)
        self.parameter = parameter.name
        self.register_outputs({"parameter": self.parameter})

    def _parameter(self) -> ssm.Parameter:
        value = self._args.get("value")
        args = ssm.ParameterArgs(
            name=f"/{self._boundary['prefix']}/{self._args['path']}",
            type="SecureString",
            key_id=self._boundary["key_arn"],
            description=self._args["description"],
            value=Output.secret(UNSET if value is None else value),
        )
        self._transforms.parameter(args)
        # What an operator has put must not be reset by the next deployment.
        ignored = ["value"] if value is None else []
        return ssm.Parameter(
            self._name, args, opts=pulumi.ResourceOptions(parent=self, ignore_changes=ignored)
        )

    def read(self) -> Permission:
        """Allow reading the value."""
        return {
            "statements": [
                {"actions": ["ssm:GetParameter"], "resources": [self.nodes.parameter.arn]},
                key_statement(
                    self._boundary["key_arn"], self._boundary["region"], "ssm", ["kms:Decrypt"]
                ),
            ]
        }
