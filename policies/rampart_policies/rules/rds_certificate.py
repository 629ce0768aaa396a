"""rds-certificate: databases show a certificate that clients can still verify.

Why: the authority of 2019 has expired; clients that verify cannot connect, and others give up.

Remedy: leave the certificate authority to its default, or name one of the g1 generation.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule

# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
CURRENT = {"rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"}


def check(database: Resource) -> Findings:
    """Read the authority; the default is rds-ca-rsa2048-g1."""
    cluster = database.type == aws.RDS_CLUSTER
    key = "caCertificateIdentifier" if cluster else "caCertIdentifier"
    authority = database.text(key)
    if authority is not None and authority not in CURRENT:
        yield f"{key} is {authority}, which has expired"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.RDS_CLUSTER, aws.RDS_CLUSTER_INSTANCE, aws.RDS_INSTANCE),
    severity=Severity.MEDIUM,
    covers=("CKV_AWS_211",),
)
