from rampart_policies import aws
from tests.policies.fixture import Fixture, drop
from tests.policies.stacks import made
from tests.policies.web_acls import METRIC, RATE

ACL = made(aws.WAF_ACL, "firewall", rules=[RATE], visibilityConfig=METRIC)

FIXTURE = Fixture(
    holds={"logged": [ACL, made(aws.WAF_LOGGING, resourceArn=ACL.arn)]},
    breaks={
        "none": ACL,
        "another's": [ACL, made(aws.WAF_LOGGING, resourceArn="arn:aws:wafv2:::webacl/x")],
    },
    mutation=drop(aws.WAF_LOGGING),
)
