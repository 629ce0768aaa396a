"""Personal data: each field encrypted on its own, and found again by a keyed hash.

Tenant and field are the encryption context, so that a ciphertext opens only where it belongs. A
hash key of each tenant's own, encrypted as a field is, lets equal addresses be found without being
readable; who deletes it makes the tenant's hashes meaningless.

    DynamoDB   pk {tenant}   sk HASHKEY   key (ciphertext)
"""

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, Protocol

from boto3.dynamodb.conditions import Attr

from runtime.orders.shared.encryption import Encryption
from runtime.orders.shared.order import Customer
from runtime.shared.aws_errors import calling
from runtime.shared.conditional_writes import put_if

if TYPE_CHECKING:
    from types_boto3_dynamodb.service_resource import Table

PURPOSE = {"purpose": "orders"}
"""Part of every context: the only use of the key that the functions' roles allow."""


class Vault(Protocol):
    """Encrypts the fields of a tenant, and finds equal ones."""

    def seal(self, tenant: str, field: str, text: str) -> str:
        """Return the ciphertext."""
        ...

    def open(self, tenant: str, field: str, sealed: str) -> str:
        """Return the text; UnavailableError when it is not this field of this tenant."""
        ...

    def hash(self, tenant: str, email: str) -> str:
        """Return what equal addresses of a tenant have in common, and no others."""
        ...


class KmsVault:
    """Implements `Vault` under a customer managed key."""

    def __init__(self, key_arn: str, table: "Table") -> None:
        """`table` keeps the hash keys."""
        self._encryption, self._table = Encryption(key_arn), table
        self._hash_keys: dict[str, bytes] = {}

    def seal(self, tenant: str, field: str, text: str) -> str:
        """Return the ciphertext."""
        return self._encryption.encrypt(text, _context(tenant, field))

    def open(self, tenant: str, field: str, sealed: str) -> str:
        """Return the text; UnavailableError when it is not this field of this tenant."""
        return self._encryption.decrypt(sealed, _context(tenant, field))

    def hash(self, tenant: str, email: str) -> str:
        """Return what equal addresses of a tenant have in common, and no others."""
        key = self._hash_keys.get(tenant) or self._hash_key(tenant)
        self._hash_keys[tenant] = key
        return hmac.new(key, email.strip().lower().encode(), hashlib.sha256).hexdigest()

    def _hash_key(self, tenant: str) -> bytes:
        """Return the tenant's key; whoever needs it first makes it."""
        row = {"pk": tenant, "sk": "HASHKEY"}
        sealed = self._kept(row)
        if sealed is None:
            made = self.seal(tenant, "hash-key", secrets.token_hex(32))
            put_if(
                self._table,
                {"Item": {**row, "key": made}, "ConditionExpression": Attr("pk").not_exists()},
            )
            sealed = self._kept(row) or made
        return bytes.fromhex(self.open(tenant, "hash-key", sealed))

    def _kept(self, row: dict[str, str]) -> str | None:
        with calling("dynamodb"):
            found = self._table.get_item(Key=row, ConsistentRead=True)
        return str(found["Item"]["key"]) if "Item" in found else None


def sealed(vault: Vault, tenant: str, customer: Customer) -> Customer:
    """Return the customer with every field encrypted."""
    fields = customer.model_dump()
    return Customer(**{name: vault.seal(tenant, name, text) for name, text in fields.items()})


def opened(vault: Vault, tenant: str, customer: Customer) -> Customer:
    """Return the customer as a person reads it."""
    fields = customer.model_dump()
    return Customer(**{name: vault.open(tenant, name, text) for name, text in fields.items()})


def _context(tenant: str, field: str) -> dict[str, str]:
    return {**PURPOSE, "tenant": tenant, "field": field}
