import json

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

BY_ARN: dict[str, object] = {"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::papers"}}
BY_ACCOUNT: dict[str, object] = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def policy(condition: dict[str, object], service: str = "s3") -> Made:
    statement = allow(
        "sqs:SendMessage",
        "arn:aws:sqs:::jobs",
        Principal={"Service": f"{service}.amazonaws.com"},
        Condition=condition,
    )
    return made(aws.SQS_QUEUE_POLICY, queueUrl="jobs", policy=document(statement))


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Take the account away from what the judged policy tests."""
    content = json.loads(judged["inputs"]["policy"])
    for statement in content["Statement"]:
        statement.get("Condition", {}).pop("StringEquals", None)
    judged["inputs"]["policy"] = json.dumps(content)
    return resources


FIXTURE = Fixture(
    holds={
        "as older policies write it": policy(
            BY_ACCOUNT | {"ArnLike": {"aws:SourceArn": "arn:aws:s3:*:*:papers"}}
        ),
        "both": policy(BY_ARN | BY_ACCOUNT),
        "a topic": made(
            aws.SNS_TOPIC_POLICY,
            arn="arn:aws:sns:::news",
            policy=policy(BY_ARN | BY_ACCOUNT)["inputs"]["policy"],
        ),
    },
    breaks={
        "any bucket": policy(BY_ACCOUNT | {"ArnLike": {"aws:SourceArn": "arn:aws:s3:*:*:*"}}),
        "any bucket of that prefix": policy(
            BY_ACCOUNT | {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::papers*"}}
        ),
        "any account": policy(BY_ARN | {"StringLike": {"aws:SourceAccount": "*"}}),
        "the account, if it is said": policy(
            BY_ARN | {"StringEqualsIfExists": BY_ACCOUNT["StringEquals"]}
        ),
        "only the bucket": policy(BY_ARN),
        "only the account": policy(BY_ACCOUNT),
        "neither": policy({}),
    },
    not_applicable={
        "another service": policy(BY_ARN, "events"),
        "no policy": made(aws.SQS_QUEUE),
    },
    mutation=change,
)
