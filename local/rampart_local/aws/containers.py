"""Container images: repositories, and images that are run from their build context instead."""

import hashlib
from pathlib import Path
from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import (
    Created,
    Inputs,
    answers,
    block,
    creates,
    given,
    many,
    physical_name,
    updates,
)
from rampart_local.clients import Clients


@creates("aws:ecr/repository:Repository", unenforced="no image is pushed, so none is scanned")
def _repository(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    described: Any = given(inputs, imageTagMutability="imageTagMutability")
    if scanning := block(inputs, "imageScanningConfiguration"):
        described["imageScanningConfiguration"] = {"scanOnPush": scanning["scanOnPush"]}
    for encryption in many(inputs, "encryptionConfigurations"):
        described["encryptionConfiguration"] = given(
            encryption, encryptionType="encryptionType", kmsKey="kmsKey"
        )
    name = physical_name(resource, 256).lower()
    aws.ecr.create_repository(repositoryName=name, **described)
    return _repository_outputs(aws, name)


@updates("aws:ecr/repository:Repository", "name", "encryptionConfigurations")
def _change_repository(aws: Clients, resource: Registration, name: str, _: Inputs) -> Created:
    aws.ecr.put_image_tag_mutability(
        repositoryName=name,
        imageTagMutability=resource.inputs.get("imageTagMutability", "MUTABLE"),
    )
    scanning = block(resource.inputs, "imageScanningConfiguration")
    aws.ecr.put_image_scanning_configuration(
        repositoryName=name,
        imageScanningConfiguration={"scanOnPush": bool(scanning.get("scanOnPush"))},
    )
    return _repository_outputs(aws, name)


def _repository_outputs(aws: Clients, name: str) -> Created:
    return name, {
        "arn": f"arn:aws:ecr:{aws.region}:{aws.account}:repository/{name}",
        "name": name,
        "registryId": aws.account,
        # The form of AWS: the program writes it into image names.
        "repositoryUrl": f"{_registry(aws)}/{name}",
    }


@creates("aws:ecr/repositoryPolicy:RepositoryPolicy", again=True)
def _policy(aws: Clients, resource: Registration) -> Created:
    name = resource.inputs["repository"]
    aws.ecr.set_repository_policy(repositoryName=name, policyText=resource.inputs["policy"])
    return name, {"registryId": aws.account}


@creates(
    "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    again=True,
    unenforced="there are no images to expire",
)
def _lifecycle(aws: Clients, resource: Registration) -> Created:
    name = resource.inputs["repository"]
    policy: str = resource.inputs["policy"]
    aws.ecr.put_lifecycle_policy(repositoryName=name, lifecyclePolicyText=policy)
    return name, {"registryId": aws.account}


@creates(
    "docker:index/image:Image",
    again=True,
    unenforced="nothing is built: functions run from the build context in the project's own Python",
)
def _image(_: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    name = str(inputs["imageName"])
    context = block(inputs, "build").get("context", ".")
    repository = name.rpartition(":")[0] if ":" in name.rpartition("/")[2] else name
    # Of what the build is told: the context itself is read whenever a function starts.
    told = f"{name} {Path(context).resolve()} {inputs.get('build')}"
    digest = f"{repository}@sha256:{hashlib.sha256(told.encode()).hexdigest()}"
    return digest, {"baseImageName": name, "imageName": name, "repoDigest": digest}


@answers("aws:ecr/getAuthorizationToken:getAuthorizationToken")
def _token(aws: Clients, _: dict[str, Any]) -> dict[str, Any]:
    return {
        "authorizationToken": "",
        "expiresAt": "",
        "id": aws.region,
        "password": "",
        "proxyEndpoint": f"https://{_registry(aws)}",
        "userName": "AWS",
    }


def _registry(aws: Clients) -> str:
    return f"{aws.account}.dkr.ecr.{aws.region}.amazonaws.com"
