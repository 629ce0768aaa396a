"""A function whose code is a signed zip: business logic with light dependencies.

Creates, in order:
    <name>-zip     aws.s3.BucketObjectv2   the reproducible zip of source and dependencies
    <name>-signed  aws.signer.SigningJob   the same zip, signed
    and what `pulumi_rampart.functions.function` makes
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NotRequired

import pulumi
from pulumi_aws import lambda_, s3, signer

from pulumi_rampart import packaging
from pulumi_rampart.arguments import checked, refused
from pulumi_rampart.functions.function import FunctionArgs, LambdaFunction

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


class ZipLambda(LambdaFunction):
    """A Python function in a zip, with only its own dependencies.

    Example:
        hello = ZipLambda("hello", {"boundary": boundary.args, "source": "functions/hello"})
    """

    def __init__(
        self, name: str, args: ZipLambdaArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, ZipLambdaArgs)
        self._source = packaging.ZipSource(
            root=Path(self._args.get("root", ".")),
            source=Path(self._args["source"]),
            include=tuple(Path(folder) for folder in self._args.get("include", [])),
        )
        self._handler = self._checked_handler(name)
        super().__init__(name, self._args, opts)

        self.zip = self._zip(self._archive())
        self.signed = self._signed()
        self._build(
            {
                "runtime": f"python{PYTHON}",
                "handler": self._handler,
                "s3_bucket": self._boundary["artifacts_bucket"],
                "s3_key": self.signed.signed_objects.apply(_signed_key),
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
            triggers={"code": self.zip.key},
            opts=pulumi.ResourceOptions(parent=self, depends_on=[self.role, *after]),
        )

    def _checked_handler(self, name: str) -> str:
        """Return the handler, which the zip will hold, and the source is there."""
        if not self._source.folder.is_dir():
            raise refused(
                name,
                "source",
                f"there is no folder {self._source.folder}; pass the one that holds handler.py.",
                got=self._args["source"],
            )
        try:
            default = ".".join(filter(None, [self._source.package, "handler", "handler"]))
            handler = self._args.get("handler", default)
            packaging.check_handler(self._source, handler)
        except packaging.HandlerError as error:
            raise refused(name, "handler", str(error)) from error
        except packaging.SourceError as error:
            raise refused(name, "source", str(error)) from error
        return handler

    def _archive(self) -> packaging.Archive:
        return packaging.archive(
            self._source, packaging.Target(architecture=self._architecture, python=PYTHON)
        )

    def _zip(self, archive: packaging.Archive) -> s3.BucketObjectv2:
        return self.child(
            s3.BucketObjectv2,
            "zip",
            bucket=self._boundary["artifacts_bucket"],
            # Named by content: the same code is the same object, and a rollback finds it.
            key=f"unsigned/{self._name}/{archive.digest}.zip",
            source=pulumi.FileAsset(str(archive.path)),
        )

    def _signed(self) -> signer.SigningJob:
        bucket = self._boundary["artifacts_bucket"]
        return self.child(
            signer.SigningJob,
            "signed",
            profile_name=self._boundary["signing_profile_name"],
            source={"s3": {"bucket": bucket, "key": self.zip.key, "version": self.zip.version_id}},
            destination={"s3": {"bucket": bucket, "prefix": f"signed/{self._name}/"}},
        )


def _signed_key(signed: Sequence[signer.outputs.SigningJobSignedObject]) -> str:
    for made in signed:
        for place in made.s3s or []:
            if place.key:
                return place.key
    raise LookupError("the signing job names no signed object")
