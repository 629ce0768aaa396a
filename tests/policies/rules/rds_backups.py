from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={
        "a week": made(aws.RDS_CLUSTER, backupRetentionPeriod=7),
        "a month": made(aws.RDS_INSTANCE, backupRetentionPeriod=30),
    },
    breaks={
        "the default of an instance": made(aws.RDS_INSTANCE),
        "the default of a cluster": made(aws.RDS_CLUSTER),
        "off": made(aws.RDS_INSTANCE, backupRetentionPeriod=0),
        "a day": made(aws.RDS_CLUSTER, backupRetentionPeriod=1),
    },
    mutation=put("backupRetentionPeriod", 1),
)
