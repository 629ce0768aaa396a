from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, allow, document, made

OURS = {"StringEquals": {"aws:PrincipalAccount": ACCOUNT, "aws:ResourceAccount": ACCOUNT}}
NARROW = document(allow("*", Principal="*", Condition=OURS))
OPEN = document(allow("*", Principal="*"))
ENDPOINT = made(aws.VPC_ENDPOINT, "s3", vpcEndpointType="Gateway")

FIXTURE = Fixture(
    holds={
        "ours": made(aws.VPC_ENDPOINT, vpcEndpointType="Interface", policy=NARROW),
        "beside the endpoint": [
            ENDPOINT,
            made(aws.VPC_ENDPOINT_POLICY, vpcEndpointId=ENDPOINT.id, policy=NARROW),
        ],
    },
    breaks={
        "the default": made(aws.VPC_ENDPOINT, vpcEndpointType="Interface"),
        "the default, of a gateway": ENDPOINT,
        "the default, written out": made(aws.VPC_ENDPOINT, policy=OPEN),
        "our credentials, anyone's bucket": made(
            aws.VPC_ENDPOINT,
            policy=document(
                allow(
                    "s3:PutObject",
                    Principal="*",
                    Condition={"StringEquals": {"aws:PrincipalAccount": ACCOUNT}},
                )
            ),
        ),
        "beside the endpoint": [
            ENDPOINT,
            made(aws.VPC_ENDPOINT_POLICY, vpcEndpointId=ENDPOINT.id, policy=OPEN),
        ],
    },
    not_applicable={
        "a load balancer's": made(aws.VPC_ENDPOINT, vpcEndpointType="GatewayLoadBalancer")
    },
    mutation=put("policy", OPEN),
)
