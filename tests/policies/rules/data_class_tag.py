from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import made

FIXTURE = Fixture(
    holds={
        "a bucket": made(aws.BUCKET[0], tags={"data-class": "public"}),
        "a table": made(aws.DYNAMODB_TABLE, tags={"data-class": "personal", "owner": "search"}),
    },
    breaks={
        "no tags": made(aws.SQS_QUEUE),
        "another tag": made(aws.BUCKET[0], tags={"owner": "search"}),
        "another word": made(aws.DYNAMODB_TABLE, tags={"data-class": "secret"}),
        "empty": made(aws.RDS_CLUSTER, tags={"data-class": ""}),
    },
    mutation=put("tags", {"owner": "search"}),
)
