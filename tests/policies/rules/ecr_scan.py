from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"on": made(aws.ECR_REPOSITORY, imageScanningConfiguration={"scanOnPush": True})},
    breaks={
        "none": made(aws.ECR_REPOSITORY),
        "off": made(aws.ECR_REPOSITORY, imageScanningConfiguration={"scanOnPush": False}),
    },
    mutation=put("imageScanningConfiguration.scanOnPush", value=False),
)
