from tests.policies.fixture import Fixture
from tests.policies.identities import ORDERLY, OWN, attached, boundary, granted, granting
from tests.policies.stacks import allow

FIXTURE = Fixture(
    holds=ORDERLY
    | {
        "named": granted(allow(["ec2:DescribeSubnets", "sqs:ListQueues"])),
        "wider, another rule's subject": granted(allow("ec2:*")),
    },
    breaks={
        "descriptions": granted(allow("ec2:Describe*")),
        "a part of them": attached(allow("ec2:DescribeVpc*")),
        "lists": granted(allow(["sqs:SendMessage", "sqs:List*"])),
    },
    not_applicable={"a permissions boundary": boundary(allow("ec2:Describe*"))},
    mutation=granting(allow("iam:List*", OWN)),
)
