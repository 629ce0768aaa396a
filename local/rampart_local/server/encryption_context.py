"""What policies know of a call to KMS: the pairs of its encryption context.

ministack knows no condition key of KMS, so that a statement with one never applies. Added here, and
held by tests/local/test_encryption_context.py.
https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context
"""

import json
from collections.abc import Callable
from importlib import import_module
from typing import Any, cast

Context = dict[str, Any]


def install() -> None:
    """Add the pairs to what ministack's policies are judged by."""
    # Untyped; and ministack reads its settings at import.
    actions = cast("Any", import_module("ministack.core.iam_actions"))
    actions.request_tag_context = _with_encryption_context(actions.request_tag_context)


def _with_encryption_context(of_request: Callable[..., Context]) -> Callable[..., Context]:
    def context(service: str, action: str, body: bytes, parameters: dict[str, Any]) -> Context:
        found = of_request(service, action, body, parameters)
        if service == "kms":
            pairs = _encryption_context(body)
            found |= {f"kms:EncryptionContext:{key}": value for key, value in pairs.items()}
            if pairs:
                found["kms:EncryptionContextKeys"] = list(pairs)
        return found

    return context


def _encryption_context(body: bytes) -> dict[str, str]:
    try:
        request: Any = json.loads(body or b"{}")
    except ValueError:
        return {}
    asked = cast("dict[str, Any]", request) if isinstance(request, dict) else {}
    pairs = asked.get("EncryptionContext")
    return cast("dict[str, str]", pairs) if isinstance(pairs, dict) else {}
