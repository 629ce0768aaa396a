"""The pack as Pulumi's engine sees it: an analyzer process, asked over gRPC."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from google.protobuf import empty_pb2, json_format
from pulumi.runtime.proto import analyzer_pb2 as wire

from rampart_policies import aws
from rampart_policies.pack import RULES
from rampart_policies.reporting import (
    REMEDIATED,
    REPORTING,
    UNDECIDED,
    UNKNOWN_TYPES,
    UNREADABLE,
)
from rampart_policies.values import UNKNOWN
from rampart_policies.version import __version__
from tests.policies.analyzer import PACK, properties
from tests.policies.analyzer import analyzer as started

SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "x"}


@pytest.fixture(scope="module")
def analyzer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with started(tmp_path_factory.mktemp("unpacked")) as stub:
        yield stub


def request(kind: str, content: dict[str, Any]) -> wire.AnalyzeRequest:
    return wire.AnalyzeRequest(
        type=kind, properties=properties(content), urn=f"urn:pulumi:x::y::{kind}::n", name="n"
    )


def resource(
    kind: str, name: str, content: dict[str, Any], depends: dict[str, list[str]] | None = None
) -> wire.AnalyzerResource:
    return wire.AnalyzerResource(
        type=kind,
        name=name,
        urn=f"urn:pulumi:x::y::{kind}::{name}",
        properties=properties(content),
        options=wire.AnalyzerResourceOptions(),
        propertyDependencies={
            key: wire.AnalyzerPropertyDependencies(urns=urns)
            for key, urns in (depends or {}).items()
        },
    )


def of_resource(one: wire.AnalyzerResource) -> wire.AnalyzeRequest:
    return wire.AnalyzeRequest(type=one.type, properties=one.properties, urn=one.urn, name=one.name)


def said(response: wire.AnalyzeResponse, rule: str) -> list[str]:
    return [one.message for one in response.diagnostics if one.policyName == rule]


def test_it_announces_every_rule_with_its_metadata(analyzer: Any) -> None:  # noqa: ANN401  # untyped gRPC stub
    # when
    info = analyzer.GetAnalyzerInfo(empty_pb2.Empty())

    # then
    announced = {policy.name: policy for policy in info.policies}
    assert announced.keys() == {rule.id for rule in RULES} | set(REPORTING)
    retention = announced["logs-retention"]
    assert retention.severity == wire.POLICY_SEVERITY_MEDIUM
    assert retention.remediation_steps
    assert "minimum_days" in retention.configSchema.properties


def test_the_pack_has_one_version(analyzer: Any) -> None:  # noqa: ANN401  # untyped gRPC stub
    # given
    metadata = yaml.safe_load((PACK / "PulumiPolicy.yaml").read_text())

    # when
    info = analyzer.GetAnalyzerInfo(empty_pb2.Empty())
    response = analyzer.Analyze(request(aws.LOG_GROUP, {}))

    # then
    assert info.version == metadata["version"] == __version__
    assert {one.policyPackVersion for one in response.diagnostics} == {__version__}


def test_a_resource_is_judged_before_it_is_created(analyzer: Any) -> None:  # noqa: ANN401  # untyped gRPC stub
    # when
    response = analyzer.Analyze(request(aws.LOG_GROUP, {"retentionInDays": 7.0, "kmsKeyId": "k"}))

    # then
    (message,) = said(response, "logs-retention")
    assert "n: retentionInDays is 7, outside 365 to 3653" in message
    assert "Remedy: " in message
    assert not said(response, "logs-key")


def test_all_that_is_undecided_is_one_line_of_advice(analyzer: Any) -> None:  # noqa: ANN401  # untyped gRPC stub
    # given
    groups = [resource(aws.LOG_GROUP, name, {"kmsKeyId": UNKNOWN}) for name in ("one", "two")]
    quiet = [analyzer.Analyze(of_resource(group)) for group in groups]

    # when
    response = analyzer.AnalyzeStack(wire.AnalyzeStackRequest(resources=groups))

    # then
    assert not any(said(one, "logs-key") for one in quiet)
    (message,) = said(response, UNDECIDED)
    assert "2 checks are undecided" in message
    assert "logs-key 2" in message
    assert "rampart-policies --stack x" in message
    levels = {one.enforcementLevel for one in response.diagnostics if one.policyName == UNDECIDED}
    assert levels == {wire.ADVISORY}


def test_what_is_decided_later_is_no_longer_undecided(analyzer: Any) -> None:  # noqa: ANN401  # untyped gRPC stub
    # given
    for key in (UNKNOWN, "arn:aws:kms:eu-west-1:111122223333:key/k"):
        group = resource(aws.LOG_GROUP, "one", {"kmsKeyId": key})
        analyzer.Analyze(of_resource(group))

    # when
    response = analyzer.AnalyzeStack(wire.AnalyzeStackRequest(resources=[group]))

    # then
    assert not said(response, UNDECIDED)


def test_another_type_is_not_applicable(analyzer: Any) -> None:  # noqa: ANN401  # untyped gRPC stub
    # when
    response = analyzer.Analyze(request("aws:memorydb/cluster:Cluster", {}))

    # then
    assert not response.diagnostics
    assert "logs-key" in {one.policy_name for one in response.not_applicable}


def test_a_foreign_stack_is_judged_by_its_graph(analyzer: Any) -> None:  # noqa: ANN401  # untyped gRPC stub
    # given
    worker = resource(aws.LAMBDA_FUNCTION, "worker", {"timeout": 30.0, "arn": "arn:f"})
    jobs = resource(aws.SQS_QUEUE, "jobs", {"visibilityTimeoutSeconds": 60.0, "arn": UNKNOWN})
    mapping = resource(
        aws.LAMBDA_EVENT_SOURCE_MAPPING,
        "mapping",
        {"eventSourceArn": UNKNOWN, "functionName": "arn:f"},
        {"eventSourceArn": [jobs.urn]},
    )

    # when
    response = analyzer.AnalyzeStack(wire.AnalyzeStackRequest(resources=[worker, jobs, mapping]))

    # then
    (message,) = said(response, "sqs-visibility")
    assert "jobs hides messages for 60 s, worker may take 30 s" in message


def test_the_next_request_is_judged_by_its_own_graph(analyzer: Any) -> None:  # noqa: ANN401  # untyped gRPC stub
    # given
    worker = resource(aws.LAMBDA_FUNCTION, "worker", {"timeout": 30.0, "arn": "arn:f"})
    mapping = resource(
        aws.LAMBDA_EVENT_SOURCE_MAPPING,
        "mapping",
        {"eventSourceArn": "arn:q", "functionName": "arn:f"},
    )
    findings: list[int] = []

    for seconds in (60.0, 180.0):
        jobs = resource(
            aws.SQS_QUEUE, "jobs", {"visibilityTimeoutSeconds": seconds, "arn": "arn:q"}
        )

        # when
        response = analyzer.AnalyzeStack(
            wire.AnalyzeStackRequest(resources=[worker, jobs, mapping])
        )
        findings.append(len(said(response, "sqs-visibility")))

    # then
    assert findings == [1, 0]


def test_what_can_be_remediated_is_and_secrets_stay_secret(analyzer: Any) -> None:  # noqa: ANN401  # untyped gRPC stub
    # given
    level = wire.PolicyConfig(enforcementLevel=wire.REMEDIATE)
    analyzer.Configure(wire.ConfigureAnalyzerRequest(policyConfig={"lambda-tracing": level}))

    # when
    response = analyzer.Remediate(
        request(aws.LAMBDA_FUNCTION, {"name": "f", "environment": SECRET})
    )

    # then
    (remedied,) = response.remediations
    assert json_format.MessageToDict(remedied.properties) == {
        "name": "f",
        "environment": SECRET,
        "tracingConfig": {"mode": "Active"},
    }


def test_a_remediation_says_what_it_changed(analyzer: Any) -> None:  # noqa: ANN401  # untyped gRPC stub
    # given
    level = wire.PolicyConfig(enforcementLevel=wire.REMEDIATE)
    rules = ("logs-retention", "lambda-tracing")
    analyzer.Configure(wire.ConfigureAnalyzerRequest(policyConfig=dict.fromkeys(rules, level)))
    group = request(aws.LOG_GROUP, {"retentionInDays": 7.0})
    function = request(aws.LAMBDA_FUNCTION, {"name": "f"})
    for one in (group, function):
        # when: the engine goes on with what it got back
        (remedied,) = analyzer.Remediate(one).remediations
        one.properties.CopyFrom(remedied.properties)

    # then
    (told,) = said(analyzer.Analyze(group), REMEDIATED)
    assert told.endswith(
        f"\n{aws.LOG_GROUP} n: logs-retention changed retentionInDays from 7 to 365"
    )
    (told,) = said(analyzer.Analyze(function), REMEDIATED)
    assert told.endswith('lambda-tracing changed tracingConfig from unset to {"mode": "Active"}')

    # when: the program now has what it should
    analyzer.Remediate(group)

    # then
    assert not said(analyzer.Analyze(group), REMEDIATED)


def test_a_value_that_the_program_marks_as_secret_is_seen_as_one(analyzer: Any) -> None:  # noqa: ANN401  # untyped gRPC stub
    # given
    marked = {"environment": {"variables": {"SETTING": SECRET, "TABLE": "orders"}}}

    # when
    response = analyzer.Analyze(request(aws.LAMBDA_FUNCTION, marked))

    # then
    (message,) = said(response, "lambda-environment-secret")
    assert "environment variable SETTING holds a secret" in message


def test_a_marked_value_is_marked_in_the_whole_stack_too(analyzer: Any) -> None:  # noqa: ANN401  # untyped gRPC stub
    # given
    worker = resource(aws.LAMBDA_FUNCTION, "worker", {"timeout": SECRET, "arn": "arn:f"})
    jobs = resource(aws.SQS_QUEUE, "jobs", {"visibilityTimeoutSeconds": 60.0, "arn": "arn:q"})
    mapping = resource(
        aws.LAMBDA_EVENT_SOURCE_MAPPING,
        "mapping",
        {"eventSourceArn": "arn:q", "functionName": "arn:f"},
    )

    # when
    response = analyzer.AnalyzeStack(wire.AnalyzeStackRequest(resources=[worker, jobs, mapping]))

    # then
    assert not said(response, "sqs-visibility")
    assert "sqs-visibility 1" in said(response, UNDECIDED)[0]


@pytest.mark.parametrize(
    ("kind", "refused"),
    [
        ("aws:memorydb/cluster:Cluster", False),
        ("aws-native:s3:Bucket", True),
        ("aws:index/s3Bucket:S3Bucket", True),
    ],
)
def test_what_no_rule_knows_is_said_and_what_none_can_read_is_refused(
    analyzer: Any,  # noqa: ANN401  # untyped gRPC stub
    kind: str,
    *,
    refused: bool,
) -> None:
    # given
    unknown, component = resource(kind, "one", {}), resource("shop:index:Api", "two", {})
    unknown.provider.CopyFrom(wire.AnalyzerProviderResource(type="pulumi:providers:x", name="x"))

    # when
    response = analyzer.AnalyzeStack(wire.AnalyzeStackRequest(resources=[unknown, component]))

    # then
    levels = {one.policyName: one.enforcementLevel for one in response.diagnostics}
    (message,) = said(response, UNKNOWN_TYPES)
    assert message.endswith(f"no rule knows their types: 1 {kind}")
    assert levels[UNKNOWN_TYPES] == wire.ADVISORY
    assert (levels.get(UNREADABLE) == wire.MANDATORY) is refused


def test_settings_come_from_the_packs_configuration(analyzer: Any) -> None:  # noqa: ANN401  # untyped gRPC stub
    # given
    config = wire.PolicyConfig(
        enforcementLevel=wire.MANDATORY, properties=properties({"minimum_days": 5})
    )
    analyzer.Configure(wire.ConfigureAnalyzerRequest(policyConfig={"logs-retention": config}))

    # when
    response = analyzer.Analyze(request(aws.LOG_GROUP, {"retentionInDays": 7.0}))

    # then
    assert not said(response, "logs-retention")
