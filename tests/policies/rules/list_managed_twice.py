from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, made


def gateway(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.VPC_ENDPOINT, "s3", vpcEndpointType="Gateway", **inputs)


def association(table: str) -> Made:
    return made(aws.VPC_ENDPOINT_ROUTE_TABLE, table, vpcEndpointId="s3", routeTableId=table)


def group(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.SECURITY_GROUP, "group", **inputs)


def rule(kind: str, port: int) -> Made:
    return made(kind, securityGroupId="group", fromPort=port, toPort=port)


HTTPS = [{"fromPort": 443, "toPort": 443, "protocol": "tcp"}]
ROUTES = made(aws.ROUTE_TABLE[0], "routes", routes=[{"cidrBlock": "10.1.0.0/16"}])
ROLE = made(aws.IAM_ROLE, "worker", managedPolicyArns=["arn:aws:iam::aws:policy/One"])
OWN = made(aws.IAM_ROLE, "worker", inlinePolicies=[{"name": "own", "policy": "{}"}])


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Give the gateway a list of its own, besides those who add to it."""
    judged["inputs"]["routeTableIds"] = ["rtb-other"]
    return resources


FIXTURE = Fixture(
    holds={
        "by associations": [gateway(), association("rtb-a"), association("rtb-b")],
        "by its list": gateway(routeTableIds=["rtb-a"]),
        "read back": [gateway(routeTableIds=["rtb-a"]), association("rtb-a")],
        "rules of a group": [group(), rule(aws.SECURITY_GROUP_EGRESS_RULE, 443)],
        "one direction each way": [
            group(egress=HTTPS),
            rule(aws.SECURITY_GROUP_INGRESS_RULE, 80),
        ],
        "routes": [ROUTES],
        "an attached policy": [
            ROLE,
            made(
                aws.IAM_ROLE_POLICY_ATTACHMENT,
                role="worker",
                policyArn="arn:aws:iam::aws:policy/One",
            ),
        ],
    },
    breaks={
        "a gateway": [gateway(routeTableIds=["rtb-a"]), association("rtb-b")],
        "an interface": [
            made(aws.VPC_ENDPOINT, "s3", subnetIds=["subnet-a"]),
            made(
                "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
                vpcEndpointId="s3",
                subnetId="subnet-b",
            ),
        ],
        "rules of a group": [group(egress=HTTPS), rule(aws.SECURITY_GROUP_EGRESS_RULE, 5432)],
        "the older rule": [group(egress=HTTPS), rule(aws.SECURITY_GROUP_RULE, 5432)],
        "routes": [
            ROUTES,
            made(aws.ROUTE, routeTableId="routes", destinationCidrBlock="0.0.0.0/0"),
        ],
        "an attached policy": [
            ROLE,
            made(
                aws.IAM_ROLE_POLICY_ATTACHMENT,
                role="worker",
                policyArn="arn:aws:iam::aws:policy/Two",
            ),
        ],
        "a policy of the role": [OWN, made(aws.IAM_ROLE_POLICY, role="worker", name="other")],
        "an access list": [
            made("aws:ec2/networkAcl:NetworkAcl", "acl", ingress=[{"ruleNo": 100}]),
            made("aws:ec2/networkAclRule:NetworkAclRule", networkAclId="acl", ruleNumber=200),
        ],
    },
    not_applicable={"neither": gateway()},
    mutation=change,
)
