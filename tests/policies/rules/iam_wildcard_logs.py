from tests.policies.fixture import Fixture
from tests.policies.identities import ORDERLY, boundary, granted, granting
from tests.policies.stacks import ACCOUNT, allow

WRITES = ["logs:CreateLogStream", "logs:PutLogEvents"]
OWN_GROUP = f"arn:aws:logs:eu-west-1:{ACCOUNT}:log-group:/aws/lambda/worker:*"

FIXTURE = Fixture(
    holds=ORDERLY
    | {
        "its own": granted(allow(WRITES, OWN_GROUP)),
        "reading, another rule's subject": granted(allow("logs:GetLogEvents", "*")),
    },
    breaks={
        "as often copied": granted(allow(WRITES, "arn:aws:logs:*:*:*")),
        "everything": granted(allow("logs:PutLogEvents", "*")),
        "every group": granted(allow("logs:CreateLogGroup", "arn:aws:logs:*:*:log-group:*")),
    },
    not_applicable={"a permissions boundary": boundary(allow(WRITES, "*"))},
    mutation=granting(allow(WRITES, "arn:aws:logs:*:*:*")),
    also=("iam-grant-targets",),
)
