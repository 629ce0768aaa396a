from rampart_policies import aws
from tests.policies.fixture import Fixture, drop
from tests.policies.stacks import Made, made

API = made(aws.APPSYNC_API, "shop")


def association(arn: str) -> Made:
    return made(aws.WAF_ASSOCIATION, resourceArn=arn, webAclArn="arn:aws:wafv2:::acl")


FIXTURE = Fixture(
    holds={"associated": [API, association(API.arn)]},
    breaks={"none": API, "another's": [API, association("arn:aws:appsync:::apis/other")]},
    not_applicable={"private": made(aws.APPSYNC_API, visibility="PRIVATE")},
    mutation=drop(aws.WAF_ASSOCIATION),
)
