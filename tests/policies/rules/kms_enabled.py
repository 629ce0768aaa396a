from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={
        "the defaults": made(aws.KMS_KEY),
        "said": made(aws.KMS_KEY, isEnabled=True, deletionWindowInDays=30),
    },
    breaks={
        "disabled": made(aws.KMS_KEY, isEnabled=False),
        "gone in a week": made(aws.KMS_KEY, deletionWindowInDays=7),
    },
    mutation=put("isEnabled", value=False),
)
