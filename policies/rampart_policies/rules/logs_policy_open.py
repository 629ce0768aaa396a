"""logs-policy-open: who may deliver logs and traces here, or receive ours, is named.

Why: other accounts can forge the evidence of an incident, or flood it.

Remedy: name accounts, and test `aws:SourceArn` or `aws:SourceAccount` for services.
"""

from rampart_policies.graph import Resource
from rampart_policies.iam.exposure import policy_findings
from rampart_policies.resource_policies import LOGS, resource_policy
from rampart_policies.rule import Findings, Severity, resource_rule


def check(resource: Resource) -> Findings:
    """Read the policies of log groups, of destinations and of X-Ray."""
    path = LOGS[resource.type]
    yield from policy_findings(resource_policy(resource, path), path)


RULE = resource_rule(__doc__, check, on=tuple(LOGS), severity=Severity.HIGH)
