"""data-policy-open: the policy of a table, a stream or a cluster names who may use it.

Why: everyone then reads and writes the records, with credentials of any account.

Remedy: name principals, and test `aws:SourceArn` or `aws:SourceAccount` for services.
"""

from rampart_policies.graph import Resource
from rampart_policies.iam.exposure import policy_findings
from rampart_policies.resource_policies import STREAMS_AND_TABLES, resource_policy
from rampart_policies.rule import Findings, Severity, resource_rule


def check(resource: Resource) -> Findings:
    """Read the policy that stands beside the table or stream."""
    yield from policy_findings(resource_policy(resource, STREAMS_AND_TABLES[resource.type]))


RULE = resource_rule(__doc__, check, on=tuple(STREAMS_AND_TABLES), severity=Severity.CRITICAL)
