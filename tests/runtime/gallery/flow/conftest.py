import importlib
import json
import sys
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import boto3
import pytest

from rampart_local.clients import Clients
from rampart_local.server import AwsServer
from runtime.gallery.shared.database import Database
from tests.runtime.gallery.conftest import APP_PASSWORD, APP_USER, Server
from tests.runtime.gallery.flow.cloud import ACCOUNT, BUCKET, BUS, ORIGINALS, REGION, STEPS, Cloud
from tests.runtime.gallery.flow.models import Models

if TYPE_CHECKING:
    from types import ModuleType


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
    queues = {step: _open_queue(clients, step) for step in STEPS}
    return queues, dead


def _open_queue(clients: Clients, step: str) -> str:
    """Create a queue that takes the events of rules; without its policy none would arrive."""
    allowed = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": _arn(step),
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    return clients.sqs.create_queue(QueueName=step, Attributes={"Policy": policy})["QueueUrl"]


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
