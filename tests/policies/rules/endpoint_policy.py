from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

OURS = {"aws:PrincipalAccount": ACCOUNT, "aws:ResourceAccount": ACCOUNT}
TABLES = f"arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/*"


def policy(resource: str = "*", operator: str = "StringEquals", **keys: str) -> str:
    tested = {name.replace("_", ":"): value for name, value in keys.items()} or OURS
    return document(allow("*", resource, Principal="*", Condition={operator: tested}))


NARROW = policy()
OPEN = document(allow("*", Principal="*"))
ENDPOINT = made(aws.VPC_ENDPOINT, "s3", vpcEndpointType="Gateway")


def endpoint(document: str) -> Made:
    return made(aws.VPC_ENDPOINT, vpcEndpointType="Interface", policy=document)


def beside(document: str) -> Made:
    return made(aws.VPC_ENDPOINT_POLICY, vpcEndpointId=ENDPOINT.id, policy=document)


FIXTURE = Fixture(
    holds={
        "ours": endpoint(NARROW),
        "our organisation": endpoint(
            policy(aws_PrincipalOrgID="o-a1b2c3d4e5", aws_ResourceOrgID="o-a1b2c3d4e5")
        ),
        "the same organisation": endpoint(
            policy(aws_PrincipalAccount=ACCOUNT, aws_ResourceOrgID="${aws:PrincipalOrgID}")
        ),
        "named tables": endpoint(policy(TABLES, aws_PrincipalAccount=ACCOUNT)),
        "a named bucket": endpoint(policy("arn:aws:s3:::papers/*", aws_PrincipalAccount=ACCOUNT)),
        "beside the endpoint": [ENDPOINT, beside(NARROW)],
        "of an endpoint elsewhere": beside(NARROW),
    },
    breaks={
        "the default": made(aws.VPC_ENDPOINT, vpcEndpointType="Interface"),
        "the default, of a gateway": ENDPOINT,
        "the default, written out": endpoint(OPEN),
        "without principals": endpoint(document(allow("*"))),
        "our credentials, anyone's bucket": endpoint(policy(aws_PrincipalAccount=ACCOUNT)),
        "our credentials, any bucket with a name": endpoint(
            policy("arn:aws:s3:::?*", aws_PrincipalAccount=ACCOUNT)
        ),
        "our credentials, any table": endpoint(
            policy(TABLES.replace(ACCOUNT, "*"), aws_PrincipalAccount=ACCOUNT)
        ),
        "anyone's credentials, our resources": endpoint(policy(aws_ResourceAccount=ACCOUNT)),
        "any account, by wildcard": endpoint(
            policy(operator="StringLike", aws_PrincipalAccount="*", aws_ResourceAccount="*")
        ),
        "if it is said": endpoint(policy(operator="StringEqualsIfExists")),
        "beside the endpoint": [ENDPOINT, beside(OPEN)],
        "of an endpoint elsewhere": beside(OPEN),
    },
    not_applicable={
        "a load balancer's": made(aws.VPC_ENDPOINT, vpcEndpointType="GatewayLoadBalancer")
    },
    mutation=put("policy", OPEN),
)
