from rampart_policies import aws
from rampart_policies.values import SECRET
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

KEY = made(aws.KMS_KEY, "key")

FIXTURE = Fixture(
    holds={
        "ours": [made(aws.SSM_PARAMETER, type="SecureString", keyId=KEY.arn, value=SECRET), KEY],
    },
    breaks={
        "the account's key": made(aws.SSM_PARAMETER, type="SecureString", value=SECRET),
        "the account's key, by name": made(
            aws.SSM_PARAMETER, type="SecureString", keyId="alias/aws/ssm", value=SECRET
        ),
    },
    not_applicable={"a plain one": made(aws.SSM_PARAMETER, name="/shop/size", type="String")},
    mutation=put("keyId", "alias/aws/ssm"),
)
