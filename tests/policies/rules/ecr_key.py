from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

KEY = made(aws.KMS_KEY, "key")


def repository(**encryption: str) -> Made:
    return made(aws.ECR_REPOSITORY, encryptionConfigurations=[encryption])


FIXTURE = Fixture(
    holds={"ours": [repository(encryptionType="KMS", kmsKey=KEY.arn), KEY]},
    breaks={
        "none": made(aws.ECR_REPOSITORY),
        "the key of ECR": repository(encryptionType="AES256"),
        "a key that is not used": repository(encryptionType="AES256", kmsKey=KEY.arn),
        "the account's": repository(encryptionType="KMS"),
        "the account's, by name": repository(encryptionType="KMS", kmsKey="alias/aws/ecr"),
    },
    mutation=put("encryptionConfigurations", []),
)
