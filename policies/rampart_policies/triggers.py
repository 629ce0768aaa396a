"""How functions come to run, and where their failures go: shared by the stack rules."""

import re
from collections.abc import Iterator

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource

# Services that invoke a function asynchronously through its resource policy.
# https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
_ASYNCHRONOUS = {
    f"{name}.amazonaws.com"
    for name in ("s3", "sns", "events", "ses", "cloudformation", "codecommit", "config", "iot")
}

# (type, property) by which something hands what it failed to process to a queue.
REDRIVES = (
    (aws.SQS_QUEUE, "redrivePolicy.deadLetterTargetArn"),
    (aws.SQS_REDRIVE_POLICY, "redrivePolicy.deadLetterTargetArn"),
)
"""(type, property) by which a queue hands on to its dead letter queue."""
_FAILURES = (
    *REDRIVES,
    (aws.LAMBDA_FUNCTION, "deadLetterConfig.targetArn"),
    (aws.LAMBDA_INVOKE_CONFIG, "destinationConfig.onFailure.destination"),
    (aws.LAMBDA_EVENT_SOURCE_MAPPING, "destinationConfig.onFailure.destinationArn"),
    (aws.SNS_SUBSCRIPTION, "redrivePolicy.deadLetterTargetArn"),
    (aws.EVENT_TARGET, "deadLetterConfig.arn"),
    (aws.SCHEDULE, "target.deadLetterConfig.arn"),
)

# (type, property) by which something invokes a function.
_CALLERS = (
    (aws.LAMBDA_PERMISSION, "function"),
    (aws.LAMBDA_EVENT_SOURCE_MAPPING, "functionName"),
    (aws.API_INTEGRATION, "uri"),
    (aws.HTTP_API_INTEGRATION, "integrationUri"),
    (aws.EVENT_TARGET, "arn"),
    (aws.SNS_SUBSCRIPTION, "endpoint"),
    (aws.SCHEDULE, "target.arn"),
)

CALLS_OF_A_POLLER = 10

# A function's ARN with a version or an alias behind its name.
_SERVICE = re.compile(r"arn:[^:]*:([^:]+):")
_QUALIFIED = re.compile(r":function:[^:/]+:(?!\$LATEST)[^:/]")


def function_of(source: Resource, path: str, graph: Graph) -> Resource | None:
    """Return the function a property refers to, by itself or through one of its aliases."""
    alias = graph.target(source, path, aws.LAMBDA_ALIAS)
    if alias is not None:
        return graph.target(alias, "functionName", aws.LAMBDA_FUNCTION)
    return graph.target(source, path, aws.LAMBDA_FUNCTION)


def is_asynchronous(function: Resource, graph: Graph) -> bool:
    """Whether anything invokes the function without waiting for its answer."""
    if graph.referrers(function, aws.LAMBDA_INVOKE_CONFIG, "functionName"):
        return True
    permissions = graph.referrers(function, aws.LAMBDA_PERMISSION, "function")
    return any(permission.text("principal") in _ASYNCHRONOUS for permission in permissions)


def receives_failures(queue: Resource, graph: Graph) -> bool:
    """Whether the queue is where something else puts what it could not process."""
    return any(graph.referrers(queue, kind, path) for kind, path in _FAILURES)


def dead_letters_of(queue: Resource, graph: Graph) -> Resource | None:
    """Return the queue that a queue hands its dead letters to, if this stack makes it."""
    path = "redrivePolicy.deadLetterTargetArn"
    if (dead := graph.target(queue, path, aws.SQS_QUEUE)) is not None:
        return dead
    for policy in graph.referrers(queue, aws.SQS_REDRIVE_POLICY, "queueUrl"):
        if (dead := graph.target(policy, path, aws.SQS_QUEUE)) is not None:
            return dead
    return None


def source_service(mapping: Resource) -> str:
    """Return the service a mapping reads from, as ARNs name it: sqs, kinesis, kafka.

    Brokers that run elsewhere have no ARN; for them the answer is empty.
    """
    arn = _SERVICE.match(mapping.text("eventSourceArn") or "")
    return arn[1] if arn else ""


def reads_queue(mapping: Resource, graph: Graph) -> bool:
    """Whether a mapping reads an SQS queue, of this stack or another."""
    if graph.targets(mapping, "eventSourceArn", aws.SQS_QUEUE):
        return True
    return source_service(mapping) == "sqs"


def most_consumers(mapping: Resource) -> float | None:
    """Return how many instances a queue's mapping keeps busy at most; None when nothing limits it.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
    """
    if (pollers := mapping.number("provisionedPollerConfig.maximumPollers")) is not None:
        return pollers * CALLS_OF_A_POLLER
    return mapping.number("scalingConfig.maximumConcurrency")


def has_releases(function: Resource, graph: Graph) -> bool:
    """Whether it matters which version of the function is invoked."""
    if function.text("snapStart.applyOn") == "PublishedVersions":
        return True
    if graph.referrers(function, aws.LAMBDA_PROVISIONED_CONCURRENCY, "functionName"):
        return True
    aliases = graph.every_referrer(function, aws.LAMBDA_ALIAS, "functionName")
    return any(alias.has("routingConfig") for alias in aliases)


def unqualified_callers(function: Resource, graph: Graph) -> Iterator[Resource]:
    """Yield what invokes the function itself, rather than one of its aliases or versions."""
    for kind, path in _CALLERS:
        for caller in graph.every_referrer(function, kind, path):
            if kind == aws.LAMBDA_PERMISSION and caller.has("qualifier"):
                continue
            if not graph.targets(caller, path, aws.LAMBDA_ALIAS) and not _QUALIFIED.search(
                caller.text(path) or ""
            ):
                yield caller


def unbounded_callers(function: Resource, graph: Graph) -> Iterator[Resource]:
    """Yield what calls a function once for each event, however many there are at a time.

    An event source mapping of a queue is bounded by its `scalingConfig`, that of a stream by the
    stream's shards.
    """
    for permission in graph.referrers(function, aws.LAMBDA_PERMISSION, "function"):
        if (permission.text("principal") or "") in _ASYNCHRONOUS:
            yield permission
    for mapping in graph.referrers(function, aws.LAMBDA_EVENT_SOURCE_MAPPING, "functionName"):
        queue = ":sqs:" in (mapping.text("eventSourceArn") or "")
        if queue and not most_consumers(mapping):
            yield mapping
