"""A function whose code is a container image: heavy libraries that many flows reuse.

Creates, in order:
    <name>-repository  aws.ecr.Repository         immutable tags, customer key, scanned on push
    <name>-readers     aws.ecr.RepositoryPolicy   the Lambda service, for this function only
    <name>-keep        aws.ecr.LifecyclePolicy    the newest images stay
    <name>-image       docker.Image               built and pushed
    and what `pulumi_rampart.functions.function` makes, pinned to the pushed digest
"""

from pathlib import Path
from typing import NotRequired

import pulumi
import pulumi_docker as docker
from pulumi import Output
from pulumi_aws import ecr

from pulumi_rampart import packaging
from pulumi_rampart.arguments import checked, refused
from pulumi_rampart.boundary.args import is_protected
from pulumi_rampart.documents import policy
from pulumi_rampart.functions.function import FunctionArgs, LambdaFunction

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


class ImageLambda(LambdaFunction):
    """A Python function in a container image of up to 10 GB.

    Example:
        model = ImageLambda("model", {"boundary": boundary.args, "source": "functions/model"})
    """

    NAMES = (*LambdaFunction.NAMES, ("{name}-repository", ecr.Repository))

    def __init__(
        self, name: str, args: ImageLambdaArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, ImageLambdaArgs)
        self._root = Path(self._args.get("root", "."))
        self._dockerfile = self._root / self._args["source"] / "Dockerfile"
        if not self._dockerfile.is_file():
            raise refused(
                name,
                "source",
                f"no Dockerfile in it below {self._root.resolve()}; pass the folder that holds "
                "Dockerfile and handler.py.",
                got=self._args["source"],
            )
        super().__init__(name, self._args, opts)

        self.repository = self._repository()
        self.readers = self._readers()
        self.keep = self._keep()
        self.image = self._image()
        self._build(
            {
                "package_type": "Image",
                # By digest: what was tested is what runs, whatever happens to the tag.
                "image_uri": Output.all(self.image.repo_digest, self.readers.id).apply(
                    lambda both: str(both[0])
                ),
                "image_config": {"commands": [self._args.get("handler", self._default_handler())]},
            }
        )

    def _repository(self) -> ecr.Repository:
        return self.child(
            ecr.Repository,
            "repository",
            image_tag_mutability="IMMUTABLE",
            force_delete=is_protected(self._boundary).apply(lambda yes: not yes),
            image_scanning_configuration={"scan_on_push": True},
            encryption_configurations=[
                {"encryption_type": "KMS", "kms_key": self._boundary["key_arn"]}
            ],
        )

    def _readers(self) -> ecr.RepositoryPolicy:
        region, account = self._boundary["region"], self._boundary["account_id"]
        arn = Output.concat(
            "arn:aws:lambda:", region, ":", account, ":function:", self._physical_name
        )
        return self.child(
            ecr.RepositoryPolicy,
            "readers",
            repository=self.repository.name,
            policy=policy(
                {
                    "Sid": "OneFunctionPulls",
                    "Effect": "Allow",
                    "Principal": {"Service": "lambda.amazonaws.com"},
                    "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                    "Condition": {
                        "ArnLike": {"aws:SourceArn": arn},
                        "StringEquals": {"aws:SourceAccount": account},
                    },
                }
            ),
        )

    def _keep(self) -> ecr.LifecyclePolicy:
        newest = {
            "rulePriority": 1,
            "selection": {
                "tagStatus": "any",
                "countType": "imageCountMoreThan",
                "countNumber": KEEP_IMAGES,
            },
            "action": {"type": "expire"},
        }
        return self.child(
            ecr.LifecyclePolicy,
            "keep",
            repository=self.repository.name,
            policy=Output.json_dumps({"rules": [newest]}),
        )

    def _image(self) -> docker.Image:
        source = packaging.ImageSource(
            root=self._root, dockerfile=Path(self._args["source"], "Dockerfile")
        )
        tag = packaging.image_tag(source, self._architecture)
        token = ecr.get_authorization_token_output(
            registry_id=self.repository.registry_id, opts=pulumi.InvokeOutputOptions(parent=self)
        )
        return self.child(
            docker.Image,
            "image",
            image_name=Output.concat(self.repository.repository_url, ":", tag),
            build={
                "context": str(source.context),
                "dockerfile": str(source.file),
                "platform": _PLATFORMS[self._architecture],
                "builder_version": docker.BuilderVersion.BUILDER_BUILD_KIT,
            },
            registry={
                "server": self.repository.repository_url,
                "username": token.user_name,
                "password": Output.secret(token.password),
            },
        )

    def _default_handler(self) -> str:
        return ".".join([*Path(self._args["source"]).parts, "handler", "handler"])
