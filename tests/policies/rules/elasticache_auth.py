from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={
        "users": made(aws.ELASTICACHE_GROUP, userGroupIds=["app"]),
        "a token": made(aws.ELASTICACHE_GROUP, authToken="[secret]"),
        "serverless": made(aws.ELASTICACHE_SERVERLESS, userGroupId="app"),
    },
    breaks={
        "nobody": made(aws.ELASTICACHE_GROUP),
        "no users": made(aws.ELASTICACHE_GROUP, userGroupIds=[]),
        "serverless": made(aws.ELASTICACHE_SERVERLESS),
    },
    mutation=put("userGroupIds", []),
)
