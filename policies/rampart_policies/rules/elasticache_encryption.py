"""elasticache-encryption: caches are encrypted with a customer managed key, and on the way.

Why: a cache holds sessions and answers as they were given, and speaks plain text unless told
otherwise.

Remedy: set `atRestEncryptionEnabled`, `kmsKeyId` and `transitEncryptionEnabled` when the cache is
made.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.stores import is_customer_key


def check(cache: Resource) -> Findings:
    """Read the switches and the key; a serverless cache is always encrypted on the way."""
    if cache.type != aws.ELASTICACHE_SERVERLESS:
        for key, harm in (("atRest", "lies readable"), ("transit", "travels readable")):
            if not cache.flag(f"{key}EncryptionEnabled"):
                yield f"{key}EncryptionEnabled is off: what is cached {harm}"
        if not cache.flag("atRestEncryptionEnabled"):
            return
    if not is_customer_key(cache.text("kmsKeyId")):
        yield "kmsKeyId is not a customer managed key: no key policy can restrict decryption"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.ELASTICACHE_GROUP, aws.ELASTICACHE_SERVERLESS),
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_29", "CKV_AWS_30", "CKV_AWS_191", "AEC3", "ElastiCache.4", "ElastiCache.5"),
)
