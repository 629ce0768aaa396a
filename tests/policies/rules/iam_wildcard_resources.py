from tests.policies.fixture import Fixture
from tests.policies.identities import ORDERLY, boundary, granted, granting
from tests.policies.stacks import allow

FIXTURE = Fixture(
    holds=ORDERLY
    | {
        "actions without resource": granted(allow(["xray:PutTraceSegments"], "*")),
        "descriptions, which AWS grants on everything": granted(allow("ec2:Describe*", "*")),
        "logs, another rule's subject": granted(allow("logs:PutLogEvents", "arn:aws:logs:*:*:*")),
        "objects of one bucket": granted(allow("s3:GetObject", "arn:aws:s3:::papers/*")),
        "tables of one system": granted(
            allow("dynamodb:GetItem", "arn:aws:dynamodb:*:*:table/shop-*")
        ),
    },
    breaks={
        "anything": granted(allow("dynamodb:GetItem", "*")),
        "any table": granted(allow("dynamodb:GetItem", "arn:aws:dynamodb:*:*:table/*")),
        "any table, without the slash": granted(
            allow("dynamodb:GetItem", "arn:aws:dynamodb:*:*:table*")
        ),
        "any table with a name": granted(
            allow("dynamodb:GetItem", "arn:aws:dynamodb:*:*:table/?*")
        ),
        "any bucket": granted(allow("s3:GetObject", "arn:aws:s3:::*")),
        "any bucket with a name": granted(allow("s3:GetObject", "arn:aws:s3:::?*")),
        "any object": granted(allow("s3:GetObject", "arn:aws:s3:::?*/*")),
        "all but one": granted(
            {"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::x"}
        ),
        "mixed": granted(allow(["xray:PutTraceSegments", "sqs:SendMessage"], "*")),
        "descriptions that know resources": granted(allow("dynamodb:Describe*", "*")),
        "reading logs": granted(allow("logs:GetLogEvents", "arn:aws:logs:*:*:*")),
    },
    not_applicable={"a permissions boundary": boundary(allow("dynamodb:GetItem", "*"))},
    mutation=granting(allow("dynamodb:GetItem", "*")),
)
