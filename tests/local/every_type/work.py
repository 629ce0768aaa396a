"""Functions, what calls them, and what watches them."""

import json
from typing import Any

import pulumi
import pulumi_aws as aws

from tests.local.every_type.documents import ACCOUNT, CODE, policy


def functions(
    role: aws.iam.Role,
    bucket: aws.s3.Bucket,
    subnet: aws.ec2.Subnet,
    group: aws.ec2.SecurityGroup,
    table: aws.dynamodb.Table,
) -> aws.lambda_.Function:
    source = aws.s3.BucketObjectv2(
        "code", bucket=bucket.id, key="code.zip", source=pulumi.FileArchive(str(CODE))
    )
    profile = aws.signer.SigningProfile(
        "profile",
        platform_id="AWSLambda-SHA384-ECDSA",
        signature_validity_period={"type": "MONTHS", "value": 12},
    )
    job = aws.signer.SigningJob(
        "code",
        profile_name=profile.name,
        source={"s3": {"bucket": bucket.id, "key": source.key, "version": source.version_id}},
        destination={"s3": {"bucket": bucket.id, "prefix": "signed/"}},
    )
    layer = aws.lambda_.LayerVersion(
        "layer", layer_name="layer", code=pulumi.FileArchive(str(CODE))
    )
    function = aws.lambda_.Function(
        "function",
        role=role.arn,
        runtime="python3.13",
        architectures=["arm64"],
        handler="app.handle",
        s3_bucket=bucket.id,
        s3_key=job.signed_objects.apply(_signed_key),
        publish=True,
        layers=[layer.arn],
        tracing_config={"mode": "Active"},
        vpc_config={"subnet_ids": [subnet.id], "security_group_ids": [group.id]},
        reserved_concurrent_executions=2,
    )
    alias = aws.lambda_.Alias(
        "prod", name="prod", function_name=function.name, function_version=function.version
    )
    aws.lambda_.ProvisionedConcurrencyConfig(
        "prod",
        function_name=function.name,
        qualifier=alias.name,
        provisioned_concurrent_executions=1,
    )
    aws.lambda_.Permission(
        "api",
        function=function.name,
        action="lambda:InvokeFunction",
        principal="apigateway.amazonaws.com",
    )
    aws.lambda_.FunctionEventInvokeConfig(
        "function", function_name=function.name, maximum_retry_attempts=1
    )
    aws.lambda_.Invocation("once", function_name=function.name, input="{}")
    aws.lambda_.EventSourceMapping(
        "table",
        function_name=function.arn,
        event_source_arn=table.stream_arn,
        starting_position="LATEST",
        enabled=False,
    )
    return function


def _signed_key(objects: Any) -> str:  # noqa: ANN401  # the SDK's outputs are loosely typed
    return objects[0].s3s[0].key


def events(function: aws.lambda_.Function, role: aws.iam.Role) -> None:
    bus = aws.cloudwatch.EventBus("bus")
    aws.cloudwatch.EventBusPolicy("bus", event_bus_name=bus.name, policy=policy(AWS=ACCOUNT))
    rule = aws.cloudwatch.EventRule(
        "rule", event_bus_name=bus.name, event_pattern=json.dumps({"source": ["app"]})
    )
    aws.cloudwatch.EventTarget(
        "function",
        event_bus_name=bus.name,
        rule=rule.name,
        arn=function.arn,
        retry_policy={"maximum_retry_attempts": 2, "maximum_event_age_in_seconds": 3600},
        input_transformer={"input_paths": {"id": "$.detail.id"}, "input_template": '{"id": <id>}'},
    )
    aws.cloudwatch.EventArchive("archive", event_source_arn=bus.arn, retention_days=7)
    schedules = aws.scheduler.ScheduleGroup("nightly")
    aws.scheduler.Schedule(
        "nightly",
        group_name=schedules.name,
        schedule_expression="cron(0 3 * * ? *)",
        flexible_time_window={"mode": "OFF"},
        target={"arn": function.arn, "role_arn": role.arn, "input": "{}"},
    )
    steps = {"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}
    aws.sfn.StateMachine("steps", role_arn=role.arn, definition=json.dumps(steps))


def observability(topic: aws.sns.Topic, vpc: aws.ec2.Vpc, role: aws.iam.Role) -> None:
    logs = aws.cloudwatch.LogGroup("logs", retention_in_days=30)
    aws.ec2.FlowLog(
        "flow",
        vpc_id=vpc.id,
        traffic_type="ALL",
        log_destination_type="cloud-watch-logs",
        log_destination=logs.arn,
        iam_role_arn=role.arn,
    )
    aws.cloudwatch.LogResourcePolicy(
        "logs", policy_name="logs", policy_document=policy(Service="es.amazonaws.com")
    )
    aws.cloudwatch.LogMetricFilter(
        "errors",
        log_group_name=logs.name,
        pattern="ERROR",
        metric_transformation={"name": "errors", "namespace": "app", "value": "1"},
    )
    alarm = aws.cloudwatch.MetricAlarm(
        "errors",
        comparison_operator="GreaterThanThreshold",
        evaluation_periods=1,
        metric_name="Errors",
        namespace="AWS/Lambda",
        period=60,
        statistic="Sum",
        threshold=0,
        dimensions={"FunctionName": "function"},
        alarm_actions=[topic.arn],
        ok_actions=[topic.arn],
    )
    aws.cloudwatch.CompositeAlarm(
        "any", alarm_name="any", alarm_rule=alarm.name.apply(lambda name: f'ALARM("{name}")')
    )
    aws.cloudwatch.Dashboard(
        "board", dashboard_name="board", dashboard_body=json.dumps({"widgets": []})
    )
