"""s3-policy-open: a bucket's policy names who may use it, and services say for whom they act.

Why: a bucket open to everyone is read by scanners within hours; a service without a source
account is a deputy that anyone's trail or log can send.

Remedy: name principals, and test `aws:SourceArn` or `aws:SourceAccount` for services.
"""

from rampart_policies.buckets import takeovers
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.exposure import policy_findings
from rampart_policies.resource_policies import BUCKETS, resource_policy
from rampart_policies.rule import Findings, Setting, Severity, stack_rule


def check(resource: Resource, graph: Graph, *, own_accounts: list[str]) -> Findings:
    """Read the policy of a bucket, or the one that stands beside it."""
    path = BUCKETS[resource.type]
    granted = resource_policy(resource, path)
    yield from policy_findings(granted, path, also=takeovers(granted, graph, own_accounts))


RULE = stack_rule(
    __doc__,
    check,
    on=tuple(BUCKETS),
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_70", "S3.6"),
    settings={"own_accounts": Setting([], "account ids that may administer buckets")},
)
