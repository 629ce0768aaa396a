from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"our key": made(aws.SNS_TOPIC, kmsMasterKeyId="arn:aws:kms:::key/1")},
    breaks={
        "none": made(aws.SNS_TOPIC),
        "SNS's own": made(aws.SNS_TOPIC, kmsMasterKeyId="alias/aws/sns"),
    },
    mutation=put("kmsMasterKeyId", ""),
)
