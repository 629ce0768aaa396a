"""How functions come to run, and where their failures go: shared by the stack rules."""

from policies import aws
from policies.graph import Graph, Resource

# Services that invoke a function asynchronously through its resource policy.
# https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
_ASYNCHRONOUS = {
    f"{name}.amazonaws.com"
    for name in ("s3", "sns", "events", "ses", "cloudformation", "codecommit", "config", "iot")
}

# (type, property) by which something hands what it failed to process to a queue.
_FAILURES = (
    (aws.SQS_QUEUE, "redrivePolicy.deadLetterTargetArn"),
    (aws.SQS_REDRIVE_POLICY, "redrivePolicy.deadLetterTargetArn"),
    (aws.LAMBDA_FUNCTION, "deadLetterConfig.targetArn"),
    (aws.LAMBDA_INVOKE_CONFIG, "destinationConfig.onFailure.destination"),
    (aws.LAMBDA_EVENT_SOURCE_MAPPING, "destinationConfig.onFailure.destinationArn"),
    (aws.SNS_SUBSCRIPTION, "redrivePolicy.deadLetterTargetArn"),
    (aws.EVENT_TARGET, "deadLetterConfig.arn"),
    (aws.SCHEDULE, "target.deadLetterConfig.arn"),
)


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
