import json
from pathlib import Path
from typing import cast

import pytest

from pulumi_rampart.functions.image_lambda import ImageLambda, ImageLambdaArgs
from pulumi_rampart.testing import SECRET, Graph
from tests.components.inside import ACCOUNT, BOUNDARY, KEY, recorded, refusal, statements

FUNCTION = "aws:lambda/function:Function"
REPOSITORY = "aws:ecr/repository:Repository"
IMAGE = "docker:index/image:Image"

pytestmark = pytest.mark.usefixtures("functions")


def model(**more: object) -> Graph:
    args = cast("ImageLambdaArgs", {"boundary": BOUNDARY, "source": "functions/hello", **more})
    return recorded(lambda: ImageLambda("model", args))


def test_the_function_runs_the_pushed_digest_whatever_happens_to_the_tag() -> None:
    # when
    graph = model()

    # then
    image = graph.one(IMAGE, "model-image")
    function = graph.one(FUNCTION, "model")
    assert function.inputs["imageUri"] == image.outputs["repoDigest"]
    assert "@sha256:" in function.inputs["imageUri"]
    assert image.urn in function.property_dependencies["imageUri"]


def test_a_tag_never_moves_and_every_image_is_scanned_and_encrypted() -> None:
    # when
    repository = model().one(REPOSITORY, "model-repository").inputs

    # then
    assert repository == {
        "imageTagMutability": "IMMUTABLE",
        "forceDelete": False,
        "imageScanningConfiguration": {"scanOnPush": True},
        "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}],
    }


def test_one_function_of_this_account_pulls_it() -> None:
    # when
    graph = model()

    # then
    policy = graph.one("aws:ecr/repositoryPolicy:RepositoryPolicy", "model-readers")
    (only,) = statements(policy.inputs["policy"])
    assert only["Principal"] == {"Service": "lambda.amazonaws.com"}
    assert only["Condition"] == {
        "ArnLike": {
            "aws:SourceArn": f"arn:aws:lambda:eu-central-1:{ACCOUNT}:function:shop-dev-model"
        },
        "StringEquals": {"aws:SourceAccount": ACCOUNT},
    }
    assert policy.urn in graph.one(FUNCTION, "model").property_dependencies["imageUri"]


def test_old_images_go() -> None:
    # when
    keep = model().one("aws:ecr/lifecyclePolicy:LifecyclePolicy", "model-keep").inputs

    # then
    (rule,) = json.loads(keep["policy"])["rules"]
    assert rule["selection"]["countNumber"] == 10
    assert rule["action"] == {"type": "expire"}


@pytest.mark.parametrize(
    ("architecture", "platform"), [("arm64", "linux/arm64"), ("x86_64", "linux/amd64")]
)
def test_the_image_is_built_for_the_functions_processor(architecture: str, platform: str) -> None:
    # when
    graph = model(architecture=architecture)

    # then
    assert graph.one(IMAGE, "model-image").inputs["build"]["platform"] == platform
    assert graph.one(FUNCTION, "model").inputs["architectures"] == [architecture]


def test_the_registrys_password_is_masked() -> None:
    # when
    registry = model().one(IMAGE, "model-image").inputs["registry"]

    # then
    assert registry["password"] == SECRET


def test_a_folder_without_dockerfile_is_refused(functions: Path) -> None:
    # given
    (functions / "functions" / "hello" / "Dockerfile").unlink()

    # when
    message = refusal(
        lambda: ImageLambda("model", {"boundary": BOUNDARY, "source": "functions/hello"})
    )

    # then
    assert message == (
        f"model.source='functions/hello': no Dockerfile in it below {functions}; pass the folder "
        "that holds Dockerfile and handler.py."
    )
