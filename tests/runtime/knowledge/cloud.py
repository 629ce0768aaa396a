"""The bucket, tables and queue that the functions of Knowledge work with, and requests to them."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from runtime.shared.clients import dynamodb, s3_client, sqs_client, table

if TYPE_CHECKING:
    from types_boto3_dynamodb.service_resource import Table
    from types_boto3_s3 import S3Client
    from types_boto3_sqs import SQSClient

BUCKET = "documents"

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]


@dataclass(frozen=True)
class Cloud:
    """Clients of the embedded AWS."""

    s3: "S3Client"
    sqs: "SQSClient"
    documents: "Table"
    conversations: "Table"
    queue_url: str

    @classmethod
    def created(cls) -> "Cloud":
        """Create what the functions need."""
        s3, sqs = s3_client(), sqs_client()
        s3.create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
        )
        s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        for name, keys in {
            "documents": ("pk", "sk"),
            "conversations": ("pk", "sk"),
            "idempotency": ("id",),
        }.items():
            dynamodb().create_table(
                TableName=name,
                BillingMode="PAY_PER_REQUEST",
                AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
                KeySchema=[
                    {"AttributeName": key, "KeyType": kind}
                    for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)
                ],
            )
        queue_url = sqs.create_queue(QueueName="uploads")["QueueUrl"]
        return cls(s3, sqs, table("documents"), table("conversations"), queue_url)


def new_tenant() -> str:
    """Return a tenant nobody else uses, so that tests share stores without meeting."""
    return f"tenant-{uuid4()}"


@dataclass
class Context:
    """What Lambda tells a function about its invocation."""

    seconds: float = 28.0
    function_name: str = "function-under-test"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:eu-central-1:000000000000:function:under-test"
    aws_request_id: str = field(default_factory=lambda: str(uuid4()))
    client_context: None = None
    _began: float = field(default_factory=time.monotonic)

    def get_remaining_time_in_millis(self) -> int:
        return int((self.seconds - (time.monotonic() - self._began)) * 1000)


@dataclass(frozen=True)
class Answer:
    """A function's answer to API Gateway."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.text)


@dataclass(frozen=True)
class Client:
    """Sends requests to a handler as API Gateway does."""

    handler: Handler
    tenant: str = "acme"
    subject: str = "user-1"

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: dict[str, str] | None = None,
        query: dict[str, str] | None = None,
        context: Context | None = None,
    ) -> Answer:
        """Send `body` as JSON, or as it is when it is a str."""
        event = {
            "resource": path,
            "path": path,
            "httpMethod": method,
            "headers": headers or {},
            "multiValueHeaders": {name: [value] for name, value in (headers or {}).items()},
            "queryStringParameters": query,
            "multiValueQueryStringParameters": {
                name: [value] for name, value in (query or {}).items()
            },
            "body": body if isinstance(body, str | None) else json.dumps(body),
            "isBase64Encoded": False,
            "requestContext": {
                "requestId": "request-1",
                "stage": "dev",
                "path": f"/dev{path}",
                "authorizer": {"tenant": self.tenant, "subject": self.subject},
            },
        }
        answer = self.handler(event, context or Context())
        merged = {name: values[0] for name, values in answer["multiValueHeaders"].items()}
        return Answer(answer["statusCode"], merged, answer["body"] or "")

    def as_tenant(self, tenant: str, subject: str = "user-1") -> "Client":
        """Return a client of somebody else."""
        return Client(self.handler, tenant, subject)
