from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={
        "on": made(aws.KMS_KEY, enableKeyRotation=True),
        "on, each quarter": made(aws.KMS_KEY, enableKeyRotation=True, rotationPeriodInDays=90),
        "on, symmetric": made(
            aws.KMS_KEY, enableKeyRotation=True, customerMasterKeySpec="SYMMETRIC_DEFAULT"
        ),
    },
    breaks={
        "none": made(aws.KMS_KEY),
        "on, every seven years": made(
            aws.KMS_KEY, enableKeyRotation=True, rotationPeriodInDays=2560
        ),
        "off": made(aws.KMS_KEY, enableKeyRotation=False),
    },
    not_applicable={
        "asymmetric": made(aws.KMS_KEY, customerMasterKeySpec="RSA_2048"),
        "HMAC": made(aws.KMS_KEY, customerMasterKeySpec="HMAC_256"),
    },
    mutation=put("enableKeyRotation", value=False),
)
