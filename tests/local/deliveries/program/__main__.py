"""A table whose changes a function notes in another table, and fails on when it is told to."""

import json
from pathlib import Path

import pulumi
import pulumi_aws as aws

HERE = Path(__file__).parent


def document(*statements: dict[str, object]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


changed = aws.dynamodb.Table(
    "changed",
    billing_mode="PAY_PER_REQUEST",
    hash_key="id",
    attributes=[{"name": "id", "type": "S"}],
    stream_enabled=True,
    stream_view_type="NEW_IMAGE",
)
seen = aws.dynamodb.Table(
    "seen",
    billing_mode="PAY_PER_REQUEST",
    hash_key="id",
    attributes=[{"name": "id", "type": "S"}],
)
failed = aws.sqs.Queue("failed")
role = aws.iam.Role(
    "reader",
    assume_role_policy=document(
        {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ),
)
policy = aws.iam.RolePolicy(
    "reader",
    role=role.name,
    policy=pulumi.Output.all(seen.arn, changed.stream_arn, failed.arn).apply(
        lambda arns: document(
            {
                "Effect": "Allow",
                "Action": ["dynamodb:UpdateItem", "dynamodb:GetRecords", "sqs:SendMessage"],
                "Resource": arns,
            }
        )
    ),
)
reader = aws.lambda_.Function(
    "reader",
    name="reader",
    role=role.arn,
    runtime="python3.13",
    handler="app.handle",
    timeout=10,
    code=pulumi.FileArchive(str(HERE / "function")),
    environment={"variables": {"SEEN": seen.name}},
    opts=pulumi.ResourceOptions(depends_on=[policy]),
)
aws.lambda_.EventSourceMapping(
    "reading",
    event_source_arn=changed.stream_arn,
    function_name=reader.arn,
    starting_position="TRIM_HORIZON",
    batch_size=10,
    bisect_batch_on_function_error=True,
    maximum_retry_attempts=2,
    function_response_types=["ReportBatchItemFailures"],
    filter_criteria={"filters": [{"pattern": '{"eventName": ["INSERT"]}'}]},
    destination_config={"on_failure": {"destination_arn": failed.arn}},
)
pulumi.export("changed", changed.name)
pulumi.export("seen", seen.name)
pulumi.export("failed", failed.url)
