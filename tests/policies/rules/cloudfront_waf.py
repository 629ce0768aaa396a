from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"one": made(aws.CLOUDFRONT_DISTRIBUTION, webAclId="arn:aws:wafv2:::global/webacl/x")},
    breaks={"none": made(aws.CLOUDFRONT_DISTRIBUTION)},
    mutation=put("webAclId", ""),
)
