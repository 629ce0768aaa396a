from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={
        "a group": made(aws.ELASTICACHE_GROUP, subnetGroupName="private"),
        "a cluster": made(aws.ELASTICACHE_CLUSTER, subnetGroupName="private"),
        "serverless": made(aws.ELASTICACHE_SERVERLESS, subnetIds=["subnet-1"]),
    },
    breaks={
        "nowhere": made(aws.ELASTICACHE_GROUP),
        "the default group": made(aws.ELASTICACHE_CLUSTER, subnetGroupName="default"),
        "serverless": made(aws.ELASTICACHE_SERVERLESS),
    },
    not_applicable={"a member": made(aws.ELASTICACHE_CLUSTER, replicationGroupId="sessions")},
    mutation=put("subnetGroupName", "default"),
)
