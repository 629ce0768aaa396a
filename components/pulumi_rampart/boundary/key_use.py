"""Use of the boundary's key by code itself, for what it encrypts on its own."""

from pulumi_rampart.boundary.args import Boundary
from pulumi_rampart.permission import Permission


def use_key(boundary: Boundary, context: dict[str, str]) -> Permission:
    """Allow encrypting and decrypting under the boundary's key, in this encryption context only.

    A role that may use the key without a condition could decrypt whatever any service keeps under
    it, past the permissions on that service.
    https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html

    Args:
        boundary: whose key.
        context: pairs that every call has to carry, at least one; others may be added.

    Example:
        permissions = [use_key(boundary.args, {"purpose": "orders"})]
    """
    if not context:
        raise ValueError("use_key needs an encryption context, such as {'purpose': 'orders'}.")
    return {
        "statements": [
            {
                "actions": ["kms:Decrypt", "kms:GenerateDataKey"],
                "resources": [boundary["key_arn"]],
                "conditions": {
                    "StringEquals": {
                        f"kms:EncryptionContext:{key}": value for key, value in context.items()
                    }
                },
            }
        ]
    }
