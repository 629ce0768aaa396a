from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={
        "a cluster": made(aws.RDS_CLUSTER, iamDatabaseAuthenticationEnabled=True),
        "an instance": made(aws.RDS_INSTANCE, iamDatabaseAuthenticationEnabled=True),
    },
    breaks={
        "the default": made(aws.RDS_INSTANCE),
        "off": made(aws.RDS_CLUSTER, iamDatabaseAuthenticationEnabled=False),
    },
    mutation=put("iamDatabaseAuthenticationEnabled", value=False),
)
