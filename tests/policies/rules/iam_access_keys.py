from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"switched off": made(aws.IAM_ACCESS_KEY, user="ci", status="Inactive")},
    breaks={
        "by default": made(aws.IAM_ACCESS_KEY, user="ci"),
        "active": made(aws.IAM_ACCESS_KEY, user="ci", status="Active"),
        "encrypted for somebody": made(aws.IAM_ACCESS_KEY, user="ci", pgpKey="keybase:a"),
    },
    mutation=put("status", "Active"),
)
