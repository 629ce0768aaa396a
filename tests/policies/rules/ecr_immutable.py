from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"on": made(aws.ECR_REPOSITORY, imageTagMutability="IMMUTABLE")},
    breaks={
        "the default": made(aws.ECR_REPOSITORY),
        "off": made(aws.ECR_REPOSITORY, imageTagMutability="MUTABLE"),
        "but some": made(aws.ECR_REPOSITORY, imageTagMutability="IMMUTABLE_WITH_EXCLUSION"),
    },
    mutation=put("imageTagMutability", "MUTABLE"),
    also=("lambda-image-digest",),
)
