"""opensearch-logs: every search domain sends its audit, error and slow logs to CloudWatch.

Why: without them it is not known who searched for what, which query failed, and which was slow.

Remedy: add `logPublishingOptions` for `AUDIT_LOGS`, `ES_APPLICATION_LOGS`, `SEARCH_SLOW_LOGS` and
`INDEX_SLOW_LOGS`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule

KINDS = ("AUDIT_LOGS", "ES_APPLICATION_LOGS", "SEARCH_SLOW_LOGS", "INDEX_SLOW_LOGS")


def check(domain: Resource) -> Findings:
    """Read the logs that are sent; each can be switched off again."""
    sent = {
        one.text("logType")
        for one in domain.blocks("logPublishingOptions")
        if one.flag("enabled", default=True)
    }
    if missing := [kind for kind in KINDS if kind not in sent]:
        yield f"logPublishingOptions lacks {', '.join(missing)}: they are not kept"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.SEARCH_DOMAINS,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_84", "CKV_AWS_317", "OS9", "Opensearch.4", "Opensearch.5"),
)
