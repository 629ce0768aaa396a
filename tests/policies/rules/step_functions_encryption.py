from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

KEY = "arn:aws:kms:eu-west-1:111122223333:key/one"


def machine(**config: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.STATE_MACHINE, encryptionConfiguration=config)


FIXTURE = Fixture(
    holds={"a key of ours": machine(type="CUSTOMER_MANAGED_KMS_KEY", kmsKeyId=KEY)},
    breaks={
        "nothing said": made(aws.STATE_MACHINE),
        "a key of AWS": machine(type="AWS_OWNED_KEY"),
        "no key": machine(type="CUSTOMER_MANAGED_KMS_KEY"),
    },
    mutation=put("encryptionConfiguration", {}),
)
