from rampart_policies.resource_policies import DOMAINS, SEARCH
from tests.policies.carriers import granting, open_wide, opened, unclear, well_kept
from tests.policies.fixture import Fixture
from tests.policies.stacks import made

INSIDE = {"subnetIds": ["subnet-1"], "securityGroupIds": ["sg-1"]}
BESIDE = "aws:opensearch/domainPolicy:DomainPolicy"
OFFICE = {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
ANYWHERE = {"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}}

FIXTURE = Fixture(
    holds=well_kept(SEARCH)
    | {
        "in a VPC": made(DOMAINS[0], vpcOptions=INSIDE, accessPolicies=granting("*")),
        "beside a domain in a VPC": [
            domain := made(DOMAINS[0], "search", vpcOptions=INSIDE),
            made(BESIDE, domainName=domain.id, accessPolicies=granting("*")),
        ],
        "from an office": made(DOMAINS[0], accessPolicies=granting("*", Condition=OFFICE)),
    },
    breaks=open_wide(SEARCH)
    | {
        "from two halves of the internet": made(
            DOMAINS[0], accessPolicies=granting("*", Condition=ANYWHERE)
        ),
        "beside a domain on the internet": [
            domain := made(DOMAINS[0], "search"),
            made(BESIDE, domainName=domain.id, accessPolicies=granting("*")),
        ],
    },
    undecided=unclear(SEARCH),
    not_applicable={"no policy": made(DOMAINS[0])},
    mutation=opened("accessPolicies"),
)
