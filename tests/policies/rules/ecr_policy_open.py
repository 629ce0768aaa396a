from rampart_policies import aws
from rampart_policies.resource_policies import IMAGES
from tests.policies.carriers import FROM_US, granting, open_wide, opened, unclear, well_kept
from tests.policies.fixture import Fixture
from tests.policies.stacks import made

LAMBDA = {"Service": "lambda.amazonaws.com"}
RULED_OUT = {"ArnLike": {"aws:SourceArn": "arn:aws:lambda:*:*:function:*"}}

FIXTURE = Fixture(
    holds=well_kept(IMAGES)
    | {
        "Lambda for this account": made(aws.ECR_POLICY, policy=granting(LAMBDA, Condition=FROM_US)),
    },
    breaks=open_wide(IMAGES)
    | {
        "Lambda for anyone": made(aws.ECR_POLICY, policy=granting(LAMBDA)),
        "Lambda for anyone's function": made(
            aws.ECR_POLICY, policy=granting(LAMBDA, Condition=RULED_OUT)
        ),
    },
    undecided=unclear(IMAGES),
    mutation=opened("policy"),
)
