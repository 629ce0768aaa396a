from pathlib import Path
from typing import cast

import pytest
from pulumi_aws import sqs

from pulumi_rampart.functions.zip_lambda import ZipLambda, ZipLambdaArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import BOUNDARY, recorded, refusal

FUNCTION = "aws:lambda/function:Function"

pytestmark = pytest.mark.usefixtures("functions")


def hello(**more: object) -> Graph:
    args = cast("ZipLambdaArgs", {"boundary": BOUNDARY, "source": "functions/hello", **more})
    return recorded(lambda: ZipLambda("hello", args))


def test_the_code_that_runs_is_the_signed_one() -> None:
    # when
    graph = hello()

    # then
    signed = graph.one("aws:signer/signingJob:SigningJob", "hello-signed")
    function = graph.one(FUNCTION, "hello")
    (place,) = signed.outputs["signedObjects"][0]["s3s"]
    assert function.inputs["s3Key"] == place["key"]
    assert function.property_dependencies["s3Key"] == [signed.urn]
    assert function.inputs["codeSigningConfigArn"] == BOUNDARY["code_signing_config_arn"]


def test_what_is_signed_is_one_version_of_the_zip() -> None:
    # when
    graph = hello()

    # then
    uploaded = graph.one("aws:s3/bucketObjectv2:BucketObjectv2", "hello-zip")
    signed = graph.one("aws:signer/signingJob:SigningJob", "hello-signed").inputs
    assert signed["source"]["s3"] == {
        "bucket": "artifacts",
        "key": uploaded.inputs["key"],
        "version": uploaded.outputs["versionId"],
    }
    assert signed["profileName"] == "signer"


def test_the_zip_is_named_by_its_content_so_that_a_rollback_finds_it() -> None:
    # when
    graph = hello()

    # then: nothing is built in a recording
    uploaded = graph.one("aws:s3/bucketObjectv2:BucketObjectv2", "hello-zip").inputs
    assert uploaded["key"] == "unsigned/hello/unbuilt.zip"


def test_the_handler_is_found_by_the_folders_path() -> None:
    # then
    assert hello().one(FUNCTION, "hello").inputs["handler"] == "functions.hello.handler.handler"


def test_a_handler_that_the_zip_does_not_hold_is_refused_with_what_it_holds() -> None:
    # when
    message = refusal(
        lambda: ZipLambda(
            "hello", {"boundary": BOUNDARY, "source": "functions/hello", "handler": "nope.main"}
        )
    )

    # then
    assert message.startswith("hello.handler: 'nope.main': the zip holds no module nope.")
    assert "functions.hello.handler (handler)" in message


def test_code_that_runs_at_deployment_runs_again_when_it_changed_and_after_what_it_needs() -> None:
    # given
    def program() -> None:
        hello = ZipLambda("hello", {"boundary": BOUNDARY, "source": "functions/hello"})
        hello.run("hello-once", after=[sqs.Queue("needed")])

    # when
    graph = recorded(program)

    # then
    invocation = graph.one("aws:lambda/invocation:Invocation", "hello-once")
    assert invocation.inputs["triggers"] == {"code": "unsigned/hello/unbuilt.zip"}
    needed = {
        graph.one("aws:sqs/queue:Queue", "needed").urn,
        graph.one(FUNCTION, "hello").urn,
        graph.one("aws:iam/rolePolicy:RolePolicy", "hello-role-policy").urn,
    }
    assert needed <= set(invocation.dependencies)


def test_a_folder_that_is_not_there_is_refused(functions: Path) -> None:
    # when
    message = refusal(
        lambda: ZipLambda("hello", {"boundary": BOUNDARY, "source": "functions/absent"})
    )

    # then
    assert message == (
        f"hello.source='functions/absent': there is no folder {functions}/functions/absent; pass "
        "the one that holds handler.py."
    )
