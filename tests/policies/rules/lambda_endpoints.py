from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, drop
from tests.policies.networks import ROUTES, VPC, private
from tests.policies.stacks import Made, allow, document, made

ROLE = made(aws.IAM_ROLE, "worker-role", assumeRolePolicy="{}")
QUEUE, TABLE = "arn:aws:sqs:eu-west-1:1:jobs", "arn:aws:dynamodb:eu-west-1:1:table/orders"


def granted(*statements: dict[str, Any]) -> list[Made]:
    return [
        *private(role=ROLE.arn),
        ROLE,
        made(aws.IAM_ROLE_POLICY, role=ROLE.id, policy=document(*statements)),
    ]


def endpoint(service: str, **inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(
        aws.VPC_ENDPOINT,
        service,
        vpcId=VPC.id,
        serviceName=f"com.amazonaws.eu-west-1.{service}",
        **inputs,
    )


SQS = endpoint("sqs", vpcEndpointType="Interface", privateDnsEnabled=True)
DYNAMODB = endpoint("dynamodb", vpcEndpointType="Gateway", routeTableIds=[ROUTES.id])
USES_BOTH = granted(allow("sqs:SendMessage", QUEUE), allow("dynamodb:GetItem", TABLE))
TO_NAT = made(aws.ROUTE, "out", routeTableId=ROUTES.id, destinationCidrBlock="0.0.0.0/0")

FIXTURE = Fixture(
    holds={
        "an endpoint of each": [*USES_BOTH, SQS, DYNAMODB],
        "associated beside it": [
            *USES_BOTH,
            SQS,
            endpoint("dynamodb"),
            made(aws.VPC_ENDPOINT_ROUTE_TABLE, vpcEndpointId="dynamodb", routeTableId=ROUTES.id),
        ],
        "what Lambda calls for it": granted(
            allow(["logs:PutLogEvents", "xray:PutTraceSegments", "ec2:CreateNetworkInterface"])
        ),
        "a key that other services use": granted(
            allow("kms:Decrypt", Condition={"StringEquals": {"kms:ViaService": "sqs"}})
        ),
    },
    breaks={
        "one is missing": [*USES_BOTH, DYNAMODB],
        "of another network": [
            *granted(allow("sqs:SendMessage", QUEUE)),
            SQS | {"inputs": {**SQS["inputs"], "vpcId": "vpc-2"}},
        ],
        "a gateway without route": [
            *USES_BOTH,
            SQS,
            endpoint("dynamodb", vpcEndpointType="Gateway", routeTableIds=["rtb-2"]),
        ],
        "not found by name": [*USES_BOTH, DYNAMODB, endpoint("sqs", vpcEndpointType="Interface")],
    },
    undecided={"a role of another stack": private(role="arn:aws:iam::111122223333:role/theirs")},
    not_applicable={
        "in no VPC": made(aws.LAMBDA_FUNCTION),
        "it goes over the internet": [*USES_BOTH, TO_NAT],
    },
    mutation=drop(aws.VPC_ENDPOINT),
)
