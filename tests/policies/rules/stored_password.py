from rampart_policies import aws
from rampart_policies.values import SECRET
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={
        "AWS makes it": made(aws.RDS_INSTANCE, manageMasterUserPassword=True),
        "AWS makes it for a cluster": made(aws.RDS_CLUSTER, manageMasterUserPassword=True),
        "write-only": made(aws.RDS_INSTANCE, passwordWoVersion=1),
        "users instead": made(aws.ELASTICACHE_GROUP, userGroupIds=["app"]),
    },
    breaks={
        "in plain sight": made(aws.RDS_INSTANCE, password="hunter2"),
        "marked": made(aws.RDS_CLUSTER, masterPassword=SECRET),
        "a document store's": made(aws.DOCDB_CLUSTER, masterPassword="hunter2"),
        "a warehouse's": made(aws.REDSHIFT_CLUSTER, masterPassword="hunter2"),
        "a cache's token": made(aws.ELASTICACHE_GROUP, authToken=SECRET),
    },
    undecided={"computed": made(aws.RDS_INSTANCE, password="04da6b54-80e4-46f7-96ec-b56ff0331ba9")},
    mutation=put("masterPassword", "hunter2"),
)
