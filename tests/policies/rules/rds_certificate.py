from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={
        "the default": made(aws.RDS_CLUSTER_INSTANCE),
        "named": made(aws.RDS_INSTANCE, caCertIdentifier="rds-ca-ecc384-g1"),
        "of a cluster": made(aws.RDS_CLUSTER, caCertificateIdentifier="rds-ca-rsa4096-g1"),
    },
    breaks={
        "expired": made(aws.RDS_INSTANCE, caCertIdentifier="rds-ca-2019"),
        "expired, of a cluster": made(aws.RDS_CLUSTER, caCertificateIdentifier="rds-ca-2019"),
    },
    mutation=put("caCertificateIdentifier", "rds-ca-2019"),
)
