"""The AWS clients of the functions: one per service, built once per cold start, quick to give up.

botocore waits 60 s for an answer by default, longer than most of the functions live.
"""

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient
    from types_boto3_dynamodb.service_resource import DynamoDBServiceResource, Table
    from types_boto3_events import EventBridgeClient
    from types_boto3_lambda import LambdaClient
    from types_boto3_s3 import S3Client
    from types_boto3_sns import SNSClient
    from types_boto3_sqs import SQSClient
    from types_boto3_stepfunctions import SFNClient

_QUICK = Config(
    connect_timeout=2,
    read_timeout=10,
    retries={"mode": "standard", "total_max_attempts": 3},
)

# `boto3.client` has one overload per AWS service, typed only where its stubs are installed.
# pyright: reportUnknownMemberType=false


def s3_client() -> "S3Client":
    """Return a client whose presigned URLs are regional and signed with Signature Version 4.

    Buckets encrypted with a customer key refuse older signatures, and the global endpoint
    answers uploads to another region with a redirect, which browsers do not follow.
    """
    addressed = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
    return boto3.client("s3", config=_QUICK.merge(addressed))


def dynamodb() -> "DynamoDBServiceResource":
    """Return DynamoDB in Python's own types; not for use in more than one thread."""
    return boto3.resource("dynamodb", config=_QUICK)


def dynamodb_client() -> "DynamoDBClient":
    """Return DynamoDB in Python's own types, for use in any thread, as clients are.

    https://docs.aws.amazon.com/boto3/latest/guide/resources.html#multithreading-or-multiprocessing-with-resources
    """
    return dynamodb().meta.client


def table(name: str) -> "Table":
    """Return one table; not for use in more than one thread."""
    return dynamodb().Table(name)


def sqs_client() -> "SQSClient":
    """Return a client for queues."""
    return boto3.client("sqs", config=_QUICK)


def events_client() -> "EventBridgeClient":
    """Return a client for event buses."""
    return boto3.client("events", config=_QUICK)


def sns_client() -> "SNSClient":
    """Return a client for topics."""
    return boto3.client("sns", config=_QUICK)


def states_client() -> "SFNClient":
    """Return a client for workflows."""
    return boto3.client("stepfunctions", config=_QUICK)


def lambda_client(read_timeout_seconds: float) -> "LambdaClient":
    """Return a client that waits this long for a function's answer.

    botocore's own retries are off: after a read timeout it would invoke a second time while the
    first invocation still runs; `runtime.shared.library` decides what is worth repeating.
    """
    patient = Config(
        connect_timeout=2,
        read_timeout=read_timeout_seconds,
        retries={"total_max_attempts": 1},
        tcp_keepalive=True,
    )
    return boto3.client("lambda", config=patient)
