"""opensearch-users: every search domain has users, and decides what each may search.

Why: without users an access policy decides by address or account: whoever gets in reads every
index.

Remedy: set `advancedSecurityOptions.enabled` with a master user, and leave `anonymousAuthEnabled`
off.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(domain: Resource) -> Findings:
    """Read the switches."""
    options = domain.block("advancedSecurityOptions")
    if not options.flag("enabled"):
        yield "advancedSecurityOptions is off: whoever gets in reads every index"
    elif options.flag("anonymousAuthEnabled"):
        yield "advancedSecurityOptions.anonymousAuthEnabled is on: requests need no credentials"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.SEARCH_DOMAINS,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV2_AWS_52", "Opensearch.7"),
)
