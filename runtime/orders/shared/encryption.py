"""The AWS Encryption SDK, typed: texts under the customer key, each bound to its context."""

# The SDK has no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

import base64
import binascii
import logging
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any, cast

import aws_encryption_sdk
from aws_encryption_sdk.exceptions import AWSEncryptionSDKClientError
from aws_encryption_sdk.identifiers import CommitmentPolicy
from botocore.session import Session

from runtime.shared.aws_errors import calling
from runtime.shared.errors import UnavailableError

# It logs the context of every data key.
logging.getLogger("aws_encryption_sdk").setLevel(logging.WARNING)

# A data key serves this many texts or seconds, so that not every text is a call of KMS.
_TEXTS_A_KEY, _SECONDS_A_KEY, _KEYS = 1000, 300.0, 500


class Encryption:
    """Encrypts and decrypts texts."""

    def __init__(self, key_arn: str) -> None:
        """`key_arn` is the only key that is used, for decryption too."""
        # Classes made by attrs, whose arguments the type checker does not see.
        sdk = cast("Any", aws_encryption_sdk)
        self._client: Any = sdk.EncryptionSDKClient(
            commitment_policy=CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT
        )
        self._materials: Any = sdk.CachingCryptoMaterialsManager(
            master_key_provider=sdk.StrictAwsKmsMasterKeyProvider(
                key_ids=[key_arn], botocore_session=Session()
            ),
            cache=sdk.LocalCryptoMaterialsCache(_KEYS),
            max_age=_SECONDS_A_KEY,
            max_messages_encrypted=_TEXTS_A_KEY,
        )

    def encrypt(self, text: str, context: Mapping[str, str]) -> str:
        """Return the ciphertext in base64."""
        with _calling():
            sealed, _ = self._client.encrypt(
                source=text.encode(),
                materials_manager=self._materials,
                encryption_context=dict(context),
            )
        return base64.b64encode(sealed).decode()

    def decrypt(self, sealed: str, context: Mapping[str, str]) -> str:
        """Return the text; UnavailableError when it was encrypted in another context."""
        with _calling():
            text, header = self._client.decrypt(
                source=base64.b64decode(sealed, validate=True), materials_manager=self._materials
            )
        # The SDK adds the signature's key to the context.
        if not context.items() <= header.encryption_context.items():
            raise UnavailableError("a ciphertext is not where it belongs")
        return bytes(text).decode()


@contextmanager
def _calling() -> Generator[None]:
    """Turn what KMS and the SDK refuse into errors of functions; no text is in them."""
    try:
        with calling("kms"):
            yield
    except (AWSEncryptionSDKClientError, binascii.Error) as error:
        raise UnavailableError(f"the encryption failed: {type(error).__name__}") from None
