"""s3-policy-open: a bucket's policy names who may use it, and services say for whom they act.

Why: a bucket open to everyone is read by scanners within hours; a service without a source
account is a deputy that anyone's trail or log can send.

Remedy: name principals, and test `aws:SourceArn` or `aws:SourceAccount` for services.
"""

from collections.abc import Iterator

from rampart_policies.buckets import TAKEOVER
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.exposure import other_accounts, policy_findings
from rampart_policies.iam.own_accounts import others
from rampart_policies.iam.statement import Statement
from rampart_policies.resource_policies import BUCKETS, resource_policy
from rampart_policies.rule import Findings, Setting, Severity, stack_rule
from rampart_policies.words import joined


def check(resource: Resource, graph: Graph, *, own_accounts: list[str]) -> Findings:
    """Read the policy of a bucket, or the one that stands beside it."""
    granted = resource_policy(resource, BUCKETS[resource.type])
    takeovers = (
        f"policy statement {statement.label} lets account {account} use {joined(actions)}"
        for statement, account in others(_may_take_over(granted), graph, own_accounts)
        if (actions := _takeover(statement))
    )
    yield from policy_findings(granted, BUCKETS[resource.type], also=takeovers)


def _may_take_over(granted: tuple[Statement, ...]) -> Iterator[tuple[Statement, str]]:
    return (pair for pair in other_accounts(granted) if _takeover(pair[0]))


def _takeover(statement: Statement) -> list[str]:
    return [*filter(statement.speaks_of, TAKEOVER)]


RULE = stack_rule(
    __doc__,
    check,
    on=tuple(BUCKETS),
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_70", "S3.6"),
    settings={"own_accounts": Setting([], "account ids that may administer buckets")},
)
