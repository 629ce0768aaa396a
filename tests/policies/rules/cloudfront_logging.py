from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

SITE = made(aws.CLOUDFRONT_DISTRIBUTION, "site")


def delivery(arn: str) -> Made:
    return made(aws.LOG_DELIVERY_SOURCE, resourceArn=arn, logType="ACCESS_LOGS")


FIXTURE = Fixture(
    holds={
        "to a bucket": made(
            aws.CLOUDFRONT_DISTRIBUTION, loggingConfig={"bucket": "logs.s3.amazonaws.com"}
        ),
        "by a delivery": [SITE, delivery(SITE.arn)],
    },
    breaks={"none": SITE, "another's": [SITE, delivery("arn:aws:cloudfront::1:distribution/x")]},
    mutation=put("loggingConfig", {}),
)
