"""kms-policy: every key says who may use it, and services say for whom they act.

Why: the default policy leaves everything to IAM, and a key open to everyone protects nothing.

Remedy: name principals in the `policy`; for services test `aws:SourceAccount` or their context.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import confused_deputies, open_to_the_world
from rampart_policies.key_users import WITHOUT_SOURCE
from rampart_policies.rule import Findings, Severity, stack_rule

CONTEXT = "kms:encryptioncontext:"  # names the resource a service encrypts for


def check(key: Resource, graph: Graph) -> Findings:
    """Read the key's own policy and one beside it."""
    beside = graph.referrers(key, aws.KMS_KEY_POLICY, "keyId")
    granted = [one for holder in (key, *beside) for one in statements(holder, "policy")]
    if not granted:
        yield "no policy: whoever IAM allows may decrypt everything"
    for statement in open_to_the_world(granted):
        yield f"policy statement {statement.label} lets everyone use the key"
    for statement, service in confused_deputies(granted):
        prescribed = set(statement.actions) <= set(WITHOUT_SOURCE.get(service, ()))
        named = any(name.startswith(CONTEXT) for _, name, _ in statement.conditions)
        if not prescribed and not named:
            yield f"policy statement {statement.label} lets {service} act for any account"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.KMS_KEY,
    severity=Severity.HIGH,
    covers=("CKV_AWS_33", "CKV2_AWS_64", "KMS.5"),
)
