from rampart_policies import aws
from rampart_policies.resource_policies import ACCESS_POINTS
from tests.policies.carriers import granting, open_wide, unclear, well_kept
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

INSIDE = {"vpcId": "vpc-1"}
BESIDE = "aws:s3control/accessPointPolicy:AccessPointPolicy"

FIXTURE = Fixture(
    holds=well_kept(ACCESS_POINTS)
    | {
        "of a VPC": made(aws.ACCESS_POINT, vpcConfiguration=INSIDE, policy=granting("*")),
        "beside one of a VPC": [
            point := made(aws.ACCESS_POINT, "door", vpcConfiguration=INSIDE),
            made(BESIDE, accessPointArn=point.arn, policy=granting("*")),
        ],
    },
    breaks=open_wide(ACCESS_POINTS)
    | {
        "beside one on the internet": [
            point := made(aws.ACCESS_POINT, "door"),
            made(BESIDE, accessPointArn=point.arn, policy=granting("*")),
        ],
    },
    undecided=unclear(ACCESS_POINTS),
    not_applicable={"no policy": made(aws.ACCESS_POINT)},
    mutation=put("policy", granting("*")),
)
