from rampart_policies import aws
from tests.policies.fixture import Fixture, drop
from tests.policies.stacks import made

REPOSITORY = made(aws.ECR_REPOSITORY, "library")

FIXTURE = Fixture(
    holds={"one": [REPOSITORY, made(aws.ECR_LIFECYCLE, repository=REPOSITORY.id, policy="{}")]},
    breaks={
        "none": REPOSITORY,
        "another repository's": [
            REPOSITORY,
            made(aws.ECR_LIFECYCLE, repository="other", policy="{}"),
        ],
    },
    mutation=drop(aws.ECR_LIFECYCLE),
)
