"""Amazon SNS."""

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import Created, Inputs, creates, given, physical_name, updates
from rampart_local.clients import Clients


@creates("aws:sns/topic:Topic")
def _topic(aws: Clients, resource: Registration) -> Created:
    fifo = bool(resource.inputs.get("fifoTopic"))
    name = physical_name(resource, 251)
    if fifo and not name.endswith(".fifo"):
        name += ".fifo"
    attributes = _attributes(resource.inputs) | ({"FifoTopic": "true"} if fifo else {})
    arn = aws.sns.create_topic(Name=name, Attributes=attributes)["TopicArn"]
    return arn, {"arn": arn, "name": name, "owner": aws.account}


@updates("aws:sns/topic:Topic", "name", "namePrefix", "fifoTopic")
def _change_topic(aws: Clients, resource: Registration, arn: str, before: Inputs) -> Created:
    gone = dict.fromkeys(_attributes(before), "")
    for name, value in {**gone, **_attributes(resource.inputs)}.items():
        aws.sns.set_topic_attributes(TopicArn=arn, AttributeName=name, AttributeValue=value)
    return arn, {"arn": arn, "name": arn.rpartition(":")[2], "owner": aws.account}


def _attributes(inputs: Inputs) -> dict[str, str]:
    """Word the inputs as the API does: every value is a string."""
    return {
        key: str(value).lower() if isinstance(value, bool) else str(value)
        for key, value in given(
            inputs,
            "displayName",
            "policy",
            "kmsMasterKeyId",
            "contentBasedDeduplication",
            "signatureVersion",
            "tracingConfig",
        ).items()
    }


@creates("aws:sns/topicPolicy:TopicPolicy", again=True)
def _policy(aws: Clients, resource: Registration) -> Created:
    arn = resource.inputs["arn"]
    aws.sns.set_topic_attributes(
        TopicArn=arn, AttributeName="Policy", AttributeValue=resource.inputs["policy"]
    )
    return arn, {"owner": aws.account}


@creates("aws:sns/topicSubscription:TopicSubscription", again=True)
def _subscription(aws: Clients, resource: Registration) -> Created:
    attributes = given(
        resource.inputs, "filterPolicy", "filterPolicyScope", "redrivePolicy", "rawMessageDelivery"
    )
    answer = aws.sns.subscribe(
        TopicArn=resource.inputs["topic"],
        Protocol=resource.inputs["protocol"],
        Endpoint=resource.inputs["endpoint"],
        Attributes={
            key: str(value).lower() if isinstance(value, bool) else str(value)
            for key, value in attributes.items()
        },
        ReturnSubscriptionArn=True,
    )
    return answer["SubscriptionArn"], {"arn": answer["SubscriptionArn"], "ownerId": aws.account}
