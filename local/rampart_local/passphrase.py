"""Opens the secrets of a stack that is encrypted with a passphrase, as the CLI does.

AES-256-GCM under a key that PBKDF2 derives from the passphrase and the stack's salt. Source:
pulumi/pulumi, sdk/go/common/resource/config/crypt.go and pkg/secrets/passphrase/manager.go.
"""

import base64
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

_ROUNDS = 1_000_000
_KEY_BYTES = 32


class PassphraseError(ValueError):
    """The passphrase does not open the stack's secrets."""


class Passphrase:
    """The key of a stack.

    Args:
        passphrase: in plain text.
        salt: `encryptionsalt` of the stack's file: `v1:<salt>:<a text that proves the key>`.

    Raises:
        PassphraseError: it is not the one that the stack was encrypted with.
    """

    def __init__(self, passphrase: str, salt: str) -> None:
        _, encoded, proof = salt.split(":", 2)
        derived = PBKDF2HMAC(SHA256(), _KEY_BYTES, base64.b64decode(encoded), _ROUNDS)
        self._key = AESGCM(derived.derive(passphrase.encode()))
        self.open(proof)

    @classmethod
    def of(cls, described: Mapping[str, Any]) -> Self | None:
        """Return the key of a stack's file; None where it has none or nobody says the passphrase.

        The passphrase is PULUMI_CONFIG_PASSPHRASE, or what the file PULUMI_CONFIG_PASSPHRASE_FILE
        holds.
        """
        passphrase = os.environ.get("PULUMI_CONFIG_PASSPHRASE")
        if passphrase is None and (file := os.environ.get("PULUMI_CONFIG_PASSPHRASE_FILE")):
            passphrase = Path(file).read_text().strip()
        salt = described.get("encryptionsalt")
        return cls(passphrase, salt) if passphrase is not None and salt else None

    def open(self, sealed: str) -> str:
        """Return the plain text of a sealed value, `v1:<nonce>:<text>`.

        Raises:
            PassphraseError: it was sealed with another key.
        """
        _, nonce, text = sealed.split(":")
        try:
            return self._key.decrypt(base64.b64decode(nonce), base64.b64decode(text), None).decode()
        except InvalidTag:
            raise PassphraseError(
                "PULUMI_CONFIG_PASSPHRASE is not the passphrase that the stack is encrypted with."
            ) from None
