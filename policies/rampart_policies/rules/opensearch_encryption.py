"""opensearch-encryption: search domains are encrypted with our own key, and between nodes.

Why: an index holds the documents it was made from, and nodes send them to each other.

Remedy: set `encryptAtRest` with the key, and `nodeToNodeEncryption.enabled`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.stores import is_customer_key


def check(domain: Resource) -> Findings:
    """Read both switches and the key."""
    if not domain.flag("encryptAtRest.enabled"):
        yield "encryptAtRest is off: documents lie readable"
    elif not is_customer_key(domain.text("encryptAtRest.kmsKeyId")):
        yield "encryptAtRest.kmsKeyId is no customer managed key: access cannot be revoked"
    if not domain.flag("nodeToNodeEncryption.enabled"):
        yield "nodeToNodeEncryption is off: documents travel readable between nodes"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.SEARCH_DOMAINS,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_5", "CKV_AWS_6", "CKV_AWS_247", "OS2", "OS8", "Opensearch.1", "Opensearch.3"),
)
