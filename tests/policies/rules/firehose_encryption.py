from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

KEY = "arn:aws:kms:eu-west-1:111122223333:key/x"


def stream(**encryption: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.FIREHOSE, serverSideEncryption=encryption)


FIXTURE = Fixture(
    holds={"ours": stream(enabled=True, keyType="CUSTOMER_MANAGED_CMK", keyArn=KEY)},
    breaks={
        "none": made(aws.FIREHOSE),
        "off": stream(enabled=False, keyType="CUSTOMER_MANAGED_CMK", keyArn=KEY),
        "the service's": stream(enabled=True),
        "a key that is not used": stream(enabled=True, keyType="AWS_OWNED_CMK", keyArn=KEY),
    },
    not_applicable={
        "from a data stream": made(
            aws.FIREHOSE, kinesisSourceConfiguration={"kinesisStreamArn": "arn:aws:kinesis:::x"}
        )
    },
    mutation=put("serverSideEncryption", {}),
)
