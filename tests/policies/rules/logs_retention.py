from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"a year": made(aws.LOG_GROUP, retentionInDays=365)},
    breaks={
        "forever": made(aws.LOG_GROUP),
        "forever, as the provider says it": made(aws.LOG_GROUP, retentionInDays=0),
        "a week": made(aws.LOG_GROUP, retentionInDays=7),
        "too long": made(aws.LOG_GROUP, retentionInDays=10000),
    },
    mutation=put("retentionInDays", 1),
)
