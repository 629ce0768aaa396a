from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={
        "the owner": made(aws.BUCKET_OWNERSHIP, rule={"objectOwnership": "BucketOwnerEnforced"})
    },
    breaks={
        "the uploader": made(aws.BUCKET_OWNERSHIP, rule={"objectOwnership": "ObjectWriter"}),
        "preferred": made(aws.BUCKET_OWNERSHIP, rule={"objectOwnership": "BucketOwnerPreferred"}),
        "none": made(aws.BUCKET_OWNERSHIP),
    },
    mutation=put("rule.objectOwnership", "ObjectWriter"),
)
