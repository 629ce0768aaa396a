"""What a cloud answers wrongly, or not at all, is an error that names the resource."""

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

import pulumi
import pytest
from pulumi_aws import acm, apigatewayv2, get_region, iam, s3, sqs

from pulumi_rampart.testing import Cloud, Registration, record


class Answering:
    """A cloud that answers whatever the test says."""

    def __init__(self, created: object = ("id", {}), called: object = None) -> None:
        self._created, self._called = created, called

    def create(self, _resource: Registration) -> Any:  # noqa: ANN401  # wrong ones, too
        return self._created

    def call(self, _token: str, _arguments: dict[str, Any]) -> Any:  # noqa: ANN401  # wrong ones, too
        return self._called


def in_time(program: Callable[[], object], cloud: Answering) -> None:
    """Record; a test that waits for ever says nothing."""
    failure: list[BaseException] = []

    def run() -> None:
        try:
            record(program, cloud=cast("Cloud", cloud))
        except BaseException as error:  # noqa: BLE001  # handed to the test's own thread
            failure.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(30)
    if thread.is_alive():
        pytest.fail("record() hangs")
    if failure:
        raise failure[0]


@pytest.mark.parametrize(
    "answer", [None, "id", ("id",), (None, {}), (1, {}), ("id", []), ["id", {}]]
)
def test_a_creation_is_answered_with_an_id_and_outputs(answer: object) -> None:
    # then
    with pytest.raises(Exception, match=r"Answering\.create\(aws:sqs/queue:Queue 'jobs'\).*tuple"):
        in_time(lambda: sqs.Queue("jobs"), Answering(answer))


def test_an_output_that_json_cannot_carry_is_named() -> None:
    # given
    answer = ("id", {"arn": dt.date(2025, 1, 1)})

    # then
    with pytest.raises(Exception, match=r"'jobs'\) returned 'arn': datetime.*JSON cannot carry"):
        in_time(lambda: sqs.Queue("jobs"), Answering(answer))


@pytest.mark.parametrize("answer", [None, "eu-west-3", ["eu-west-3"]])
def test_a_function_is_answered_with_results(answer: object) -> None:
    # then
    with pytest.raises(Exception, match=r"Answering\.call\('aws:index/getRegion:getRegion'\)"):
        in_time(get_region, Answering(called=answer))


@pytest.mark.parametrize("value", [7, "text", ["x"], {"nope": 1}])
def test_an_output_of_another_type_than_the_providers_never_hangs(value: object) -> None:
    # given: a list of objects in the provider's types
    def program() -> None:
        certificate = acm.Certificate("site", domain_name="example.org")
        options = certificate.domain_validation_options
        pulumi.export(
            "names", options.apply(lambda all_: [one.resource_record_name for one in all_])
        )

    # then: an error or a result, in time
    with suppress(AttributeError, TypeError, ValueError, AssertionError):
        in_time(program, Answering(("site", {"domainValidationOptions": value})))


def test_what_exists_already_is_asked_of_clouds_that_can_read() -> None:
    # then
    with pytest.raises(
        Exception, match=r"reads aws:s3/bucket:Bucket 'files' \(files-1\).*has no read"
    ):
        in_time(lambda: s3.Bucket.get("files", "files-1"), Answering())


def test_an_output_that_nobody_answered_is_named_with_its_resource() -> None:
    # given
    def program() -> None:
        api = apigatewayv2.Api("front", protocol_type="HTTP")
        pulumi.export("url", api.api_endpoint.apply(lambda url: url + "/notes"))

    # when
    with pytest.raises(TypeError) as caught:
        in_time(program, Answering(("front", {})))

    # then
    (note,) = caught.value.__notes__
    assert "apiEndpoint of aws:apigatewayv2/api:Api 'front'" in note
    assert "executionArn" not in note


def test_a_failure_of_the_program_itself_gets_no_such_note() -> None:
    # given
    class ClosedError(Exception):
        pass

    def program() -> None:
        apigatewayv2.Api("front", protocol_type="HTTP")
        raise ClosedError("at night")

    # when
    with pytest.raises(ClosedError) as caught:
        in_time(program, Answering(("front", {})))

    # then
    assert not hasattr(caught.value, "__notes__")


def test_a_resource_passed_where_its_name_is_expected_stands_for_its_id() -> None:
    # given
    def program() -> None:
        role = iam.Role("role", assume_role_policy="{}")
        attached = iam.RolePolicyAttachment("attached", role=role, policy_arn="arn:aws:iam::aws:p")  # pyright: ignore[reportArgumentType]  # what programs do
        pulumi.export("role", attached.role)

    # when
    made, foreseen = record(program), record(program, preview=True)

    # then
    type_ = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
    assert made.one(type_, "attached").inputs["role"] == "role"
    assert made.exports == {"role": "role"}
    assert foreseen.one(type_, "attached").dependencies == [
        "urn:pulumi:dev::project::aws:iam/role:Role::role"
    ]
