"""s3-policy-open: a bucket's policy names who may use it, and services say for whom they act.

Why: a bucket open to everyone is read by scanners within hours; a service without a source
account is a deputy that anyone's trail or log can send.

Remedy: name principals, and test `aws:SourceArn` or `aws:SourceAccount` for services.
"""

from rampart_policies import aws
from rampart_policies.buckets import TAKEOVER
from rampart_policies.graph import Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import confused_deputies, open_to_the_world, other_accounts
from rampart_policies.rule import Findings, Setting, Severity, resource_rule
from rampart_policies.values import NotApplicableError


def check(resource: Resource, *, own_accounts: list[str]) -> Findings:
    """Read the policy of a bucket, or the one that stands beside it."""
    if resource.type in aws.BUCKET and not resource.has("policy"):
        raise NotApplicableError
    granted = statements(resource, "policy")
    for statement in open_to_the_world(granted):
        yield f"policy statement {statement.label} lets everyone in"
    for statement, service in confused_deputies(granted):
        yield f"policy statement {statement.label} lets {service} act for any account"
    for statement, account in other_accounts(granted, own_accounts):
        for action in filter(statement.speaks_of, TAKEOVER):
            yield f"policy statement {statement.label} lets account {account} use {action}"


RULE = resource_rule(
    __doc__,
    check,
    on=(*aws.BUCKET, aws.BUCKET_POLICY),
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_70", "S3.6"),
    settings={"own_accounts": Setting([], "account ids that may administer buckets")},
)
