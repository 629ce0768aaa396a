from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"own key": made(aws.SQS_QUEUE, kmsMasterKeyId="arn:aws:kms:::key/1")},
    breaks={
        "SQS's own": made(aws.SQS_QUEUE, sqsManagedSseEnabled=True),
        "the default key": made(aws.SQS_QUEUE, kmsMasterKeyId="alias/aws/sqs"),
    },
    mutation=put("kmsMasterKeyId", None),
    also=("data-class-key",),
)
