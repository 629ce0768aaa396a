"""A function whose code is a container image: heavy libraries that many flows reuse.

Creates, in order:
    <name>-repository  aws.ecr.Repository         immutable tags, customer key, scanned on push
    <name>-readers     aws.ecr.RepositoryPolicy   the Lambda service, for this function only
    <name>-keep        aws.ecr.LifecyclePolicy    the newest images stay
    <name>-image       docker.Image               built and pushed
    and the wall of `pulumi_rampart.functions.function`, the function pinned to the pushed digest
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired

import pulumi
import pulumi_docker as docker
from pulumi import Output
from pulumi_aws import ecr

from pulumi_rampart import packaging
from pulumi_rampart._arguments import ArgumentError
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.functions.function import FunctionArgs, FunctionTransforms, LambdaFunction

KEEP_IMAGES = 10
_PLATFORMS = {"arm64": "linux/arm64", "x86_64": "linux/amd64"}


class ImageLambdaArgs(FunctionArgs):
    """What a system decides about an image function."""

    source: str
    """Folder with Dockerfile and handler.py, relative to `root`."""
    root: NotRequired[str]
    """Build context, which the Dockerfile copies from. Default the program's folder."""
    handler: NotRequired[str]
    """`module.function`. Default `handler.handler` in `source`."""


@dataclass(frozen=True, kw_only=True)
class ImageLambdaTransforms(FunctionTransforms):
    """Escape hatch: each edits one child's arguments, after our defaults."""

    repository: Transform[ecr.RepositoryArgs] = unchanged
    readers: Transform[ecr.RepositoryPolicyArgs] = unchanged
    keep: Transform[ecr.LifecyclePolicyArgs] = unchanged
    image: Transform[docker.ImageArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class ImageCodeNodes:
    """The raw resources of the code; those of the wall are in `nodes`."""

    repository: ecr.Repository
    readers: ecr.RepositoryPolicy
    keep: ecr.LifecyclePolicy
    image: docker.Image


class ImageLambda(LambdaFunction):
    """A Python function in a container image of up to 10 GB.

    Example:
        model = ImageLambda("model", {"boundary": boundary.args, "source": "functions/model"})
    """

    def __init__(
        self,
        name: str,
        args: ImageLambdaArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: ImageLambdaTransforms = ImageLambdaTransforms(),
    ) -> None:
        super().__init__("rampart:index:ImageLambda", name, args, opts, transforms)
        self._args, self._transforms = args, transforms
        root = Path(args.get("root", "."))
        dockerfile = root / args["source"] / "Dockerfile"
        if not dockerfile.is_file():
            raise ArgumentError(
                f"{name}.source={args['source']!r}: no Dockerfile in it below {root.resolve()}; "
                "pass the folder that holds Dockerfile and handler.py."
            )

        repository = self._repository()
        readers = self._readers(repository)
        keep = self._keep(repository)
        image = self._image(repository, root, dockerfile)

        self.code = ImageCodeNodes(repository=repository, readers=readers, keep=keep, image=image)
        self._build(
            {
                "package_type": "Image",
                # By digest: what was tested is what runs, whatever happens to the tag.
                "image_uri": Output.all(image.repo_digest, readers.id).apply(
                    lambda both: str(both[0])
                ),
                "image_config": {"commands": [args.get("handler", self._default_handler())]},
            }
        )

    def _repository(self) -> ecr.Repository:
        args = ecr.RepositoryArgs(
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration=ecr.RepositoryImageScanningConfigurationArgs(
                scan_on_push=True
            ),
            encryption_configurations=[
                ecr.RepositoryEncryptionConfigurationArgs(
                    encryption_type="KMS", kms_key=self._boundary["key_arn"]
                )
            ],
        )
        self._transforms.repository(args)
        return ecr.Repository(f"{self._name}-repository", args, opts=self._child)

    def _readers(self, repository: ecr.Repository) -> ecr.RepositoryPolicy:
        arn = Output.concat(
            "arn:aws:lambda:",
            self._boundary["region"],
            ":",
            self._boundary["account_id"],
            f":function:{self._physical_name}",
        )
        args = ecr.RepositoryPolicyArgs(
            repository=repository.name,
            policy=Output.json_dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": "OneFunctionPulls",
                            "Effect": "Allow",
                            "Principal": {"Service": "lambda.amazonaws.com"},
                            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                            "Condition": {
                                "ArnLike": {"aws:SourceArn": arn},
                                "StringEquals": {"aws:SourceAccount": self._boundary["account_id"]},
                            },
                        }
                    ],
                }
            ),
        )
        self._transforms.readers(args)
        return ecr.RepositoryPolicy(f"{self._name}-readers", args, opts=self._child)

    def _keep(self, repository: ecr.Repository) -> ecr.LifecyclePolicy:
        args = ecr.LifecyclePolicyArgs(
            repository=repository.name,
            policy=Output.json_dumps(
                {
                    "rules": [
                        {
                            "rulePriority": 1,
                            "selection": {
                                "tagStatus": "any",
                                "countType": "imageCountMoreThan",
                                "countNumber": KEEP_IMAGES,
                            },
                            "action": {"type": "expire"},
                        }
                    ]
                }
            ),
        )
        self._transforms.keep(args)
        return ecr.LifecyclePolicy(f"{self._name}-keep", args, opts=self._child)

    def _image(self, repository: ecr.Repository, root: Path, dockerfile: Path) -> docker.Image:
        source = packaging.ImageSource(root=root, dockerfile=dockerfile)
        tag = packaging.image_tag(source, self._architecture)
        token = ecr.get_authorization_token_output(
            registry_id=repository.registry_id, opts=pulumi.InvokeOutputOptions(parent=self)
        )
        args = docker.ImageArgs(
            image_name=Output.concat(repository.repository_url, ":", tag),
            build=docker.DockerBuildArgs(
                context=str(root),
                dockerfile=str(dockerfile),
                platform=_PLATFORMS[self._architecture],
                builder_version=docker.BuilderVersion.BUILDER_BUILD_KIT,
            ),
            registry=docker.RegistryArgs(
                server=repository.repository_url,
                username=token.user_name,
                password=Output.secret(token.password),
            ),
        )
        self._transforms.image(args)
        return docker.Image(f"{self._name}-image", args, opts=self._child)

    def _default_handler(self) -> str:
        return ".".join([*Path(self._args["source"]).parts, "handler", "handler"])
