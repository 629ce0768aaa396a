"""Documents, chat, records: the Knowledge system.

Creates, in order:
    <name>-arrivals                           ObservedQueue   what was uploaded or deleted
    <name>-s3-unified-handler                 ZipLambda       POST /upload, GET /upload/{id}
    <name>-document-processor                 ZipLambda       reads the queue
    <name>-chat-orchestrator                  ZipLambda       /chat
    <name>-dynamodb-crud-handler              ZipLambda       /crud
    <name>-api                                SecureApi
"""

import pulumi
from pulumi import Input, Output

from pulumi_rampart.api import Route, SecureApi, SecureApiArgs
from pulumi_rampart.boundary.security_boundary import SecurityBoundary
from pulumi_rampart.functions.zip_lambda import ZipLambda
from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.permission import Permission
from systems.identity import Identity
from systems.knowledge_stores import KnowledgeStores
from systems.libraries import Libraries
from systems.settings import StackSettings

PROCESSOR_TIMEOUT_SECONDS = 600
CHAT_TIMEOUT_SECONDS = 28
# Instances nobody else may take away: for requests, and for the mapping that reads the queue.
REQUESTS, WORKERS = 20, 5


class Knowledge(pulumi.ComponentResource):
    """Upload a document, ask about it, get an answer that cites it."""

    api_url: Output[str]
    """Where the API answers."""

    def __init__(
        self,
        name: str,
        boundary: SecurityBoundary,
        settings: StackSettings,
        *,
        stores: KnowledgeStores,
        libraries: Libraries,
        identity: Identity,
    ) -> None:
        super().__init__("rampart:systems:Knowledge", name, None, None)
        self._name, self._boundary, self._settings = name, boundary, settings
        self._stores, self._libraries = stores, libraries
        self._child = pulumi.ResourceOptions(parent=self)

        self._arrivals = self._queue()
        upload = self._upload()
        processor = self._processor()
        chat = self._chat()
        records = self._record_keeper()
        self._connect(processor)
        api = self._api(identity, upload, chat, records)

        self.api_url = api.url
        self.register_outputs({"apiUrl": self.api_url})

    def _queue(self) -> ObservedQueue:
        return ObservedQueue(
            f"{self._name}-arrivals",
            {
                "boundary": self._boundary.args,
                "consumer_timeout_seconds": PROCESSOR_TIMEOUT_SECONDS,
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
                self._stores.records.allow("GetItem", "UpdateItem"),
            ],
            {
                "DOCUMENTS_BUCKET": self._stores.documents.bucket,
                "DOCUMENTS_TABLE": self._stores.records.table,
                "MAX_UPLOAD_BYTES": str(self._settings.max_upload_bytes),
                "ALLOWED_ORIGINS": self._settings.allowed_origin or "",
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
                self._stores.documents.read("uploads/*"),
                self._stores.documents.list_keys("uploads/"),
                self._stores.documents.list_keys("markdown/"),
                self._stores.documents.read("work/*"),
                self._stores.documents.write("work/*"),
                self._stores.documents.write("markdown/*"),
                self._stores.documents.delete("markdown/*"),
                self._stores.records.allow(
                    "BatchWriteItem",
                    "ConditionCheckItem",
                    "DeleteItem",
                    "GetItem",
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
                "IDEMPOTENCY_TABLE": self._stores.idempotency.table,
                "DOCLING_FUNCTION": libraries.docling.name,
                "EMBEDDING_FUNCTION": libraries.sentence_transformer.name,
                "VECTOR_FUNCTION": libraries.pinecone.name,
                "GRAPH_FUNCTION": libraries.neo4j.name,
                "MAX_RECEIVES": str(self._arrivals.max_receives),
            },
            timeout_seconds=PROCESSOR_TIMEOUT_SECONDS,
            memory_mib=1024,
            reserved_concurrency=WORKERS,
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
                "ALLOWED_ORIGINS": self._settings.allowed_origin or "",
            },
            timeout_seconds=CHAT_TIMEOUT_SECONDS,
            memory_mib=1024,
        )

    def _record_keeper(self) -> ZipLambda:
        return self._function(
            "dynamodb_crud_handler",
            "Creates, reads, updates and deletes a tenant's document records",
            [
                self._stores.documents.delete("uploads/*"),
                self._stores.records.allow(
                    "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"
                ),
                self._stores.idempotency.allow("DeleteItem", "GetItem", "PutItem", "UpdateItem"),
            ],
            {
                "DOCUMENTS_BUCKET": self._stores.documents.bucket,
                "DOCUMENTS_TABLE": self._stores.records.table,
                "IDEMPOTENCY_TABLE": self._stores.idempotency.table,
                "ALLOWED_ORIGINS": self._settings.allowed_origin or "",
            },
            timeout_seconds=10,
        )

    def _function(
        self,
        folder: str,
        description: str,
        permissions: list[Permission],
        environment: dict[str, Input[str]],
        *,
        timeout_seconds: int,
        memory_mib: int = 512,
        reserved_concurrency: int = REQUESTS,
    ) -> ZipLambda:
        return ZipLambda(
            f"{self._name}-{folder.replace('_', '-')}",
            {
                "boundary": self._boundary.args,
                "description": description,
                "source": f"runtime/knowledge/{folder}",
                "include": ["runtime/shared"],
                "permissions": permissions,
                "environment": environment,
                "timeout_seconds": timeout_seconds,
                "memory_mib": memory_mib,
                "reserved_concurrency": reserved_concurrency,
            },
            self._child,
        )

    def _connect(self, processor: ZipLambda) -> None:
        self._stores.documents.notify(
            self._arrivals, ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"], prefix="uploads/"
        )
        # One document a call: converting one takes minutes, and a failure must not hold up others.
        self._arrivals.subscribe(f"{self._name}-processing", processor, batch_size=1)

    def _api(
        self, identity: Identity, upload: ZipLambda, chat: ZipLambda, records: ZipLambda
    ) -> SecureApi:
        routes: list[Route] = [
            {"method": "POST", "path": "/upload", "handler": upload.handler},
            {"method": "GET", "path": "/upload/{document_id}", "handler": upload.handler},
            {"method": "POST", "path": "/chat", "handler": chat.handler},
            {"method": "GET", "path": "/chat/{session_id}", "handler": chat.handler},
            {"method": "POST", "path": "/crud", "handler": records.handler},
            {"method": "GET", "path": "/crud", "handler": records.handler},
            {"method": "GET", "path": "/crud/{document_id}", "handler": records.handler},
            {"method": "PUT", "path": "/crud/{document_id}", "handler": records.handler},
            {"method": "DELETE", "path": "/crud/{document_id}", "handler": records.handler},
        ]
        args: SecureApiArgs = {
            "boundary": self._boundary.args,
            "description": "Documents, chat and records",
            "authorizer": identity.authorizer.handler,
            "routes": routes,
            "clients": self._settings.api_clients,
        }
        if self._settings.allowed_origin:
            args["allowed_origin"] = self._settings.allowed_origin
        return SecureApi(f"{self._name}-api", args, self._child)
