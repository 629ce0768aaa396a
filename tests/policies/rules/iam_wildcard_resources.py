from tests.policies.fixture import Fixture
from tests.policies.identities import ORDERLY, boundary, granted, granting
from tests.policies.stacks import allow

FIXTURE = Fixture(
    holds=ORDERLY
    | {
        "actions without resource": granted(allow(["xray:PutTraceSegments"], "*")),
        "objects of one bucket": granted(allow("s3:GetObject", "arn:aws:s3:::papers/*")),
    },
    breaks={
        "anything": granted(allow("dynamodb:GetItem", "*")),
        "any table": granted(allow("dynamodb:GetItem", "arn:aws:dynamodb:*:*:table/*")),
        "any bucket": granted(allow("s3:GetObject", "arn:aws:s3:::*")),
        "all but one": granted(
            {"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::x"}
        ),
        "mixed": granted(allow(["xray:PutTraceSegments", "sqs:SendMessage"], "*")),
    },
    not_applicable={"a permissions boundary": boundary(allow("dynamodb:GetItem", "*"))},
    mutation=granting(allow("dynamodb:GetItem", "*")),
)
