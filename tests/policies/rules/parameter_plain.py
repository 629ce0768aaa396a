from rampart_policies import aws
from rampart_policies.values import SECRET
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, made


def plain(name: str, value: str) -> Made:
    return made(aws.SSM_PARAMETER, name=name, type="String", value=value)


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Write a secret as a plain String."""
    judged["inputs"] |= {"type": "String", "value": "AKIAIOSFODNN7EXAMPLE"}
    return resources


FIXTURE = Fixture(
    holds={
        "encrypted": made(aws.SSM_PARAMETER, name="/shop/password", type="SecureString"),
        "a setting": plain("/shop/page-size", "20"),
        "where a secret lies": plain("/shop/db-password", "arn:aws:secretsmanager:::secret:db"),
    },
    breaks={
        "a telling name": plain("/shop/openai-api-key", "abc"),
        "a telling shape": plain("/shop/setting", "AKIAIOSFODNN7EXAMPLE"),
        "marked, with a telling name": plain("/shop/dbPassword", SECRET),
        "a telling name in camel case": plain("/shop/dbPassword", "hunter2"),
        "not even hidden": made(
            aws.SSM_PARAMETER, name="/shop/password", type="String", insecureValue="hunter2"
        ),
    },
    undecided={"marked, as every SDK does": plain("/shop/setting", SECRET)},
    mutation=change,
)
