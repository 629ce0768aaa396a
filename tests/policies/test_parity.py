"""What the offline command says of a stack, the analyzer says too, and nothing else."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from rampart_policies import aws
from rampart_policies.pack import RULES
from rampart_policies.verdict import judge
from tests.policies.analyzer import analyzer as started
from tests.policies.analyzer import before_creation, of_stack
from tests.policies.every_fixture import fixture_of
from tests.policies.fixture import Recorded, resources_of
from tests.policies.stacks import Made, allow, document, graph, made

Broken = set[tuple[str, str]]
"""(rule, URN) of every breach."""


def foreign_stack() -> list[Made]:
    """Make a stack as a program of somebody else might leave it: pulumi-aws 6, and careless."""
    bucket = made("aws:s3/bucketV2:BucketV2", "uploads", tags={"team": "shop"})
    versioning = made(
        "aws:s3/bucketVersioningV2:BucketVersioningV2",
        "uploads",
        bucket=bucket.id,
        versioningConfiguration={"status": "Suspended"},
    )
    queue = made(aws.SQS_QUEUE, "orders", visibilityTimeoutSeconds=30)
    role = made(
        aws.IAM_ROLE,
        "worker",
        assumeRolePolicy=document(
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRole",
                "Principal": {"Service": "lambda.amazonaws.com"},
            }
        ),
        managedPolicyArns=["arn:aws:iam::aws:policy/AmazonS3FullAccess"],
    )
    worker = made(aws.LAMBDA_FUNCTION, "worker", role=role.arn, runtime="nodejs14.x", timeout=60)
    return [
        bucket,
        versioning,
        queue,
        role,
        worker,
        made(aws.IAM_ROLE_POLICY, "worker", role=role.id, policy=document(allow("s3:*"))),
        made(
            aws.LAMBDA_EVENT_SOURCE_MAPPING,
            "orders",
            eventSourceArn=queue.arn,
            functionName=worker.arn,
        ),
        made(aws.LAMBDA_PERMISSION, "bucket", function=worker.id, principal="s3.amazonaws.com"),
        made(aws.DYNAMODB_TABLE, "orders", billingMode="PROVISIONED", readCapacity=5),
        made(aws.SNS_TOPIC, "news"),
        made(aws.SECURITY_GROUP, "open", ingress=[{"cidrBlocks": ["0.0.0.0/0"], "protocol": "-1"}]),
        made("random:index/randomId:RandomId", "suffix", byteLength=4),
    ]


@pytest.fixture(scope="module")
def analyzer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with started(tmp_path_factory.mktemp("unpacked")) as stub:
        yield stub


def test_every_rule_reports_the_same_breach_over_grpc(analyzer: Any) -> None:  # noqa: ANN401  # untyped gRPC stub
    for rule in RULES:
        # given
        resources = resources_of(next(iter(fixture_of(rule).breaks.values())))

        # when
        over_grpc = said(analyzer, resources)

        # then
        assert over_grpc == broken(resources), rule.id
        assert rule.id in {name for name, _ in over_grpc}


def test_a_foreign_stack_is_judged_by_the_whole_pack(analyzer: Any) -> None:  # noqa: ANN401  # as above
    # given
    resources = resources_of(list(foreign_stack()))

    # when
    over_grpc = said(analyzer, resources)

    # then
    assert over_grpc == broken(resources)
    assert {name for name, _ in over_grpc} >= {
        "dynamodb-capacity",
        "iam-managed-policies",
        "iam-wildcard-actions",
        "lambda-public",
        "lambda-runtime",
        "s3-public-block",
        "s3-versioning-status",
        "sg-ingress-open",
        "sns-encryption",
        "sqs-dead-letters",
        "sqs-visibility",
    }


def said(analyzer: Any, resources: Iterable[Recorded]) -> Broken:  # noqa: ANN401  # as above
    responses = [analyzer.Analyze(before_creation(one)) for one in resources]
    responses.append(analyzer.AnalyzeStack(of_stack(resources)))
    messages = [one for response in responses for one in response.diagnostics]
    rules = {rule.id for rule in RULES}
    return {
        (one.policyName, one.urn)
        for one in messages
        if "undecided:" not in one.message and one.policyName in rules
    }


def broken(resources: list[Recorded]) -> Broken:
    outcomes = judge(RULES, graph(resources))
    return {(one.rule.id, one.resource.urn) for one in outcomes if one.findings}
