from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"a key": made(aws.LOG_GROUP, kmsKeyId="arn:aws:kms:::key/1")},
    breaks={"none": made(aws.LOG_GROUP)},
    mutation=put("kmsKeyId", None),
)
