from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

REPOSITORY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/models"


def image(uri: str | None) -> Made:
    return made(aws.LAMBDA_FUNCTION, packageType="Image", imageUri=uri)


FIXTURE = Fixture(
    holds={
        "a digest": image(f"{REPOSITORY}@sha256:{'0' * 64}"),
        "tag and digest": image(f"{REPOSITORY}:v1@sha256:{'a' * 64}"),
    },
    breaks={
        "a tag": image(f"{REPOSITORY}:v1"),
        "the latest": image(REPOSITORY),
        "a short digest": image(f"{REPOSITORY}@sha256:abc"),
        "nothing": image(None),
    },
    not_applicable={"a zip": made(aws.LAMBDA_FUNCTION, runtime="python3.13")},
    mutation=put("imageUri", f"{REPOSITORY}:latest"),
)
