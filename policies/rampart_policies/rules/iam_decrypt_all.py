"""iam-decrypt-all: no identity may decrypt with every key.

Why: a role that decrypts with any key makes every key policy of the account count for nothing.

Remedy: name the key's ARN in the statement that allows `kms:Decrypt`.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.grants import IDENTITY_POLICIES, granted_in_part
from rampart_policies.iam.match import is_any_resource
from rampart_policies.rule import Findings, Severity, stack_rule

DECRYPTING = ("kms:Decrypt", "kms:ReEncryptFrom")


def check(policy: Resource, graph: Graph) -> Findings:
    """Look for decryption on all keys, by NotAction or NotResource too."""
    for statement in granted_in_part(policy, graph):
        everywhere = statement.not_resources or any(map(is_any_resource, statement.resources))
        for action in DECRYPTING:
            if everywhere and statement.speaks_of(action):
                yield f"statement {statement.label} allows {action} with every key"


RULE = stack_rule(
    __doc__,
    check,
    on=IDENTITY_POLICIES,
    severity=Severity.HIGH,
    covers=("KMS.1", "KMS.2"),
)
