from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made
from tests.policies.watches import alarm


def math(namespace: str, metric: str, **dimensions: str) -> Made:
    watched = {"namespace": namespace, "metricName": metric, "dimensions": dimensions}
    return made(
        aws.ALARM,
        metricQueries=[{"id": "m", "metric": watched}, {"id": "e", "expression": "m / 2"}],
    )


def query(text: str) -> Made:
    return made(aws.ALARM, metricQueries=[{"id": "q", "expression": text}])


def of_rule(bus: str | None, **dimensions: str) -> list[Any]:
    inputs = {"eventBusName": bus} if bus else {}
    return [
        made(aws.EVENT_RULE, "paid", **inputs),
        alarm("AWS/Events", "FailedInvocations", **dimensions),
    ]


FIXTURE = Fixture(
    holds={
        "a function": alarm("AWS/Lambda", "Errors", FunctionName="worker"),
        "all functions": alarm("AWS/Lambda", "Errors"),
        "an alias": alarm("AWS/Lambda", "Errors", FunctionName="worker", Resource="worker:live"),
        "an operation of a table": alarm(
            "AWS/DynamoDB", "ThrottledRequests", TableName="t", Operation="Query"
        ),
        "a table's reads": alarm("AWS/DynamoDB", "ReadThrottleEvents", TableName="t"),
        "in metric math": math("AWS/ApiGateway", "5XXError", ApiName="front", Stage="v1"),
        "a query": query(
            'SELECT SUM(SystemErrors) FROM SCHEMA("AWS/DynamoDB", Operation, TableName)'
        ),
        "a rule of the default bus": of_rule(None, RuleName="paid"),
        "the default bus by name": of_rule("default", RuleName="paid"),
        "a rule of a bus": of_rule("shop", RuleName="paid", EventBusName="shop"),
        "a database": alarm("AWS/RDS", "ACUUtilization", DBClusterIdentifier="shop"),
    },
    breaks={
        "a table by itself": alarm("AWS/DynamoDB", "ThrottledRequests", TableName="t"),
        "a table's failures": alarm("AWS/DynamoDB", "SystemErrors", TableName="t"),
        "a rule of a bus without it": of_rule("shop", RuleName="paid"),
        "a metric that there is not": alarm("AWS/Lambda", "Failures", FunctionName="worker"),
        "a dimension of another service": alarm("AWS/SQS", "NumberOfMessagesSent", QueueArn="jobs"),
        "one dimension too few": alarm("AWS/S3", "NumberOfObjects", BucketName="papers"),
        "one too many": alarm("AWS/SNS", "PublishSize", TopicName="news", Region="eu-west-1"),
        "a REST API's metric of an HTTP API": alarm("AWS/ApiGateway", "5XXError", ApiId="a1"),
        "in metric math": math("AWS/DynamoDB", "SystemErrors", TableName="t"),
        "in a query": query('SELECT SUM(SystemErrors) FROM SCHEMA("AWS/DynamoDB", TableName)'),
    },
    undecided={
        "a namespace of one's own": alarm("shop", "Orders", service="worker"),
        "a service that is not in the table": alarm("AWS/Kafka", "Lag", Topic="jobs"),
        "a query of any dimensions": query('SELECT SUM(Errors) FROM "AWS/Lambda"'),
    },
    mutation=put(
        "metricQueries", [{"id": "m", "metric": {"namespace": "AWS/SQS", "metricName": "X"}}]
    ),
    also=("alarm-coverage",),
)
