from rampart_policies import aws
from tests.policies.fixture import Fixture, drop
from tests.policies.stacks import made

API = made(aws.REST_API, "shop")
STAGE = made(aws.API_STAGE, "live", restApi=API.id)
PRIVATE = made(aws.REST_API, "inside", endpointConfiguration={"types": "PRIVATE"})
ASSOCIATION = made(aws.WAF_ASSOCIATION, resourceArn=STAGE.arn, webAclArn="arn:aws:wafv2:::acl/1")

FIXTURE = Fixture(
    holds={"associated": [API, STAGE, ASSOCIATION]},
    breaks={
        "none": [API, STAGE],
        "another's": [API, STAGE, made(aws.WAF_ASSOCIATION, resourceArn="arn:aws:elb:::x")],
    },
    not_applicable={"a private API": [PRIVATE, made(aws.API_STAGE, "live", restApi=PRIVATE.id)]},
    mutation=drop(aws.WAF_ASSOCIATION),
)
