import json
from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

ADMINISTRATION = allow("kms:*", Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:root"})
DELIVER = ["kms:Decrypt", "kms:GenerateDataKey*"]
FROM_US = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
OF_BUS = {"ArnLike": {"kms:EncryptionContext:aws:events:event-bus:arn": "arn:aws:events:*"}}
OF_LOGS = {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:1:*"}}


def service(name: str, actions: list[str], **more: Any) -> dict[str, Any]:  # noqa: ANN401  # statements are any JSON
    return allow(actions, Principal={"Service": f"{name}.amazonaws.com"}, **more)


def key(*statements: dict[str, Any]) -> Made:
    return made(aws.KMS_KEY, "key", policy=document(ADMINISTRATION, *statements))


def using(user: Made, *statements: dict[str, Any]) -> list[Made]:
    return [key(*statements), QUEUE, TOPIC, user]


ARN = key().arn
QUEUE = made(aws.SQS_QUEUE, "jobs", kmsMasterKeyId=ARN)
TOPIC = made(aws.SNS_TOPIC, "news", kmsMasterKeyId=ARN)
BUS = made(aws.EVENT_BUS, "shop", kmsKeyIdentifier=ARN)
ARCHIVE = made(aws.EVENT_ARCHIVE, "shop-archive", kmsKeyIdentifier=ARN)
TARGET = made(aws.EVENT_TARGET, rule="paid", arn=QUEUE.arn)
UNDELIVERED = made(aws.EVENT_TARGET, rule="paid", arn="x", deadLetterConfig={"arn": QUEUE.arn})
ALARM = made(aws.ALARM, alarmActions=[TOPIC.arn])
UPLOADS = made(aws.BUCKET_NOTIFICATION, queues=[{"queueArn": QUEUE.arn}])
SUBSCRIPTION = made(aws.SNS_SUBSCRIPTION, topic=TOPIC.arn, protocol="sqs", endpoint=QUEUE.arn)
WORKFLOW = made(aws.STATE_MACHINE, encryptionConfiguration={"kmsKeyId": ARN})
OF_DELIVERY = {"StringEquals": {"kms:EncryptionContext:SourceArn": "arn:aws:logs:eu-west-1:1:*"}}
LOGS = made(aws.LOG_GROUP, kmsKeyId=ARN)
LOGGING = [*DELIVER, "kms:Encrypt", "kms:ReEncrypt*", "kms:DescribeKey"]


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Take the archive's statement away, and the condition-free one of EventBridge."""
    del judged
    for resource in resources:
        if resource["type"] == aws.KMS_KEY:
            statements = json.loads(resource["inputs"]["policy"])["Statement"]
            kept = [one for one in statements if "events." not in json.dumps(one["Principal"])]
            resource["inputs"]["policy"] = document(*kept)
    return resources


FIXTURE = Fixture(
    holds={
        "a bus": using(BUS, service("events", [*DELIVER, "kms:DescribeKey"])),
        "a bus, for this account": using(
            BUS,
            service("events", ["kms:DescribeKey"]),
            service("events", DELIVER, Condition=FROM_US),
        ),
        "an archive": using(
            ARCHIVE,
            service("events", ["kms:DescribeKey"]),
            service("events", [*DELIVER, "kms:ReEncrypt*"], Condition=OF_BUS),
        ),
        "a target": using(TARGET, service("events", DELIVER)),
        "dead letters of a target": using(UNDELIVERED, service("events", ["kms:*"])),
        "an alarm": using(ALARM, service("cloudwatch", DELIVER, Condition=FROM_US)),
        "a bucket": using(UPLOADS, service("s3", DELIVER, Condition=FROM_US)),
        "a subscription": using(SUBSCRIPTION, service("sns", DELIVER)),
        "a workflow": using(
            WORKFLOW, service("delivery.logs", ["kms:Decrypt"], Condition=OF_DELIVERY)
        ),
        "a log group": using(LOGS, service("logs.eu-west-1", LOGGING, Condition=OF_LOGS)),
        "beside the key": [
            made(aws.KMS_KEY, "key"),
            made(aws.KMS_KEY_POLICY, keyId="key", policy=document(service("events", ["kms:*"]))),
            BUS,
        ],
    },
    breaks={
        "a bus without DescribeKey": using(BUS, service("events", DELIVER)),
        "an archive without ReEncrypt": using(
            ARCHIVE, service("events", [*DELIVER, "kms:DescribeKey"])
        ),
        "an archive that may encrypt again one way": using(
            ARCHIVE, service("events", [*DELIVER, "kms:DescribeKey", "kms:ReEncryptFrom"])
        ),
        "a target for this account": using(TARGET, service("events", DELIVER, Condition=FROM_US)),
        "dead letters of a target": using(UNDELIVERED, service("s3", DELIVER)),
        "an alarm": using(ALARM),
        "an alarm that may not decrypt": using(
            ALARM, service("cloudwatch", ["kms:GenerateDataKey"])
        ),
        "a bucket": using(UPLOADS, service("sns", DELIVER)),
        "a subscription": using(SUBSCRIPTION, service("s3", DELIVER)),
        "a workflow": using(WORKFLOW, service("states", ["kms:Decrypt"])),
        "a log group": using(LOGS, service("events", LOGGING)),
        "a condition it does not send": using(
            LOGS,
            service("logs.eu-west-1", LOGGING, Condition={"StringEquals": {"kms:ViaService": "x"}}),
        ),
        "the default policy": [made(aws.KMS_KEY, "key"), BUS],
    },
    not_applicable={
        "a key of another stack": BUS,
        "a key of AWS": [
            made(aws.SNS_TOPIC, "news", kmsMasterKeyId="alias/aws/sns"),
            ALARM,
        ],
        "nothing encrypted": [made(aws.SQS_QUEUE, "jobs"), TARGET],
        "no key": made(aws.EVENT_BUS),
    },
    mutation=change,
)
