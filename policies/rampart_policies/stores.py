"""Where data lies, how sensitive it is and under whose key: shared by rules on every store."""

from rampart_policies import aws
from rampart_policies.buckets import encryption_of
from rampart_policies.graph import Graph, Resource

STORES = (
    *aws.BUCKET,
    aws.DYNAMODB_TABLE,
    aws.SQS_QUEUE,
    aws.RDS_CLUSTER,
    aws.RDS_INSTANCE,
)
"""Resources that keep what people send."""

DATA_CLASS = "data-class"
"""The tag that says how sensitive the content of a store is."""

CLASSES = ("public", "internal", "confidential", "personal")
"""Its values, from what everyone may see to what is about people."""

SENSITIVE = ("confidential", "personal")
"""The values that ask for a key of our own and a way to delete."""


def data_class(store: Resource) -> str | None:
    """Return how sensitive a store's content is, as its tag says."""
    return store.block("tags").text(DATA_CLASS)


def is_customer_key(key: str | None) -> bool:
    """Whether a key is given that is not one of those AWS manages, `alias/aws/...`."""
    return key is not None and "alias/aws/" not in key


def names_customer_key(store: Resource) -> bool:
    """Whether a store that carries its own encryption is under a customer managed key."""
    if store.type == aws.DYNAMODB_TABLE:
        encryption = store.block("serverSideEncryption")
        return encryption.flag("enabled") and is_customer_key(encryption.text("kmsKeyArn"))
    if store.type == aws.SQS_QUEUE:
        return is_customer_key(store.text("kmsMasterKeyId"))
    return store.flag("storageEncrypted") and is_customer_key(store.text("kmsKeyId"))


def has_customer_key(store: Resource, graph: Graph) -> bool:
    """Whether any store is under a customer managed key, a bucket too."""
    if store.type in aws.BUCKET:
        defaults = encryption_of(store, graph)
        # S3 ignores a key beside AES256, which is its own: only SSE-KMS uses one.
        return any(
            (default.text("sseAlgorithm") or "").startswith("aws:kms")
            and is_customer_key(default.text("kmsMasterKeyId"))
            for default in defaults
        )
    return names_customer_key(store)
