"""What Orders keeps: orders and all that belongs to them, files, and a key.

Creates, in order:
    <name>-table          SecureTable    orders, payments, events to be published, products
    <name>-notices        SecureTable    what customers were told
    <name>-breakers       SecureTable    whether services outside AWS are being called
    <name>-files          SecureBucket   files of orders, their reports, the audit trail
    <name>-payments-key   SecureSecret   API key of the payment service
"""

import pulumi
from pulumi import Output

from pulumi_rampart import Boundary, SecureBucket, SecureSecret, SecureSecretArgs, SecureTable

IMPORT_DAYS = 30
# Books are kept for ten years.
AUDIT_DAYS = 3653


class OrdersStores(pulumi.ComponentResource):
    """No child of the system: its stores outlive its functions, and keep their URNs."""

    def __init__(
        self, name: str, boundary: Boundary, origins: list[str], payments_key: Output[str] | None
    ) -> None:
        """`origins`: web origins whose pages upload files of orders."""
        super().__init__("rampart:systems:OrdersStores", name, None, None)
        self._name, self._boundary, self._origins = name, boundary, origins
        self._child = pulumi.ResourceOptions(parent=self)

        self.orders = self._orders()
        self.notices = self._notices()
        self.breakers = self._breakers()
        self.files = self._files()
        self.payments_key = self._payments_key(payments_key)

        self.register_outputs({})

    def _orders(self) -> SecureTable:
        return SecureTable(
            f"{self._name}-table",
            {
                "boundary": self._boundary,
                "hash_key": "pk",
                "range_key": "sk",
                "expires_at": "expires_at",
                "indexes": {
                    "by-address": {"hash_key": "address", "range_key": "created_at"},
                    "by-day": {"hash_key": "day", "range_key": "captured_at"},
                },
                "stream": "new",
            },
            self._child,
        )

    def _notices(self) -> SecureTable:
        return SecureTable(
            f"{self._name}-notices",
            {
                "boundary": self._boundary,
                "hash_key": "pk",
                "range_key": "sk",
                "expires_at": "expires_at",
            },
            self._child,
        )

    def _breakers(self) -> SecureTable:
        return SecureTable(
            f"{self._name}-breakers",
            {"boundary": self._boundary, "hash_key": "service", "expires_at": "expires_at"},
            self._child,
        )

    def _files(self) -> SecureBucket:
        return SecureBucket(
            f"{self._name}-files",
            {
                "boundary": self._boundary,
                "events": True,
                "expire": [
                    {"prefix": "", "days": AUDIT_DAYS},
                    {"prefix": "imports/", "days": IMPORT_DAYS},
                    {"prefix": "reports/", "days": IMPORT_DAYS},
                ],
                "cors_origins": self._origins,
            },
            self._child,
        )

    def _payments_key(self, value: Output[str] | None) -> SecureSecret:
        args: SecureSecretArgs = {
            "boundary": self._boundary,
            "description": "API key of the payment service",
            "issued_by": "payments",
        }
        if value is not None:
            args["value"] = value
        return SecureSecret(f"{self._name}-payments-key", args, self._child)
