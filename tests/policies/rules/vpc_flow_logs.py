from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

NETWORK = made(aws.VPC, "network")

FIXTURE = Fixture(
    holds={
        "all": [NETWORK, made(aws.FLOW_LOG, vpcId=NETWORK.id, trafficType="ALL")],
        "refused": [NETWORK, made(aws.FLOW_LOG, vpcId=NETWORK.id, trafficType="REJECT")],
    },
    breaks={
        "none": NETWORK,
        "only accepted": [NETWORK, made(aws.FLOW_LOG, vpcId=NETWORK.id, trafficType="ACCEPT")],
        "another network's": [NETWORK, made(aws.FLOW_LOG, vpcId="other", trafficType="ALL")],
    },
    mutation=put("trafficType", "ACCEPT", on=aws.FLOW_LOG),
)
