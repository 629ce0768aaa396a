"""What Knowledge keeps: documents, records, conversations.

Creates, in order:
    <name>-documents       SecureBucket   uploads, markdown, work in progress
    <name>-records         SecureTable    documents and their chunks
    <name>-conversations   SecureTable    messages and interactions, which expire
    <name>-idempotency     SecureTable    what was done already
"""

import pulumi

from pulumi_rampart.boundary.security_boundary import SecurityBoundary
from pulumi_rampart.permission import Permission
from pulumi_rampart.stores.bucket import SecureBucket, SecureBucketArgs
from pulumi_rampart.stores.table import SecureTable
from systems.settings import StackSettings

WORK_DAYS = 1


class KnowledgeStores(pulumi.ComponentResource):
    """The stores stand apart, because library functions read and leave content in them."""

    def __init__(self, name: str, boundary: SecurityBoundary, settings: StackSettings) -> None:
        super().__init__("rampart:systems:KnowledgeStores", name, None, None)
        self._name, self._wall, self._settings = name, boundary.args, settings
        self._child = pulumi.ResourceOptions(parent=self)

        self.documents = self._documents()
        self.records = self._records()
        self.conversations = self._conversations()
        self.idempotency = self._idempotency()

        self.register_outputs({})

    def content(self) -> dict[str, list[Permission]]:
        """Return what each library function may do with the documents, by the library's name."""
        work = [self.documents.read("work/*"), self.documents.write("work/*")]
        return {
            "docling": [self.documents.read("uploads/*"), *work],
            "sentence-transformer": work,
            "pinecone": [self.documents.read("work/*")],
            "neo4j": [self.documents.read("work/*")],
        }

    def _documents(self) -> SecureBucket:
        args: SecureBucketArgs = {
            "boundary": self._wall,
            "expire": [{"prefix": "work/", "days": WORK_DAYS}],
        }
        if self._settings.allowed_origin:
            args["cors_origins"] = [self._settings.allowed_origin]
        return SecureBucket(f"{self._name}-documents", args, self._child)

    def _records(self) -> SecureTable:
        return SecureTable(
            f"{self._name}-records",
            {"boundary": self._wall, "hash_key": "pk", "range_key": "sk"},
            self._child,
        )

    def _conversations(self) -> SecureTable:
        return SecureTable(
            f"{self._name}-conversations",
            {
                "boundary": self._wall,
                "hash_key": "pk",
                "range_key": "sk",
                "expires_at": "expires_at",
            },
            self._child,
        )

    def _idempotency(self) -> SecureTable:
        return SecureTable(
            f"{self._name}-idempotency",
            # As Powertools wants it.
            {"boundary": self._wall, "hash_key": "id", "expires_at": "expiration"},
            self._child,
        )
