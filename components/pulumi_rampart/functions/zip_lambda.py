"""A function whose code is a signed zip: business logic with light dependencies.

Creates, in order:
    <name>-zip     aws.s3.BucketObjectv2   the reproducible zip of source and dependencies
    <name>-signed  aws.signer.SigningJob   the same zip, signed
    and the wall of `pulumi_rampart.functions.function`
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired

import pulumi
from pulumi_aws import lambda_, s3, signer

from pulumi_rampart import packaging
from pulumi_rampart._arguments import ArgumentError
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.functions.function import FunctionArgs, FunctionTransforms, LambdaFunction

# The newest runtime for which every dependency of the functions has wheels.
# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
PYTHON = "3.13"


class ZipLambdaArgs(FunctionArgs):
    """What a system decides about a zip function."""

    source: str
    """Folder with handler.py, requirements.txt and requirements.lock, relative to `root`."""
    root: NotRequired[str]
    """Folder that imports start from. Default the program's own."""
    include: NotRequired[list[str]]
    """Other folders below `root` that the code imports. Default none."""
    handler: NotRequired[str]
    """`module.function`. Default `handler.handler` in `source`."""


@dataclass(frozen=True, kw_only=True)
class ZipLambdaTransforms(FunctionTransforms):
    """Escape hatch: each edits one child's arguments, after our defaults."""

    zip: Transform[s3.BucketObjectv2Args] = unchanged
    signed: Transform[signer.SigningJobArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class ZipCodeNodes:
    """The raw resources of the code; those of the wall are in `nodes`."""

    zip: s3.BucketObjectv2
    signed: signer.SigningJob


class ZipLambda(LambdaFunction):
    """A Python function in a zip, with only its own dependencies.

    Example:
        hello = ZipLambda("hello", {"boundary": boundary.args, "source": "functions/hello"})
    """

    def __init__(
        self,
        name: str,
        args: ZipLambdaArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: ZipLambdaTransforms = ZipLambdaTransforms(),
    ) -> None:
        super().__init__("rampart:index:ZipLambda", name, args, opts, transforms)
        self._args, self._transforms = args, transforms
        root = Path(args.get("root", "."))
        source = root / args["source"]
        if not source.is_dir():
            raise ArgumentError(
                f"{name}.source={args['source']!r}: no such folder below {root.resolve()}; pass "
                "the folder that holds handler.py."
            )

        archive = self._archive(root, source)
        uploaded = self._zip(archive)
        signed = self._signed(uploaded)

        self.code = ZipCodeNodes(zip=uploaded, signed=signed)
        self._build(
            {
                "runtime": f"python{PYTHON}",
                "handler": args.get("handler", self._default_handler()),
                "s3_bucket": self._boundary["artifacts_bucket"],
                "s3_key": signed.signed_objects.apply(_signed_key),
                "code_signing_config_arn": self._boundary["code_signing_config_arn"],
            }
        )

    def run(self, name: str, *, after: list[pulumi.Resource]) -> lambda_.Invocation:
        """Call the function once at deployment, and again whenever its code has changed.

        Args:
            name: of the invocation, unique in the stack.
            after: what has to exist before.
        """
        return lambda_.Invocation(
            name,
            function_name=self.name,
            input="{}",
            triggers={"code": self.code.zip.key},
            opts=pulumi.ResourceOptions(parent=self, depends_on=[self.role, *after]),
        )

    def _archive(self, root: Path, source: Path) -> packaging.Archive:
        return packaging.archive(
            packaging.ZipSource(
                root=root,
                source=source,
                include=tuple(root / folder for folder in self._args.get("include", [])),
            ),
            packaging.Target(architecture=self._architecture, python=PYTHON),
        )

    def _zip(self, archive: packaging.Archive) -> s3.BucketObjectv2:
        args = s3.BucketObjectv2Args(
            bucket=self._boundary["artifacts_bucket"],
            # Named by content: the same code is the same object, and a rollback finds it.
            key=f"unsigned/{self._name}/{archive.digest}.zip",
            source=pulumi.FileAsset(str(archive.path)),
        )
        self._transforms.zip(args)
        return s3.BucketObjectv2(f"{self._name}-zip", args, opts=self._child)

    def _signed(self, uploaded: s3.BucketObjectv2) -> signer.SigningJob:
        args = signer.SigningJobArgs(
            profile_name=self._boundary["signing_profile_name"],
            source=signer.SigningJobSourceArgs(
                s3=signer.SigningJobSourceS3Args(
                    bucket=self._boundary["artifacts_bucket"],
                    key=uploaded.key,
                    version=uploaded.version_id,
                )
            ),
            destination=signer.SigningJobDestinationArgs(
                s3=signer.SigningJobDestinationS3Args(
                    bucket=self._boundary["artifacts_bucket"], prefix=f"signed/{self._name}/"
                )
            ),
        )
        self._transforms.signed(args)
        return signer.SigningJob(f"{self._name}-signed", args, opts=self._child)

    def _default_handler(self) -> str:
        return ".".join([*Path(self._args["source"]).parts, "handler", "handler"])


def _signed_key(signed: Sequence[signer.outputs.SigningJobSignedObject]) -> str:
    for made in signed:
        for place in made.s3s or []:
            if place.key:
                return place.key
    raise LookupError("the signing job names no signed object")
