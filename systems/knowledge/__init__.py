"""Documents, chat, records: the Knowledge system.

Creates, in order:
    KnowledgeStores            what it keeps (stores.py)
    <name>-arrivals            ObservedQueue   what was uploaded or deleted
    <name>-s3-unified-handler       ZipLambda  POST /upload, GET /upload/{id}
    <name>-document-processor       ZipLambda  reads the queue
    <name>-chat-orchestrator        ZipLambda  /chat
    <name>-dynamodb-crud-handler    ZipLambda  /crud
    <name>-api                 SecureApi
"""

from pulumi_rampart import ObservedQueue, Route, ZipLambda
from systems.api import routes
from systems.knowledge.settings import KnowledgeSettings
from systems.knowledge.stores import KnowledgeStores
from systems.queues import RECEIVES
from systems.system import Shared, System

PROCESSOR_TIMEOUT_SECONDS = 600
CHAT_TIMEOUT_SECONDS = 28
CONTENT = ("uploads/", "markdown/", "work/")
"""Folders of the bucket; a deleted document leaves nothing in any."""


class Knowledge(System):
    """Upload a document, ask about it, get an answer that cites it."""

    code = "runtime/knowledge"

    def __init__(self, name: str, shared: Shared, settings: KnowledgeSettings) -> None:
        super().__init__(name, shared)
        self._settings, self._libraries = settings, shared.libraries
        self._stores = KnowledgeStores(name, shared.boundary, shared.api.origins)

        self._arrivals = self._queue()
        upload = self._upload()
        processor = self._processor()
        chat = self._chat()
        records = self._records()
        self._connect(processor)
        self._serve("Documents, chat and records", self._api_routes(upload, chat, records))

    def _queue(self) -> ObservedQueue:
        return ObservedQueue(
            f"{self._name}-arrivals",
            {
                "boundary": self._boundary,
                "consumer_timeout_seconds": PROCESSOR_TIMEOUT_SECONDS,
                "max_receives": RECEIVES,
                "senders": [
                    {"service": "s3.amazonaws.com", "source_arn": self._stores.documents.arn}
                ],
            },
            self._child,
        )

    def _upload(self) -> ZipLambda:
        return self._function(
            "s3_unified_handler",
            "Lets a tenant upload, and tells how far its document is",
            [
                self._stores.documents.write("uploads/*"),
                self._stores.documents.list_versions("uploads/"),
                self._stores.records.allow("GetItem", "UpdateItem"),
            ],
            {
                "DOCUMENTS_BUCKET": self._stores.documents.bucket,
                "DOCUMENTS_TABLE": self._stores.records.table,
                "MAX_UPLOAD_BYTES": str(self._settings.max_upload_bytes),
                "ALLOWED_ORIGINS": self._shared.api.allowed_origins,
            },
            timeout_seconds=10,
        )

    def _processor(self) -> ZipLambda:
        libraries = self._libraries
        return self._function(
            "document_processor",
            "Turns an uploaded document into cited passages",
            [
                self._arrivals.consume(),
                self._arrivals.send(),
                self._stores.documents.read("uploads/*"),
                self._stores.documents.list_keys("uploads/"),
                self._stores.documents.list_keys("markdown/"),
                self._stores.documents.read("work/*"),
                self._stores.documents.write("work/*"),
                self._stores.documents.write("markdown/*"),
                self._stores.documents.delete("markdown/*"),
                *(self._stores.documents.list_versions(kept) for kept in CONTENT),
                *(self._stores.documents.erase(f"{kept}*") for kept in CONTENT),
                self._stores.conversations.allow("DeleteItem", "Query", "UpdateItem"),
                self._stores.records.allow(
                    "BatchWriteItem",
                    "ConditionCheckItem",
                    "DeleteItem",
                    "GetItem",
                    "PutItem",
                    "Query",
                    "UpdateItem",
                ),
                self._stores.idempotency.allow("DeleteItem", "GetItem", "PutItem", "UpdateItem"),
                libraries.docling.invoke(),
                libraries.sentence_transformer.invoke(),
                libraries.pinecone.invoke(),
                libraries.neo4j.invoke(),
            ],
            {
                "DOCUMENTS_BUCKET": self._stores.documents.bucket,
                "DOCUMENTS_TABLE": self._stores.records.table,
                "CONVERSATIONS_TABLE": self._stores.conversations.table,
                "IDEMPOTENCY_TABLE": self._stores.idempotency.table,
                "DOCLING_FUNCTION": libraries.docling.name,
                "EMBEDDING_FUNCTION": libraries.sentence_transformer.name,
                "VECTOR_FUNCTION": libraries.pinecone.name,
                "GRAPH_FUNCTION": libraries.neo4j.name,
                "MAX_RECEIVES": str(self._arrivals.max_receives),
            },
            timeout_seconds=PROCESSOR_TIMEOUT_SECONDS,
            memory_mib=1024,
        )

    def _chat(self) -> ZipLambda:
        libraries = self._libraries
        return self._function(
            "chat_orchestrator",
            "Answers questions from a tenant's documents",
            [
                self._stores.records.allow("BatchGetItem"),
                self._stores.conversations.allow("PutItem", "Query", "UpdateItem"),
                libraries.sentence_transformer.invoke(),
                libraries.pinecone.invoke(),
                libraries.neo4j.invoke(),
                libraries.answerer.invoke(),
            ],
            {
                "DOCUMENTS_TABLE": self._stores.records.table,
                "CONVERSATIONS_TABLE": self._stores.conversations.table,
                "EMBEDDING_FUNCTION": libraries.sentence_transformer.name,
                "VECTOR_FUNCTION": libraries.pinecone.name,
                "GRAPH_FUNCTION": libraries.neo4j.name,
                "ANSWER_FUNCTION": libraries.answerer.name,
                "ALLOWED_ORIGINS": self._shared.api.allowed_origins,
            },
            timeout_seconds=CHAT_TIMEOUT_SECONDS,
            memory_mib=1024,
        )

    def _records(self) -> ZipLambda:
        return self._function(
            "dynamodb_crud_handler",
            "Creates, reads, updates and deletes a tenant's document records",
            [
                self._stores.documents.delete("uploads/*"),
                self._stores.documents.list_versions("uploads/"),
                self._stores.records.allow(
                    "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"
                ),
                self._stores.idempotency.allow("DeleteItem", "GetItem", "PutItem", "UpdateItem"),
            ],
            {
                "DOCUMENTS_BUCKET": self._stores.documents.bucket,
                "DOCUMENTS_TABLE": self._stores.records.table,
                "IDEMPOTENCY_TABLE": self._stores.idempotency.table,
                "ALLOWED_ORIGINS": self._shared.api.allowed_origins,
            },
            timeout_seconds=10,
        )

    def _connect(self, processor: ZipLambda) -> None:
        self._stores.documents.notify(
            self._arrivals, ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"], prefix="uploads/"
        )
        # One document a call: converting one takes minutes, and a failure must not hold up others.
        self._arrivals.subscribe(f"{self._name}-processing", processor, batch_size=1)

    def _api_routes(self, upload: ZipLambda, chat: ZipLambda, records: ZipLambda) -> list[Route]:
        return [
            *routes(upload, "POST /upload", "GET /upload/{document_id}"),
            # A question of 2,000 letters, and a record's description and attributes, can have more
            # than the 8 KB that the firewall lets through everywhere.
            *routes(chat, "POST /chat", large_body=True),
            *routes(chat, "GET /chat/{session_id}"),
            *routes(records, "POST /crud", "PUT /crud/{document_id}", large_body=True),
            *routes(records, "GET /crud", "GET /crud/{document_id}", "DELETE /crud/{document_id}"),
            *routes(records, "GET /crud/{document_id}/deletion"),
        ]
