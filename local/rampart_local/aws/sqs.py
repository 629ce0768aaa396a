"""Amazon SQS."""

import json
from typing import TYPE_CHECKING, Any, cast

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import (
    Created,
    Inputs,
    RefusedByAwsError,
    creates,
    physical_name,
    updates,
)
from rampart_local.clients import Clients

if TYPE_CHECKING:
    from types_boto3_sqs.literals import QueueAttributeNameType

# Attribute of the API -> input of the program.
_ATTRIBUTES = {
    "ContentBasedDeduplication": "contentBasedDeduplication",
    "DeduplicationScope": "deduplicationScope",
    "DelaySeconds": "delaySeconds",
    "FifoQueue": "fifoQueue",
    "FifoThroughputLimit": "fifoThroughputLimit",
    "KmsDataKeyReusePeriodSeconds": "kmsDataKeyReusePeriodSeconds",
    "KmsMasterKeyId": "kmsMasterKeyId",
    "MaximumMessageSize": "maxMessageSize",
    "MessageRetentionPeriod": "messageRetentionSeconds",
    "Policy": "policy",
    "ReceiveMessageWaitTimeSeconds": "receiveWaitTimeSeconds",
    "RedriveAllowPolicy": "redriveAllowPolicy",
    "RedrivePolicy": "redrivePolicy",
    "SqsManagedSseEnabled": "sqsManagedSseEnabled",
    "VisibilityTimeout": "visibilityTimeoutSeconds",
}

# What an attribute is when the program no longer sets it; the others are empty then.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
_DEFAULTS = {
    "ContentBasedDeduplication": "false",
    "DeduplicationScope": "queue",
    "DelaySeconds": "0",
    "FifoThroughputLimit": "perQueue",
    "KmsDataKeyReusePeriodSeconds": "300",
    "MaximumMessageSize": "262144",
    "MessageRetentionPeriod": "345600",
    "ReceiveMessageWaitTimeSeconds": "0",
    "SqsManagedSseEnabled": "true",
    "VisibilityTimeout": "30",
}


@creates("aws:sqs/queue:Queue")
def _queue(aws: Clients, resource: Registration) -> Created:
    fifo = bool(resource.inputs.get("fifoQueue"))
    name = physical_name(resource, 75 if fifo else 80)
    if fifo and not name.endswith(".fifo"):
        name += ".fifo"
    url = aws.sqs.create_queue(QueueName=name, Attributes=_attributes(resource))["QueueUrl"]
    answer = aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    return url, {"arn": answer["Attributes"]["QueueArn"], "url": url, "name": name}


@updates("aws:sqs/queue:Queue", "name", "namePrefix", "fifoQueue")
def _change_queue(aws: Clients, resource: Registration, url: str, before: Inputs) -> Created:
    attributes = _attributes(resource)
    for name, key in _ATTRIBUTES.items():
        if before.get(key) not in (None, "") and name not in attributes:
            attributes[cast("QueueAttributeNameType", name)] = _DEFAULTS.get(name, "")
    attributes.pop("FifoQueue", None)  # cannot be changed, so it has not been
    aws.sqs.set_queue_attributes(QueueUrl=url, Attributes=attributes)
    answer = aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    arn = answer["Attributes"]["QueueArn"]
    return url, {"arn": arn, "url": url, "name": arn.rpartition(":")[2]}


@creates("aws:sqs/queuePolicy:QueuePolicy", again=True)
def _policy(aws: Clients, resource: Registration) -> Created:
    url = resource.inputs["queueUrl"]
    aws.sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": resource.inputs["policy"]})
    return url, {}


@creates("aws:sqs/redrivePolicy:RedrivePolicy", again=True)
def _redrive(aws: Clients, resource: Registration) -> Created:
    url = resource.inputs["queueUrl"]
    policy = resource.inputs["redrivePolicy"]
    check_dead_letters(policy, fifo=str(url).endswith(".fifo"))
    aws.sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": policy})
    return url, {}


@creates("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", again=True)
def _redrive_allow(aws: Clients, resource: Registration) -> Created:
    url = resource.inputs["queueUrl"]
    policy = resource.inputs["redriveAllowPolicy"]
    aws.sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedriveAllowPolicy": policy})
    return url, {}


def _attributes(resource: Registration) -> "dict[QueueAttributeNameType, str]":
    """Word the inputs as the API does: every value is a string."""
    found = {
        name: _text(resource.inputs[key])
        for name, key in _ATTRIBUTES.items()
        if resource.inputs.get(key) not in (None, "")
    }
    check_dead_letters(found.get("RedrivePolicy", ""), fifo=bool(resource.inputs.get("fifoQueue")))
    if not resource.inputs.get("fifoQueue"):
        found.pop("FifoQueue", None)  # the API takes it for FIFO queues only
    return cast("dict[QueueAttributeNameType, str]", found)


def check_dead_letters(policy: str, *, fifo: bool) -> None:
    """Make sure that dead letters of a FIFO queue go to a FIFO queue, and others to others.

    Raises:
        RefusedByAwsError: they do not.
    """
    target = str(json.loads(policy or "{}").get("deadLetterTargetArn", ""))
    if target and target.endswith(".fifo") != fifo:
        raise RefusedByAwsError(
            f"Value {policy} for parameter RedrivePolicy is invalid. Reason: Dead-letter queue "
            f"must be same type of queue as the source, and {target} is not."
        )


def _text(value: Any) -> str:  # noqa: ANN401  # any plain input
    return str(value).lower() if isinstance(value, bool) else str(value)
