from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

INSIDE = {"subnetIds": ["subnet-1"], "securityGroupIds": ["sg-1"]}

FIXTURE = Fixture(
    holds={
        "inside": made(aws.SEARCH_DOMAINS[0], vpcOptions=INSIDE),
        "Elasticsearch": made(aws.SEARCH_DOMAINS[1], vpcOptions=INSIDE),
    },
    breaks={
        "public": made(aws.SEARCH_DOMAINS[0]),
        "no subnet": made(aws.SEARCH_DOMAINS[1], vpcOptions={"subnetIds": []}),
    },
    mutation=put("vpcOptions", {}),
)
