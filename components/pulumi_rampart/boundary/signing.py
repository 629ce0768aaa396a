"""Code signing: functions run only what this program has signed.

Creates, in order:
    <name>-artifacts  PrivateBucket                 holds zips, before and after signing
    <name>-profile    aws.signer.SigningProfile     signs them
    <name>-config     aws.lambda.CodeSigningConfig  what functions check
"""

import re
from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import lambda_, signer

from pulumi_rampart.arguments import OneOf, checked
from pulumi_rampart.component import Component
from pulumi_rampart.stores.private_bucket import PrivateBucket

# https://docs.aws.amazon.com/signer/latest/developerguide/signing-platforms.html
PLATFORM = "AWSLambda-SHA384-ECDSA"
# A signature that expires makes every later deployment of unchanged code fail; AWS allows at most
# 135 months.
VALIDITY_MONTHS = 135
# A profile's name has 64 letters, digits and underscores, and is never given to another one: the
# provider appends 26 of them.
# https://docs.aws.amazon.com/signer/latest/api/API_PutSigningProfile.html
MAX_NAME_PREFIX = 64 - 26
VERDICT = OneOf(("Enforce", "Warn"), "Enforce is the safe one.")


class CodeSigningArgs(TypedDict):
    """What happens to code that is not signed."""

    key_arn: Input[str]
    """Encrypts the artifacts."""
    access_log_bucket: Input[str]
    """Receives who fetched which artifact."""
    untrusted: Annotated[str, VERDICT]
    """`Enforce` refuses it, `Warn` only reports it."""
    deletion_protection: NotRequired[bool]
    """Whether the artifacts refuse to be deleted with their bucket. Default true."""


class CodeSigning(Component):
    """A signing profile, where it finds code, and the check that functions make.

    A part of `SecurityBoundary`.

    Example:
        CodeSigning("signing", {"key_arn": key.arn, "access_log_bucket": logs.bucket,
                                "untrusted": "Enforce"})
    """

    NAMES = (("{name}-artifacts", PrivateBucket),)

    artifacts_bucket: Output[str]
    """Where zips are uploaded."""
    profile_name: Output[str]
    """For signing jobs."""
    config_arn: Output[str]
    """For functions."""

    def __init__(
        self, name: str, args: CodeSigningArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, CodeSigningArgs)
        super().__init__(name, opts)

        self.artifacts = self._artifacts()
        self.profile = self._profile()
        self.config = self._config()

        self.artifacts_bucket, self.profile_name = self.artifacts.bucket, self.profile.name
        self.config_arn = self.config.arn
        self.register_outputs()

    def _artifacts(self) -> PrivateBucket:
        return self.child(
            PrivateBucket,
            "artifacts",
            {
                "key_arn": self._args["key_arn"],
                "access_log_bucket": self._args["access_log_bucket"],
                "data_class": "internal",
                "deletion_protection": self._args.get("deletion_protection", True),
            },
        )

    def _profile(self) -> signer.SigningProfile:
        return self.child(
            signer.SigningProfile,
            "profile",
            platform_id=PLATFORM,
            name_prefix=_name_prefix(f"{pulumi.get_project()}_{pulumi.get_stack()}_"),
            signature_validity_period={"type": "MONTHS", "value": VALIDITY_MONTHS},
        )

    def _config(self) -> lambda_.CodeSigningConfig:
        return self.child(
            lambda_.CodeSigningConfig,
            "config",
            description="Only code signed by this deployment runs",
            allowed_publishers={"signing_profile_version_arns": [self.profile.version_arn]},
            policies={"untrusted_artifact_on_deployment": self._args["untrusted"]},
        )


def _name_prefix(text: str) -> str:
    return re.sub(r"[^a-zA-Z0-9_]", "_", text)[:MAX_NAME_PREFIX]
