"""The real handlers behind a real bus, real queues, a real bucket and a real database.

The embedded AWS carries the events; the vision model and the embedding service are servers of our
own that speak their protocols. A small loop stands where the event source mappings are on AWS.
"""

import datetime as dt
import importlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any
from uuid import UUID

import boto3
import httpx
import pytest
from sqlalchemy import func, select

from rampart_local.clients import Clients
from rampart_local.server import AwsServer
from runtime.gallery.shared.database import Database
from runtime.gallery.shared.keys import ItemKey
from runtime.gallery.shared.models import Analysis, Embedding, Item
from tests.runtime.gallery.conftest import APP_PASSWORD, APP_USER, Server
from tests.runtime.gallery.fakes import picture

REGION, ACCOUNT, BUCKET, BUS = "eu-central-1", "111122223333", "gallery-images", "gallery"
STEPS = ("image_processor", "analyzer", "embedder")
ORIGINALS = {
    "source": ["aws.s3"],
    "detail-type": ["Object Created"],
    "detail": {
        "bucket": {"name": [BUCKET]},
        "object": {"key": [{"wildcard": f"*/originals/*.{end}"} for end in ("jpg", "png")]},
    },
}


class Context:
    """What a handler reads of Lambda's context."""

    function_name, memory_limit_in_mb, aws_request_id = "gallery", 512, "r-1"
    invoked_function_arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:gallery"

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


class Models(BaseHTTPRequestHandler):
    """An OpenAI model that sees a cat in everything, and Voyage in three dimensions."""

    def do_POST(self) -> None:
        request = self.rfile.read(int(self.headers["Content-Length"]))
        answer = _vector(request) if self.path.endswith("/embeddings") else _seen()
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name there
        pass


def _vector(request: bytes) -> dict[str, Any]:
    digest = sha256(request).digest()
    return {"data": [{"embedding": [byte / 255 for byte in digest[:3]]}], "model": "voyage-3.5"}


def _seen() -> dict[str, Any]:
    answer = {"category": "pet", "summary": "A cat.", "tags": ["cat"], "visible_text": ""}
    text = {"type": "output_text", "text": json.dumps(answer), "annotations": []}
    message = {
        "type": "message",
        "id": "m",
        "role": "assistant",
        "status": "completed",
        "content": [text],
    }
    return {
        "id": "resp",
        "object": "response",
        "created_at": 1,
        "model": "gpt-test",
        "status": "completed",
        "output": [message],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
    }


@dataclass
class Cloud:
    """The queues' addresses, the functions, and how to move messages between them."""

    clients: Clients
    database: Database
    queues: dict[str, str]
    dead: dict[str, str]
    functions: dict[str, ModuleType]
    archive: str
    visibility_seconds: int = 30

    def upload(self, name: str, content: bytes) -> UUID:
        key = ItemKey("acme", "ann", name)
        self.clients.s3.put_object(Bucket=BUCKET, Key=key.original, Body=content)
        return key.item_id

    def settle(self, quiet_seconds: float = 0.6) -> int:
        """Carry messages to the functions until none has come for a while; return how many."""
        last, carried = time.monotonic(), 0
        while time.monotonic() - last < quiet_seconds:
            moved = sum(self._move(step) for step in STEPS)
            carried += moved
            if moved:
                last = time.monotonic()
            else:
                time.sleep(0.05)
        return carried

    def _move(self, step: str) -> int:
        queue = self.queues[step]
        sqs: Any = self.clients.sqs  # its types call every field of a message optional
        messages = sqs.receive_message(
            QueueUrl=queue,
            MaxNumberOfMessages=10,
            AttributeNames=["All"],
            VisibilityTimeout=self.visibility_seconds,
        ).get("Messages", [])
        if not messages:
            return 0
        records = [
            {
                "messageId": each["MessageId"],
                "receiptHandle": each["ReceiptHandle"],
                "body": each["Body"],
                "attributes": each["Attributes"],
                "eventSource": "aws:sqs",
            }
            for each in messages
        ]
        answer = self.functions[step].handler({"Records": records}, Context())
        failed = {each["itemIdentifier"] for each in answer["batchItemFailures"]}
        for each in messages:
            if each["MessageId"] not in failed:
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=each["ReceiptHandle"])
        return len(messages)

    def statuses(self) -> dict[str, str]:
        with self.database.transaction("acme") as session:
            rows = session.execute(select(Item.filename, Item.status))
            return {row.filename: row.status for row in rows}

    def counts(self) -> tuple[int, int, int]:
        with self.database.transaction("acme") as session:
            items, analyses, embeddings = (
                session.scalar(select(func.count()).select_from(table)) or 0
                for table in (Item, Analysis, Embedding)
            )
            return items, analyses, embeddings

    def dead_letters(self, step: str) -> list[tuple[str, str]]:
        messages = self.clients.sqs.receive_message(
            QueueUrl=self.dead[step], MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        ).get("Messages", [])
        attributes = [each.get("MessageAttributes", {}) for each in messages]
        return [
            (each["error_type"]["StringValue"], each["reason"]["StringValue"])  # pyright: ignore[reportTypedDictNotRequiredAccess]  we wrote it
            for each in attributes
        ]

    def replay(self) -> None:
        now = dt.datetime.now(dt.UTC)
        events = self.clients.events
        bus = events.describe_event_bus(Name=BUS)["Arn"]
        events.start_replay(
            ReplayName="again",
            EventSourceArn=self.archive,
            EventStartTime=now - dt.timedelta(hours=1),
            EventEndTime=now + dt.timedelta(hours=1),
            Destination={"Arn": bus},
        )


@pytest.fixture
def models() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Models)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def aws(tmp_path: Path) -> Iterator[AwsServer]:
    server = AwsServer(tmp_path, region=REGION, account=ACCOUNT, log=lambda *_: None)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def login(server: Server, database_name: str) -> dict[str, str]:
    """What the functions' variables say about the database."""
    return {
        "DATABASE_HOST": server.login.host,
        "DATABASE_PORT": str(server.login.port),
        "DATABASE_NAME": database_name,
        "DATABASE_USER": APP_USER,
        "DATABASE_CA_PARAMETER": "/ca",
    }


@pytest.fixture
def cloud(
    server: Server, aws: AwsServer, login: dict[str, str], models: str, database: Database
) -> Iterator[Cloud]:
    clients = Clients(aws.endpoint, REGION, ACCOUNT)
    queues, dead = _queues(clients)
    _bucket(clients)
    archive = _bus(clients)
    secret = {"username": APP_USER, "password": APP_PASSWORD}
    arn = clients.secretsmanager.create_secret(Name="db", SecretString=json.dumps(secret))["ARN"]
    for name, value in (("/ca", server.login.certificate_authority), ("/key", "sk-test")):
        clients.ssm.put_parameter(Name=name, Value=value, Type="SecureString")
    environment = login | {
        "DATABASE_SECRET_ARN": arn,
        "AWS_ENDPOINT_URL": aws.endpoint,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "POWERTOOLS_SERVICE_NAME": "gallery",
        "POWERTOOLS_METRICS_NAMESPACE": "test",
        "POWERTOOLS_TRACE_DISABLED": "true",
        "BUS_NAME": BUS,
        "MAX_RECEIVES": "3",
        "MAX_IMAGE_BYTES": "1000000",
        "VISION_PROVIDER": "openai",
        "VISION_MODEL": "gpt-test",
        "VISION_KEY_PARAMETER": "/key",
        "VISION_BASE_URL": models,
        "OCR_FUNCTION": "ocr",
        "EMBEDDING_PROVIDER": "voyage",
        "EMBEDDING_FUNCTION": "",
        "EMBEDDING_MODEL": "voyage-3.5",
        "EMBEDDING_KEY_PARAMETER": "/key",
        "EMBEDDING_BASE_URL": models,
        "VECTOR_DIMENSION": "3",
    }
    with pytest.MonkeyPatch.context() as patched:
        for name, value in environment.items():
            patched.setenv(name, value)
        patched.setattr(boto3, "DEFAULT_SESSION", None)
        functions: dict[str, ModuleType] = {}
        for step in STEPS:
            patched.setenv("DEAD_LETTER_QUEUE_URL", dead[step])
            functions[step] = importlib.import_module(f"runtime.gallery.{step}.handler")
        yield Cloud(clients, database, queues, dead, functions, archive)
    for step in STEPS:
        del sys.modules[f"runtime.gallery.{step}.handler"]


def _queues(clients: Clients) -> tuple[dict[str, str], dict[str, str]]:
    dead = {step: clients.sqs.create_queue(QueueName=f"{step}-dead")["QueueUrl"] for step in STEPS}
    queues = {step: clients.sqs.create_queue(QueueName=step)["QueueUrl"] for step in STEPS}
    return queues, dead


def _arn(queue: str) -> str:
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{queue}"


def _bucket(clients: Clients) -> None:
    clients.s3.create_bucket(
        Bucket=BUCKET,
        CreateBucketConfiguration={"LocationConstraint": REGION},
    )
    clients.s3.put_bucket_notification_configuration(
        Bucket=BUCKET, NotificationConfiguration={"EventBridgeConfiguration": {}}
    )
    clients.events.put_rule(Name="originals", EventPattern=json.dumps(ORIGINALS))
    clients.events.put_targets(
        Rule="originals", Targets=[{"Id": "queue", "Arn": _arn("image_processor")}]
    )


def _bus(clients: Clients) -> str:
    bus = clients.events.create_event_bus(Name=BUS)["EventBusArn"]
    for event, step in (("ImageProcessed", "analyzer"), ("AnalysisComplete", "embedder")):
        pattern = {"source": ["rampart.gallery"], "detail-type": [event]}
        clients.events.put_rule(Name=event, EventBusName=BUS, EventPattern=json.dumps(pattern))
        clients.events.put_targets(
            Rule=event, EventBusName=BUS, Targets=[{"Id": "queue", "Arn": _arn(step)}]
        )
    return clients.events.create_archive(ArchiveName="all", EventSourceArn=bus)["ArchiveArn"]


def test_many_images_at_once_all_end_ready_and_nothing_is_left_in_the_temporary_folder(
    cloud: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    # when
    for number in range(20):
        cloud.upload(f"{number}.png", picture(size=(900 + number, 20)))
    cloud.settle()

    # then
    assert cloud.statuses() == {f"{number}.png": "ready" for number in range(20)}
    assert cloud.counts() == (20, 20, 20)
    assert list(temporary.iterdir()) == []
    tags = [
        cloud.clients.s3.get_object_tagging(
            Bucket=BUCKET, Key=ItemKey("acme", "ann", f"{number}.png").thumbnail
        )["TagSet"]
        for number in range(20)
    ]
    assert tags == [[{"Key": "kind", "Value": "thumbnail"}]] * 20


def test_a_broken_image_ends_in_a_dead_letter_and_a_status_and_stops_nobody(cloud: Cloud) -> None:
    # given
    cloud.upload("good.png", picture())
    cloud.upload("broken.png", picture()[:-30])

    # when
    cloud.settle()

    # then
    assert cloud.statuses() == {"good.png": "ready", "broken.png": "failed"}
    assert cloud.dead_letters("image_processor") == [
        ("RejectedError", "corrupt: The image is damaged or incomplete.")
    ]
    assert cloud.dead_letters("analyzer") == []


def test_a_replay_of_the_archive_and_a_second_upload_duplicate_nothing(cloud: Cloud) -> None:
    # given
    cloud.upload("cat.png", picture())
    cloud.settle()

    # when
    cloud.upload("cat.png", picture())
    cloud.replay()
    carried = cloud.settle()

    # then
    assert carried >= 5  # the upload and what follows from it, and two events from the archive
    assert cloud.counts() == (1, 1, 1)
    assert cloud.statuses() == {"cat.png": "ready"}


def test_a_service_that_comes_back_in_time_costs_nothing_but_time(
    cloud: Cloud, server: Server
) -> None:
    # given
    cloud.visibility_seconds = 2
    cloud.upload("cat.png", picture())
    server.postgres.stop()
    cloud.settle()

    # when
    server.postgres.start()
    cloud.settle(quiet_seconds=3)

    # then
    assert cloud.statuses() == {"cat.png": "ready"}
    assert cloud.dead_letters("image_processor") == []


def test_what_went_through_is_found_over_http_and_its_urls_open(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setenv("GALLERY_BUCKET", BUCKET)
    monkeypatch.setenv("ALLOWED_ORIGINS", "")
    search = importlib.import_module("runtime.gallery.search.handler")
    cloud.upload("cat.png", picture())
    cloud.settle()
    caller = {"tenant": "acme", "subject": "ann"}
    event = {
        "httpMethod": "GET",
        "path": "/gallery/search",
        "headers": {},
        "queryStringParameters": {"q": "cat"},
        "requestContext": {"requestId": "r-1", "authorizer": caller},
    }

    # when
    answer = search.handler(event, Context())
    del sys.modules["runtime.gallery.search.handler"]

    # then
    [found] = json.loads(answer["body"])["results"]
    thumbnail = httpx.get(found["thumbnail_url"])
    assert thumbnail.status_code == 200
    assert thumbnail.headers["content-type"] == "image/png"


def test_the_migration_runs_at_deployment_with_the_owners_secret(
    cloud: Cloud, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    secrets = cloud.clients.secretsmanager
    owner = {"username": server.login.user, "password": server.login.password}
    arn = secrets.create_secret(Name="owner", SecretString=json.dumps(owner))["ARN"]
    monkeypatch.setenv("DATABASE_APP_USER", APP_USER)
    monkeypatch.setenv("DATABASE_APP_SECRET_ARN", secrets.describe_secret(SecretId="db")["ARN"])
    monkeypatch.setenv("DATABASE_USER", server.login.user)
    monkeypatch.setenv("DATABASE_SECRET_ARN", arn)
    migration = importlib.import_module("runtime.gallery.migration.handler")

    # when
    answer = migration.handler({}, Context())
    del sys.modules["runtime.gallery.migration.handler"]

    # then
    assert answer == {"revision": "0001", "dimension": 3}
