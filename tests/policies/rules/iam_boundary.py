from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, document, made

LIMIT = f"arn:aws:iam::{ACCOUNT}:policy/limit"


def role(service: str, **inputs: str) -> Made:
    trust = {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"Service": f"{service}.amazonaws.com"},
    }
    return made(aws.IAM_ROLE, "worker", assumeRolePolicy=document(trust), **inputs)


FIXTURE = Fixture(
    holds={"bounded": role("lambda", permissionsBoundary=LIMIT)},
    breaks={
        "unbounded": role("lambda"),
        "empty": role("lambda", permissionsBoundary=""),
    },
    not_applicable={"a network's": role("vpc-flow-logs")},
    mutation=put("permissionsBoundary", None),
)
