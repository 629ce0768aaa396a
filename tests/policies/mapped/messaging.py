"""Queues, topics, buses, workflows, log groups and alarms."""

from typing import Any

from rampart_policies import aws
from tests.policies.pair import pair, same, switch
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

QUEUE = made(aws.SQS_QUEUE, "jobs")
DEAD = made(aws.SQS_QUEUE, "dead")
TOPIC = made(aws.SNS_TOPIC, "news")
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
ROLE = {"AWS": f"arn:aws:iam::{ACCOUNT}:role/worker"}
OTHER = {"AWS": "arn:aws:iam::999988887777:root"}


def refusal(target: Made, service: str) -> dict[str, Any]:
    """Refuse whatever comes without TLS."""
    return {
        "Effect": "Deny",
        "Principal": "*",
        "Action": f"{service}:*",
        "Resource": target.arn,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def queue_policy(*statements: dict[str, Any]) -> Made:
    return made(aws.SQS_QUEUE_POLICY, queueUrl=QUEUE.id, policy=document(*statements))


def topic_policy(*statements: dict[str, Any]) -> Made:
    return made(aws.SNS_TOPIC_POLICY, arn=TOPIC.arn, policy=document(*statements))


def may(action: str, target: Made, principal: object, **more: Any) -> dict[str, Any]:  # noqa: ANN401  # statements are any JSON
    return allow(action, target.arn, Principal=principal, **more)


BUS = made(aws.EVENT_BUS, "shop")
NAMED = may("events:PutEvents", BUS, ROLE)
LOGS = {"logDestination": "arn:aws:logs:::log-group:x:*", "level": "ALL"}
ALL = {**LOGS, "includeExecutionData": True}
HEARD = {"namespace": "AWS/SQS", "metricName": "NumberOfMessagesSent"}

PAIRS = {
    **same(switch(aws.SQS_QUEUE, "kmsMasterKeyId", KEY, None), "CKV_AWS_27", "SQS2", "SQS.1"),
    "CKV2_AWS_73": switch(aws.SQS_QUEUE, "kmsMasterKeyId", KEY, "alias/aws/sqs"),
    "CKV_AWS_72": pair(
        [QUEUE, queue_policy(may("sqs:SendMessage", QUEUE, ROLE))],
        [QUEUE, queue_policy(may("*", QUEUE, ROLE))],
    ),
    **same(
        pair(
            [QUEUE, queue_policy(may("sqs:SendMessage", QUEUE, ROLE))],
            [QUEUE, queue_policy(may("sqs:SendMessage", QUEUE, "*"))],
        ),
        *("CKV_AWS_168", "SQS.3"),
    ),
    "CKV_AWS_387": pair(
        [QUEUE, queue_policy(may("sqs:SendMessage", QUEUE, ROLE))],
        [QUEUE, queue_policy(may("sqs:SendMessage", QUEUE, {"AWS": "*"}))],
    ),
    **same(
        pair(
            [DEAD, made(aws.SQS_QUEUE, redrivePolicy=f'{{"deadLetterTargetArn": "{DEAD.arn}"}}')],
            made(aws.SQS_QUEUE),
        ),
        *("SQS3", "Serverless-SQSRedrivePolicy"),
    ),
    "SQS4": pair([QUEUE, queue_policy(refusal(QUEUE, "sqs"))], QUEUE),
    **same(switch(aws.SNS_TOPIC, "kmsMasterKeyId", KEY, None), "CKV_AWS_26", "SNS.1"),
    **same(
        pair(
            [TOPIC, topic_policy(may("sns:Publish", TOPIC, ROLE))],
            [TOPIC, topic_policy(may("sns:Publish", TOPIC, {"AWS": "*"}))],
        ),
        *("CKV_AWS_169", "SNS.4"),
    ),
    "CKV_AWS_385": pair(
        [
            TOPIC,
            topic_policy(
                may(
                    "sns:Publish",
                    TOPIC,
                    OTHER,
                    Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}},
                )
            ),
        ],
        [TOPIC, topic_policy(may("sns:Publish", TOPIC, OTHER))],
    ),
    "SNS3": pair([TOPIC, topic_policy(refusal(TOPIC, "sns"))], TOPIC),
    "Serverless-SNSRedrivePolicy": switch(
        aws.SNS_SUBSCRIPTION,
        "redrivePolicy",
        f'{{"deadLetterTargetArn": "{DEAD.arn}"}}',
        None,
        protocol="lambda",
    ),
    "EVB1": pair(
        [BUS, made(aws.EVENT_BUS_POLICY, eventBusName=BUS.id, policy=document(NAMED))],
        [
            BUS,
            made(
                aws.EVENT_BUS_POLICY,
                eventBusName=BUS.id,
                policy=document(may("events:PutEvents", BUS, "*")),
            ),
        ],
    ),
    "EventBridge.3": pair(
        [BUS, made(aws.EVENT_BUS_POLICY, eventBusName=BUS.id, policy=document(NAMED))], BUS
    ),
    "Serverless-EventBusDLQ": switch(
        aws.EVENT_TARGET, "deadLetterConfig.arn", DEAD.arn, None, arn=QUEUE.arn
    ),
    **same(
        switch(aws.STATE_MACHINE, "tracingConfiguration.enabled", good=True, bad=None),
        *("CKV_AWS_284", "SF2", "Serverless-StepFunctionStateMachineXray"),
    ),
    "CKV_AWS_285": switch(aws.STATE_MACHINE, "loggingConfiguration", ALL, None),
    **same(
        switch(aws.STATE_MACHINE, "loggingConfiguration", LOGS, {**LOGS, "level": "OFF"}),
        *("SF1", "StepFunctions.1"),
    ),
    **same(
        switch(aws.LOG_GROUP, "retentionInDays", 365, None),
        *("CKV_AWS_66", "Serverless-CloudWatchLogGroupRetentionPeriod"),
    ),
    "CKV_AWS_158": switch(aws.LOG_GROUP, "kmsKeyId", KEY, None, retentionInDays=365),
    "CKV_AWS_338": switch(aws.LOG_GROUP, "retentionInDays", 365, 90),
    "CKV_AWS_319": switch(
        aws.ALARM, "actionsEnabled", good=True, bad=False, alarmActions=[TOPIC.arn], **HEARD
    ),
}
