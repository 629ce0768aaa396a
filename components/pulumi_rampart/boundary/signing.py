"""Code signing: functions run only what this program has signed.

Creates, in order:
    <name>-artifacts  PrivateBucket                 zips wait here, before and after signing
    <name>-profile    aws.signer.SigningProfile     who signs
    <name>-config     aws.lambda.CodeSigningConfig  what functions check
"""

from dataclasses import dataclass
from typing import TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import lambda_, signer

from pulumi_rampart._arguments import require_one_of
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.stores.private_bucket import PrivateBucket

# https://docs.aws.amazon.com/signer/latest/developerguide/signing-platforms.html
PLATFORM = "AWSLambda-SHA384-ECDSA"
# A signature that expires makes every later deployment of unchanged code fail; AWS allows at most
# 135 months.
VALIDITY_MONTHS = 135


class CodeSigningArgs(TypedDict):
    """What happens to code that is not signed."""

    key_arn: Input[str]
    """Encrypts the artifacts."""
    access_log_bucket: Input[str]
    """Who fetched which artifact."""
    untrusted: str
    """`Enforce` refuses it, `Warn` only reports it."""


@dataclass(frozen=True, kw_only=True)
class CodeSigningTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    profile: Transform[signer.SigningProfileArgs] = unchanged
    config: Transform[lambda_.CodeSigningConfigArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class CodeSigningNodes:
    """The raw resources."""

    profile: signer.SigningProfile
    config: lambda_.CodeSigningConfig


class CodeSigning(pulumi.ComponentResource):
    """A signing profile, where it finds code, and the check that functions make.

    Example:
        CodeSigning("signing", {"key_arn": key.arn, "access_log_bucket": logs.bucket,
                                "untrusted": "Enforce"})
    """

    artifacts_bucket: Output[str]
    """Where zips are uploaded."""
    profile_name: Output[str]
    """For signing jobs."""
    config_arn: Output[str]
    """For functions."""

    def __init__(
        self,
        name: str,
        args: CodeSigningArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: CodeSigningTransforms = CodeSigningTransforms(),
    ) -> None:
        super().__init__("rampart:index:CodeSigning", name, None, opts)
        require_verdict(f"{name}.untrusted", args["untrusted"])
        self._name, self._args, self._transforms = name, args, transforms
        self._child = pulumi.ResourceOptions(parent=self)

        artifacts = PrivateBucket(
            f"{name}-artifacts",
            {
                "key_arn": args["key_arn"],
                "access_log_bucket": args["access_log_bucket"],
                "data_class": "internal",
            },
            self._child,
        )
        profile = self._profile()
        config = self._config(profile)

        self.nodes = CodeSigningNodes(profile=profile, config=config)
        self.artifacts_bucket, self.profile_name = artifacts.bucket, profile.name
        self.config_arn = config.arn
        self.register_outputs(
            {
                "artifactsBucket": self.artifacts_bucket,
                "profileName": self.profile_name,
                "configArn": self.config_arn,
            }
        )

    def _profile(self) -> signer.SigningProfile:
        args = signer.SigningProfileArgs(
            platform_id=PLATFORM,
            # Letters, digits and underscores only, and unique for ever: Pulumi appends a suffix.
            name_prefix=f"{pulumi.get_project()}_{pulumi.get_stack()}_".replace("-", "_"),
            signature_validity_period=signer.SigningProfileSignatureValidityPeriodArgs(
                type="MONTHS", value=VALIDITY_MONTHS
            ),
        )
        self._transforms.profile(args)
        return signer.SigningProfile(f"{self._name}-profile", args, opts=self._child)

    def _config(self, profile: signer.SigningProfile) -> lambda_.CodeSigningConfig:
        args = lambda_.CodeSigningConfigArgs(
            description="Only code signed by this deployment runs",
            allowed_publishers=lambda_.CodeSigningConfigAllowedPublishersArgs(
                signing_profile_version_arns=[profile.version_arn]
            ),
            policies=lambda_.CodeSigningConfigPoliciesArgs(
                untrusted_artifact_on_deployment=self._args["untrusted"]
            ),
        )
        self._transforms.config(args)
        return lambda_.CodeSigningConfig(f"{self._name}-config", args, opts=self._child)


def require_verdict(field: str, untrusted: str) -> None:
    """Raise unless Lambda knows what to do with unsigned code."""
    require_one_of(field, untrusted, ("Enforce", "Warn"), "Enforce is the safe one.")
