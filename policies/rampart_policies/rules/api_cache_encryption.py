"""api-cache-encryption: an API that caches answers encrypts its cache.

Why: the cache holds answers as they were given, personal data included.

Remedy: set `settings.cacheDataEncrypted`, or switch caching off.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import NotApplicableError


def check(settings: Resource) -> Findings:
    """Read both switches; both are off by default."""
    if settings.flag("settings.cacheDataEncrypted"):
        return
    if not settings.flag("settings.cachingEnabled"):
        raise NotApplicableError
    yield "settings.cacheDataEncrypted is false: answers lie readable in the cache"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.API_METHOD_SETTINGS,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_308", "APIGateway.5"),
)
