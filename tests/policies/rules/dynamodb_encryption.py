from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

KEY = made(aws.KMS_KEY, "key")


def table(**encryption: object) -> Made:
    return made(aws.DYNAMODB_TABLE, serverSideEncryption=encryption)


FIXTURE = Fixture(
    holds={"ours": [table(enabled=True, kmsKeyArn=KEY.arn), KEY]},
    breaks={
        "none": made(aws.DYNAMODB_TABLE),
        "the account's key": table(enabled=True),
        "the account's key, by name": table(enabled=True, kmsKeyArn="alias/aws/dynamodb"),
        "switched off": table(enabled=False, kmsKeyArn=KEY.arn),
    },
    mutation=put("serverSideEncryption", None),
    also=("data-class-key",),
)
