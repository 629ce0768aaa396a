"""appsync-cache-encryption: a GraphQL API that caches answers encrypts them, stored and on the way.

Why: the cache holds answers as they were given, personal data included.

Remedy: set `atRestEncryptionEnabled` and `transitEncryptionEnabled` when the cache is made.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(cache: Resource) -> Findings:
    """Read both switches; both are off by default."""
    for key, harm in (("atRest", "lie readable in it"), ("transit", "travel readable to it")):
        if not cache.flag(f"{key}EncryptionEnabled"):
            yield f"{key}EncryptionEnabled is false: answers {harm}"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.APPSYNC_CACHE,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_214", "CKV_AWS_215", "AppSync.1", "AppSync.6"),
)
