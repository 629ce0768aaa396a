"""kms-policy: every key says who may use it, and services say for whom they act.

Why: the default policy leaves everything to IAM, and a key open to everyone protects nothing.

Remedy: name principals in the `policy`; for services test `aws:SourceAccount` or their context.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import policy_findings
from rampart_policies.key_users import is_prescribed
from rampart_policies.resource_policies import KEYS
from rampart_policies.rule import Findings, Severity, stack_rule


def check(key: Resource, graph: Graph) -> Findings:
    """Read the key's own policy and one beside it, which is judged with its key or by itself."""
    beside = () if key.type == aws.KMS_KEY_POLICY else _beside(key, graph)
    granted = [one for holder in (key, *beside) for one in statements(holder, "policy")]
    if not granted:
        yield "no policy: whoever IAM allows may decrypt everything"
    yield from policy_findings([one for one in granted if not is_prescribed(one)])


def _beside(key: Resource, graph: Graph) -> list[Resource]:
    return graph.referrers(key, aws.KMS_KEY_POLICY, "keyId")


RULE = stack_rule(
    __doc__,
    check,
    on=tuple(KEYS),
    severity=Severity.HIGH,
    covers=("CKV_AWS_33", "CKV2_AWS_64", "KMS.5"),
)
