"""One of each thing that can fail, and an alarm for each, in the forms that the components use."""

import json
from pathlib import Path

import pulumi
import pulumi_aws as aws

HERE = Path(__file__).parent
JUDGED = "IF(faults > 10 OR (requests >= 20 AND faults / requests > 0.05), 1, 0)"


def trust(service: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


topic = aws.sns.Topic("told")
inbox = aws.sqs.Queue("inbox")
aws.sqs.QueuePolicy(
    "inbox",
    queue_url=inbox.url,
    policy=inbox.arn.apply(
        lambda arn: json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "sns.amazonaws.com"},
                        "Action": "sqs:SendMessage",
                        "Resource": arn,
                    }
                ],
            }
        )
    ),
)
aws.sns.TopicSubscription(
    "inbox", topic=topic.arn, protocol="sqs", endpoint=inbox.arn, raw_message_delivery=True
)
role = aws.iam.Role("worker", assume_role_policy=trust("lambda.amazonaws.com"))


def function(name: str, reserved: int = -1) -> aws.lambda_.Function:
    return aws.lambda_.Function(
        name,
        name=name,
        role=role.arn,
        runtime="python3.13",
        handler="app.handle",
        timeout=10,
        reserved_concurrent_executions=reserved,
        code=pulumi.FileArchive(str(HERE / "function")),
    )


worker, bystander, stopped = function("worker"), function("bystander"), function("stopped", 0)
letters = aws.sqs.Queue("letters", name="letters")
waiting = aws.sqs.Queue("waiting", name="waiting")
locked = aws.sqs.Queue("locked", name="locked")
rule = aws.cloudwatch.EventRule(
    "ordered", name="ordered", event_pattern=json.dumps({"source": ["shop"]})
)
aws.cloudwatch.EventTarget("ordered", rule=rule.name, arn=locked.arn)
table = aws.dynamodb.Table(
    "table",
    name="table",
    billing_mode="PAY_PER_REQUEST",
    hash_key="id",
    attributes=[{"name": "id", "type": "S"}],
)
machine = aws.sfn.StateMachine(
    "machine",
    name="machine",
    role_arn=aws.iam.Role("machine", assume_role_policy=trust("states.amazonaws.com")).arn,
    definition=json.dumps(
        {"StartAt": "End", "States": {"End": {"Type": "Fail", "Error": "Broken", "Cause": "x"}}}
    ),
)
api = aws.apigateway.RestApi("api", name="api")
here = aws.apigateway.Resource(
    "worker", rest_api=api.id, parent_id=api.root_resource_id, path_part="worker"
)
method = aws.apigateway.Method(
    "post", rest_api=api.id, resource_id=here.id, http_method="POST", authorization="NONE"
)
integration = aws.apigateway.Integration(
    "post",
    rest_api=api.id,
    resource_id=here.id,
    http_method=method.http_method,
    integration_http_method="POST",
    type="AWS_PROXY",
    uri=bystander.invoke_arn,
)
aws.lambda_.Permission(
    "api",
    function=bystander.name,
    action="lambda:InvokeFunction",
    principal="apigateway.amazonaws.com",
    source_arn=pulumi.Output.concat(api.execution_arn, "/*"),
)
deployment = aws.apigateway.Deployment(
    "api", rest_api=api.id, opts=pulumi.ResourceOptions(depends_on=[integration])
)
stage = aws.apigateway.Stage("api", rest_api=api.id, stage_name="v1", deployment=deployment.id)


def alarm(
    name: str,
    namespace: str,
    metric: str,
    dimensions: dict[str, pulumi.Input[str]],
    *,
    threshold: float = 0,
    statistic: str = "Sum",
    missing: str = "notBreaching",
) -> None:
    aws.cloudwatch.MetricAlarm(
        name,
        namespace=namespace,
        metric_name=metric,
        dimensions=dimensions,
        statistic=statistic,
        period=60,
        evaluation_periods=1,
        threshold=threshold,
        comparison_operator="GreaterThanThreshold",
        treat_missing_data=missing,
        alarm_actions=[topic.arn],
    )


def faults(
    name: str,
    namespace: str,
    metrics: tuple[str, str],
    dimensions: dict[str, pulumi.Input[str]],
) -> None:
    queries: list[aws.cloudwatch.MetricAlarmMetricQueryArgsDict] = [
        {
            "id": id_,
            "metric": {
                "namespace": namespace,
                "metric_name": metric,
                "dimensions": dimensions,
                "period": 300,
                "stat": "Sum",
            },
        }
        for id_, metric in zip(("faults", "requests"), metrics, strict=True)
    ]
    aws.cloudwatch.MetricAlarm(
        name,
        metric_queries=[*queries, {"id": "judged", "expression": JUDGED, "return_data": True}],
        evaluation_periods=1,
        threshold=0,
        comparison_operator="GreaterThanThreshold",
        treat_missing_data="notBreaching",
        alarm_actions=[topic.arn],
    )


for one in (worker, bystander):
    faults(
        f"{one._name}-errors", "AWS/Lambda", ("Errors", "Invocations"), {"FunctionName": one.name}
    )
alarm("stopped-throttled", "AWS/Lambda", "Throttles", {"FunctionName": stopped.name})
alarm("worker-throttled", "AWS/Lambda", "Throttles", {"FunctionName": worker.name})
for queue in (letters, waiting, locked):
    alarm(
        f"{queue._name}-waiting",
        "AWS/SQS",
        "ApproximateNumberOfMessagesVisible",
        {"QueueName": queue.name},
        statistic="Maximum",
    )
alarm(
    "waiting-old",
    "AWS/SQS",
    "ApproximateAgeOfOldestMessage",
    {"QueueName": waiting.name},
    statistic="Maximum",
    threshold=300,
)
alarm("ordered-failed", "AWS/Events", "FailedInvocations", {"RuleName": rule.name})
alarm("machine-failed", "AWS/States", "ExecutionsFailed", {"StateMachineArn": machine.arn})
faults(
    "api-errors",
    "AWS/ApiGateway",
    ("5XXError", "Count"),
    {"ApiName": api.name, "Stage": stage.stage_name},
)
alarm("orders-many", "shop", "Orders", {"service": "till"}, threshold=3, missing="missing")
alarm("orders-elsewhere", "shop", "Orders", {"service": "other"}, threshold=3, missing="missing")
alarm("table-refused", "AWS/DynamoDB", "ConditionalCheckFailedRequests", {"TableName": table.name})
aws.cloudwatch.MetricAlarm(
    "table-broken",
    metric_queries=[
        {
            "id": "judged",
            "expression": 'SELECT SUM(SystemErrors) FROM SCHEMA("AWS/DynamoDB", Operation,'
            " TableName) WHERE TableName = 'table'",
            "period": 60,
            "return_data": True,
        }
    ],
    evaluation_periods=1,
    threshold=0,
    comparison_operator="GreaterThanThreshold",
    treat_missing_data="notBreaching",
    alarm_actions=[topic.arn],
)
pulumi.export("api_url", stage.invoke_url)
pulumi.export("inbox", inbox.url)
pulumi.export("letters", letters.url)
pulumi.export("machine", machine.arn)
