"""What Knowledge keeps: documents, records, conversations.

Creates, in order:
    <name>-documents       SecureBucket   uploads, markdown, work in progress
    <name>-records         SecureTable    documents and their chunks
    <name>-conversations   SecureTable    messages and interactions, which expire
    <name>-idempotency     SecureTable    what was done already
"""

import pulumi

from pulumi_rampart import Boundary, SecureBucket, SecureTable

WORK_DAYS = 1


class KnowledgeStores(pulumi.ComponentResource):
    """No child of the system: its stores outlive its functions, and keep their URNs."""

    def __init__(self, name: str, boundary: Boundary, origins: list[str]) -> None:
        """`origins`: web origins whose pages upload."""
        super().__init__("rampart:systems:KnowledgeStores", name, None, None)
        self._name, self._boundary, self._origins = name, boundary, origins
        self._child = pulumi.ResourceOptions(parent=self)

        self.documents = self._documents()
        self.records = self._records()
        self.conversations = self._conversations()
        self.idempotency = self._idempotency()

        self.register_outputs({})

    def _documents(self) -> SecureBucket:
        return SecureBucket(
            f"{self._name}-documents",
            {
                "boundary": self._boundary,
                "expire": [{"prefix": "work/", "days": WORK_DAYS}],
                "cors_origins": self._origins,
            },
            self._child,
        )

    def _records(self) -> SecureTable:
        return SecureTable(
            f"{self._name}-records",
            {"boundary": self._boundary, "hash_key": "pk", "range_key": "sk"},
            self._child,
        )

    def _conversations(self) -> SecureTable:
        return SecureTable(
            f"{self._name}-conversations",
            {
                "boundary": self._boundary,
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
            {"boundary": self._boundary, "hash_key": "id", "expires_at": "expiration"},
            self._child,
        )
