import json
from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

LOGIN = f"arn:aws:rds-db:eu-west-1:{ACCOUNT}:dbuser:*"
OURS = {"StringEquals": {"aws:ResourceAccount": ACCOUNT}}


def policy(*statements: dict[str, Any]) -> Made:
    return made(aws.IAM_ROLE_POLICY, role="worker", policy=document(*statements))


def inline(*statements: dict[str, Any]) -> Made:
    return made(aws.IAM_ROLE, inlinePolicies=[{"name": "own", "policy": document(*statements)}])


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Add a statement of which no login ever comes true."""
    statements = json.loads(judged["inputs"]["policy"])["Statement"]
    never = {"Effect": "Deny", "Action": "rds-db:connect", "Resource": LOGIN, "Condition": OURS}
    judged["inputs"]["policy"] = document(*statements, never)
    return resources


FIXTURE = Fixture(
    holds={
        "an action that sends it": policy(allow("s3:GetObject", "*", Condition=OURS)),
        "a login without it": policy(allow("rds-db:connect", LOGIN)),
        "where it exists": policy(
            allow(
                "rds-db:connect",
                LOGIN,
                Condition={"StringEqualsIfExists": {"aws:ResourceAccount": ACCOUNT}},
            )
        ),
        "a key of the caller": policy(
            allow("rds-db:*", Condition={"StringEquals": {"aws:PrincipalAccount": ACCOUNT}})
        ),
        "anything": policy(allow("*", Condition=OURS)),
        "the key's absence": policy(
            allow("rds-db:connect", Condition={"Null": {"aws:ResourceAccount": "true"}})
        ),
        "in the role": inline(allow("rds-db:connect", LOGIN)),
    },
    breaks={
        "a login": policy(allow("rds-db:connect", LOGIN, Condition=OURS)),
        "a login among others": policy(allow(["s3:GetObject", "rds-db:*"], Condition=OURS)),
        "a permissions boundary": [
            made(aws.IAM_POLICY, "limit", policy=document(allow("rds-db:connect", Condition=OURS))),
            made(aws.IAM_ROLE, permissionsBoundary=made(aws.IAM_POLICY, "limit").arn),
        ],
        "by the organisation": policy(
            allow("rds-db:connect", Condition={"StringLike": {"aws:ResourceOrgID": "o-1"}})
        ),
        "a trace": policy(allow("xray:PutTraceSegments", Condition=OURS)),
        "a copy of a snapshot": policy(allow("ec2:CopySnapshot", Condition=OURS)),
        "in the role": inline(allow("rds-db:connect", Condition=OURS)),
        "a deny that never applies": policy(
            {"Effect": "Deny", "Action": "rds-db:connect", "Resource": "*", "Condition": OURS}
        ),
    },
    mutation=change,
)
