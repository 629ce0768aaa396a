from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

LOG = {"destinationArn": "arn:aws:logs:::log-group:calls", "format": '{"id": "$context.requestId"}'}

FIXTURE = Fixture(
    holds={
        "REST": made(aws.API_STAGE, accessLogSettings=LOG),
        "HTTP": made(aws.HTTP_API_STAGE, accessLogSettings=LOG),
    },
    breaks={
        "nothing said": made(aws.API_STAGE),
        "only a format": made(aws.HTTP_API_STAGE, accessLogSettings={"format": "x"}),
        "quick create": made(aws.HTTP_API, protocolType="HTTP", target="arn:aws:lambda:x"),
        "a deployment that makes its stage": made(aws.API_DEPLOYMENT, stageName="live"),
    },
    not_applicable={
        "an API that makes no stage": made(aws.HTTP_API, protocolType="HTTP"),
        "a deployment without": made(aws.API_DEPLOYMENT),
    },
    mutation=put("accessLogSettings", {}),
)
