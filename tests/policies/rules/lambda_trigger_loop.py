import json
from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, allow, document, made

QUEUE, OTHER = made(aws.SQS_QUEUE, "jobs"), made(aws.SQS_QUEUE, "results")
TOPIC, TABLE = made(aws.SNS_TOPIC, "news"), made(aws.DYNAMODB_TABLE, "table/orders")
BUCKET, BUS = made(aws.BUCKET[0], "papers", bucket="papers"), made(aws.EVENT_BUS, "shop")
PUT_IN_WORK = allow("s3:PutObject", f"{BUCKET.arn}/work/*")
DEFAULT_BUS = made(aws.BUCKET_NOTIFICATION, bucket="papers", eventbridge=True)
UNLIKE = {"StringEqualsIfExists": {"events:detail-type": "OrderPaid", "events:source": "shop"}}


def function(name: str = "worker", *statements: dict[str, Any]) -> list[Made]:
    """A function and what its role is granted."""
    role = made(aws.IAM_ROLE, f"{name}-role", assumeRolePolicy="{}")
    policy = made(aws.IAM_ROLE_POLICY, f"{name}-policy", role=role.id, policy=document(*statements))
    return [role, policy, made(aws.LAMBDA_FUNCTION, name, role=role.arn)]


def reads(source: Made, name: str = "worker", *, behind: str = "") -> Made:
    return made(
        aws.LAMBDA_EVENT_SOURCE_MAPPING,
        f"{name}-reads",
        eventSourceArn=source.arn + behind,
        functionName=name,
    )


def subscribed(protocol: str, endpoint: str) -> Made:
    return made(aws.SNS_SUBSCRIPTION, topic=TOPIC.arn, protocol=protocol, endpoint=endpoint)


def told(prefix: str, event: str = "s3:ObjectCreated:*") -> Made:
    """The bucket's notification of the queue."""
    listener = {"queueArn": QUEUE.arn, "events": [event], "filterPrefix": prefix}
    return made(aws.BUCKET_NOTIFICATION, bucket="papers", queues=[listener])


def rule(pattern: dict[str, Any], bus: str = "default") -> list[Made]:
    """A rule that hands matching events to the queue."""
    matched = made(aws.EVENT_RULE, "matched", eventBusName=bus, eventPattern=json.dumps(pattern))
    return [matched, made(aws.EVENT_TARGET, rule="matched", arn=QUEUE.arn)]


def stored(*keys: Any) -> dict[str, Any]:  # noqa: ANN401  # matchers are any JSON
    """The pattern of objects created in the bucket."""
    detail = {"bucket": {"name": ["papers"]}, "object": {"key": [*keys]}}
    return {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": detail}


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Let the judged function invoke itself."""
    role = judged["inputs"]["role"].rpartition("/")[2]
    granted = document(allow("lambda:InvokeFunction", judged["outputs"]["arn"]))
    return [*resources, made(aws.IAM_ROLE_POLICY, "more", role=role, policy=granted)]


FIXTURE = Fixture(
    holds={
        "nothing sets it off": function("worker", allow("sqs:SendMessage", QUEUE.arn)),
        "another queue": [
            QUEUE,
            OTHER,
            *function("worker", allow("sqs:SendMessage", OTHER.arn)),
            reads(QUEUE),
        ],
        "reading is no writing": [
            QUEUE,
            *function("worker", allow("sqs:ReceiveMessage", QUEUE.arn)),
            reads(QUEUE),
        ],
        "another prefix": [
            BUCKET,
            QUEUE,
            told("uploads/"),
            reads(QUEUE),
            *function("worker", PUT_IN_WORK),
        ],
        "another event": [
            BUCKET,
            QUEUE,
            told("work/", "s3:ObjectRemoved:*"),
            reads(QUEUE),
            *function("worker", PUT_IN_WORK),
        ],
        "another kind of event": [
            BUS,
            QUEUE,
            reads(QUEUE),
            *rule({"detail-type": ["OrderPlaced"]}, "shop"),
            *function("worker", allow("events:PutEvents", BUS.arn, Condition=UNLIKE)),
        ],
        "objects elsewhere, over EventBridge": [
            BUCKET,
            DEFAULT_BUS,
            QUEUE,
            reads(QUEUE),
            *rule(stored({"prefix": "uploads/"})),
            *function("worker", PUT_IN_WORK),
        ],
        "objects excluded, over EventBridge": [
            BUCKET,
            DEFAULT_BUS,
            QUEUE,
            reads(QUEUE),
            *rule(stored({"anything-but": {"prefix": "work/"}})),
            *function("worker", PUT_IN_WORK),
        ],
    },
    breaks={
        "its own queue": [QUEUE, *function("worker", allow("sqs:*", QUEUE.arn)), reads(QUEUE)],
        "every queue": [QUEUE, *function("worker", allow("sqs:SendMessage", "*")), reads(QUEUE)],
        "queues of a name": [
            QUEUE,
            *function("worker", allow("sqs:SendMessage", f"{QUEUE.arn[:-2]}*")),
            reads(QUEUE),
        ],
        "itself": function(
            "worker",
            allow("lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:111122223333:function:worker"),
        ),
        "its own prefix": [
            BUCKET,
            QUEUE,
            told("work/"),
            reads(QUEUE),
            *function("worker", PUT_IN_WORK),
        ],
        "its own topic": [
            TOPIC,
            subscribed("lambda", "worker"),
            *function("worker", allow("sns:Publish", TOPIC.arn)),
        ],
        "its own topic, over a queue": [
            TOPIC,
            QUEUE,
            subscribed("sqs", QUEUE.arn),
            reads(QUEUE),
            *function("worker", allow("sns:Publish", TOPIC.arn)),
        ],
        "its own table": [
            TABLE,
            reads(TABLE, behind="/stream/2026"),
            *function("worker", allow("dynamodb:PutItem", TABLE.arn)),
        ],
        "any kind of event": [
            BUS,
            QUEUE,
            reads(QUEUE),
            *rule({"detail-type": ["OrderPaid"]}, "shop"),
            *function("worker", allow("events:PutEvents", BUS.arn)),
        ],
        "the account's own bus": [
            QUEUE,
            reads(QUEUE),
            *rule({"detail-type": ["OrderPaid"]}),
            *function(
                "worker", allow("events:PutEvents", "arn:aws:events:eu-west-1:1:event-bus/default")
            ),
        ],
        "its own objects, over EventBridge": [
            BUCKET,
            DEFAULT_BUS,
            QUEUE,
            reads(QUEUE),
            *rule(stored({"wildcard": "*/*.pdf"})),
            *function("worker", PUT_IN_WORK),
        ],
        "another function between": [
            QUEUE,
            OTHER,
            *function("worker", allow("sqs:SendMessage", OTHER.arn)),
            reads(QUEUE),
            *function("helper", allow("sqs:SendMessage", QUEUE.arn)),
            reads(OTHER, "helper"),
        ],
    },
    undecided={"a role of another stack": made(aws.LAMBDA_FUNCTION, role="arn:aws:iam::1:role/x")},
    mutation=change,
    also=("hidden-dependency",),
)
