from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={"signed": made(aws.LAMBDA_FUNCTION, codeSigningConfigArn="arn:aws:lambda:::csc:1")},
    breaks={"unsigned": made(aws.LAMBDA_FUNCTION, packageType="Zip")},
    not_applicable={"an image": made(aws.LAMBDA_FUNCTION, packageType="Image")},
    mutation=put("codeSigningConfigArn", None),
)
