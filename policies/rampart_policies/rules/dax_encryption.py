"""dax-encryption: every DAX cluster is encrypted, and on the way to it.

Why: the cluster holds items of its tables as they are, whatever key the tables are under.

Remedy: set `serverSideEncryption.enabled` and `clusterEndpointEncryptionType` `TLS` when it is
made.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(cluster: Resource) -> Findings:
    """Read both; both are off by default."""
    if not cluster.flag("serverSideEncryption.enabled"):
        yield "serverSideEncryption is off: cached items lie readable"
    if cluster.text("clusterEndpointEncryptionType") != "TLS":
        yield "clusterEndpointEncryptionType is NONE: items travel readable"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.DAX_CLUSTER,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_47", "CKV_AWS_239", "DDB4", "DynamoDB.3", "DynamoDB.7"),
)
