from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={
        "the default": made(aws.RDS_CLUSTER),
        "off": made(aws.RDS_CLUSTER_INSTANCE, publiclyAccessible=False),
    },
    breaks={
        "an instance": made(aws.RDS_INSTANCE, publiclyAccessible=True),
        "an instance of a cluster": made(aws.RDS_CLUSTER_INSTANCE, publiclyAccessible=True),
        "a cluster": made(aws.RDS_CLUSTER, publiclyAccessible=True),
    },
    mutation=put("publiclyAccessible", value=True),
)
