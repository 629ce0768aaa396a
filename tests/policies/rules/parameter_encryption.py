from rampart_policies import aws
from rampart_policies.values import SECRET
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

KEY = made(aws.KMS_KEY, "key")


def plain(name: str, value: str) -> Made:
    return made(aws.SSM_PARAMETER, name=name, type="String", value=value)


FIXTURE = Fixture(
    holds={
        "ours": [made(aws.SSM_PARAMETER, type="SecureString", keyId=KEY.arn, value=SECRET), KEY],
        "a setting": plain("/shop/page-size", "20"),
        "where a secret lies": plain("/shop/db-password", "arn:aws:secretsmanager:::secret:db"),
    },
    breaks={
        "the account's key": made(aws.SSM_PARAMETER, type="SecureString", value=SECRET),
        "the account's key, by name": made(
            aws.SSM_PARAMETER, type="SecureString", keyId="alias/aws/ssm", value=SECRET
        ),
        "a telling name": plain("/shop/openai-api-key", "abc"),
        "a telling shape": plain("/shop/setting", "AKIAIOSFODNN7EXAMPLE"),
        "marked, with a telling name": plain("/shop/dbPassword", SECRET),
        "a telling name in camel case": plain("/shop/dbPassword", "hunter2"),
        "not even hidden": made(
            aws.SSM_PARAMETER, name="/shop/password", type="String", insecureValue="hunter2"
        ),
    },
    undecided={"marked, as every SDK does": plain("/shop/setting", SECRET)},
    mutation=put("keyId", "alias/aws/ssm"),
)
