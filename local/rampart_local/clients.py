"""Clients of the embedded AWS, one per service, shared by all threads."""

import threading
from typing import TYPE_CHECKING, Any, cast

from boto3.session import Session
from botocore.config import Config

if TYPE_CHECKING:
    from types_boto3_apigateway import APIGatewayClient
    from types_boto3_cloudwatch import CloudWatchClient
    from types_boto3_cognito_idp import CognitoIdentityProviderClient
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_ec2 import EC2Client
    from types_boto3_ecr import ECRClient
    from types_boto3_events import EventBridgeClient
    from types_boto3_iam import IAMClient
    from types_boto3_kms import KMSClient
    from types_boto3_lambda import LambdaClient
    from types_boto3_logs import CloudWatchLogsClient
    from types_boto3_s3 import S3Client
    from types_boto3_scheduler import EventBridgeSchedulerClient
    from types_boto3_secretsmanager import SecretsManagerClient
    from types_boto3_signer import SignerClient
    from types_boto3_sns import SNSClient
    from types_boto3_sqs import SQSClient
    from types_boto3_ssm import SSMClient
    from types_boto3_sts import STSClient
    from types_boto3_wafv2 import WAFV2Client

# An invocation may last 15 minutes, and must not be sent a second time for want of an answer.
_CONFIG = Config(read_timeout=900, retries={"total_max_attempts": 1}, max_pool_connections=64)


_NAMES = {"cognito": "cognito-idp", "lambda_": "lambda"}
"""Where an attribute below cannot be the service's own name."""


class Clients:
    """Clients with the embedded AWS's root credentials, made when first used.

    Args:
        endpoint: its address, e.g. `http://127.0.0.1:4566`.
        region: e.g. `eu-central-1`.
        account: twelve digits.
    """

    apigateway: "APIGatewayClient"
    cloudwatch: "CloudWatchClient"
    cognito: "CognitoIdentityProviderClient"
    dynamodb: "DynamoDBClient"
    dynamodbstreams: Any  # no type stubs among our requirements
    ec2: "EC2Client"
    ecr: "ECRClient"
    events: "EventBridgeClient"
    iam: "IAMClient"
    kms: "KMSClient"
    lambda_: "LambdaClient"
    logs: "CloudWatchLogsClient"
    s3: "S3Client"
    scheduler: "EventBridgeSchedulerClient"
    secretsmanager: "SecretsManagerClient"
    signer: "SignerClient"
    sns: "SNSClient"
    sqs: "SQSClient"
    ssm: "SSMClient"
    sts: "STSClient"
    wafv2: "WAFV2Client"
    stepfunctions: Any  # no type stubs among our requirements

    def __init__(self, endpoint: str, region: str, account: str) -> None:
        self.endpoint, self.region, self.account = endpoint, region, account
        self._session = cast("Any", Session())
        self._lock = threading.Lock()
        self._elsewhere: dict[str, Clients] = {}

    def in_region(self, region: str) -> "Clients":
        """Return the clients of another region; these themselves for their own or none."""
        if region in ("", self.region):
            return self
        with self._lock:
            if region not in self._elsewhere:
                self._elsewhere[region] = Clients(self.endpoint, region, self.account)
            return self._elsewhere[region]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # the annotations above say which
        if name not in type(self).__annotations__:
            raise AttributeError(name)
        # Creating clients is not thread-safe, using them is.
        with self._lock:
            if name not in vars(self):
                client = self._session.client(
                    _NAMES.get(name, name),
                    endpoint_url=self.endpoint,
                    region_name=self.region,
                    aws_access_key_id="test",
                    aws_secret_access_key="test",  # noqa: S106  # the embedded AWS's root key
                    config=_CONFIG,
                )
                # Error classes are made on first use, too: two threads would get two of each, and
                # an `except` of one would not catch the other.
                _ = client.exceptions
                vars(self)[name] = client
            return vars(self)[name]
