import importlib

import pytest

from runtime.knowledge.chat_orchestrator import assembly
from runtime.shared.documents import named
from tests.runtime.knowledge.chat_orchestrator.libraries import VERSION, Libraries
from tests.runtime.knowledge.chat_orchestrator.parts import DESCALE, Parts, hit
from tests.runtime.knowledge.cloud import Client, Cloud, Handler, new_tenant


@pytest.fixture
def parts() -> Parts:
    parts = Parts()
    parts.search.rounds = [[hit(DESCALE), hit("Replace the water filter.", index=1, score=0.5)]]
    return parts


@pytest.fixture
def libraries() -> Libraries:
    return Libraries()


@pytest.fixture
def handler(cloud: Cloud, libraries: Libraries, monkeypatch: pytest.MonkeyPatch) -> Handler:  # noqa: ARG001
    monkeypatch.setattr(assembly, "lambda_client", lambda _: libraries.cloud)
    module = importlib.import_module("runtime.knowledge.chat_orchestrator.handler")
    return importlib.reload(module).handler


@pytest.fixture
def client(handler: Handler, cloud: Cloud, libraries: Libraries) -> Client:
    client = Client(handler, tenant=new_tenant())
    document = named(client.tenant, "manual.pdf")
    libraries.document = document
    cloud.documents.put_item(
        Item={
            **document.record_key,
            "document_id": document.document_id,
            "status": "ready",
            "filename": "manual.pdf",
            "live_version": VERSION,
            "created_at": "2026-01-01",
            "updated_at": "2026-01-01",
        }
    )
    return client
