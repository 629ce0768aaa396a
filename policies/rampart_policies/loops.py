"""Who sets off whom: from what a function may write, over what that triggers, to functions."""

from collections.abc import Iterator
from dataclasses import dataclass

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource, Types
from rampart_policies.iam.grants import granted_to
from rampart_policies.iam.match import arn_matches
from rampart_policies.iam.statement import Statement
from rampart_policies.patterns import ANY, admits, overlap
from rampart_policies.triggers import function_of
from rampart_policies.values import Block, UndecidedError, is_unknown

# Action on an object -> what a bucket tells its listeners, and what it tells EventBridge.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
_OBJECT_EVENTS = {
    "s3:PutObject": ("s3:ObjectCreated:", "Object Created"),
    "s3:DeleteObject": ("s3:ObjectRemoved:", "Object Deleted"),
    "s3:PutObjectTagging": ("s3:ObjectTagging:", "Object Tags Added"),
}
_WRITES: tuple[tuple[Types, tuple[str, ...]], ...] = (
    (aws.BUCKET, tuple(_OBJECT_EVENTS)),
    (
        aws.DYNAMODB_TABLE,
        (
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            "dynamodb:BatchWriteItem",
        ),
    ),
    (aws.EVENT_BUS, ("events:PutEvents",)),
    (aws.LAMBDA_FUNCTION, ("lambda:InvokeFunction",)),
    (aws.SNS_TOPIC, ("sns:Publish",)),
    (aws.SQS_QUEUE, ("sqs:SendMessage",)),
)
_DEFAULT_BUS = "default"
_DEFAULT_BUS_ARN = "arn:*:events:*:*:event-bus/default"


@dataclass(frozen=True)
class _Write:
    """A statement that lets a function write to a store."""

    store: Resource | None
    """None is the account's default bus, which no stack makes."""
    actions: tuple[str, ...]
    pattern: str
    statement: Statement


def loop_through(function: Resource, graph: Graph) -> list[str]:
    """Return the names on a shortest way from a function back to itself; empty without one.

    Stores and functions alternate: `["jobs", "worker", "results", "resizer"]`.
    """
    ways = {function.urn: list[str]()}
    edge = [function]
    while edge:
        beyond: list[Resource] = []
        for one in edge:
            for store, consumer in _sets_off(one, graph):
                way = [*ways[one.urn], store, consumer.name]
                if consumer is function:
                    return way
                if consumer.urn not in ways:
                    ways[consumer.urn] = way
                    beyond.append(consumer)
        edge = beyond
    return []


def _sets_off(function: Resource, graph: Graph) -> Iterator[tuple[str, Resource]]:
    for write in _writes(function, graph):
        for consumer in _consumers(write, graph):
            yield write.store.name if write.store else _DEFAULT_BUS, consumer


def _writes(function: Resource, graph: Graph) -> Iterator[_Write]:
    role = graph.target(function, "role", aws.IAM_ROLE)
    if role is None:
        raise UndecidedError(f"role of {function.name}", "is made outside this stack")
    for statement in granted_to(role, graph):
        if not statement.allows:
            continue
        for kinds, actions in _WRITES:
            allowed = tuple(action for action in actions if statement.speaks_of(action))
            if allowed:
                for pattern in statement.resources:
                    if kinds == aws.EVENT_BUS and overlap(pattern, _DEFAULT_BUS_ARN):
                        yield _Write(None, allowed, pattern, statement)
                    for store in _named(pattern, kinds, graph):
                        yield _Write(store, allowed, pattern, statement)


def _named(pattern: str, kinds: Types, graph: Graph) -> list[Resource]:
    if pattern.rstrip("*") not in {"", "arn:aws:"} and (found := graph.named(pattern, kinds)):
        return found
    if "*" not in pattern:
        return []
    return [one for one in graph.of(kinds) if arn_matches(pattern, one.text("arn") or "")]


def _consumers(write: _Write, graph: Graph) -> Iterator[Resource]:
    if write.store is None or write.store.type == aws.EVENT_BUS:
        yield from _of_bus(write, graph)
    elif write.store.type in aws.BUCKET:
        yield from _of_bucket(write.store, write, graph)
    else:
        yield from _passed_on(write.store, graph)


def _of_bus(write: _Write, graph: Graph) -> Iterator[Resource]:
    types = _values(write.statement, "events:detail-type")
    sources = _values(write.statement, "events:source")
    rules = (
        graph.every_referrer(write.store, aws.EVENT_RULE, "eventBusName")
        if write.store
        else _on_default_bus(graph)
    )
    for rule in rules:
        pattern = rule.json("eventPattern")
        if pattern and admits(pattern, "detail-type", types) and admits(pattern, "source", sources):
            yield from _of_rule(rule, graph)


def _on_default_bus(graph: Graph) -> Iterator[Resource]:
    for rule in graph.of(aws.EVENT_RULE):
        if not graph.targets(rule, "eventBusName", aws.EVENT_BUS):
            bus = rule.text("eventBusName") or _DEFAULT_BUS
            if bus.rpartition("/")[2] == _DEFAULT_BUS:
                yield rule


def _passed_on(store: Resource, graph: Graph) -> Iterator[Resource]:
    """Yield the functions that whatever arrives in a store sets off."""
    if store.type == aws.LAMBDA_FUNCTION:
        yield store
    elif store.type == aws.SNS_TOPIC:
        for subscription in graph.every_referrer(store, aws.SNS_SUBSCRIPTION, "topic"):
            yield from _handed_to(subscription, "endpoint", graph)
    else:
        for mapping in graph.every_referrer(
            store, aws.LAMBDA_EVENT_SOURCE_MAPPING, "eventSourceArn"
        ):
            if function := function_of(mapping, "functionName", graph):
                yield function


def _of_rule(rule: Resource, graph: Graph) -> Iterator[Resource]:
    for target in graph.every_referrer(rule, aws.EVENT_TARGET, "rule"):
        yield from _handed_to(target, "arn", graph)


def _handed_to(source: Resource, path: str, graph: Graph) -> Iterator[Resource]:
    if function := function_of(source, path, graph):
        yield function
    for store in graph.targets(source, path, (aws.SQS_QUEUE, aws.SNS_TOPIC)):
        yield from _passed_on(store, graph)


def _of_bucket(bucket: Resource, write: _Write, graph: Graph) -> Iterator[Resource]:
    keys = write.pattern.partition(":::")[2].partition("/")[2] or "*"
    told = [_OBJECT_EVENTS[action] for action in write.actions]
    for notification in graph.every_referrer(bucket, aws.BUCKET_NOTIFICATION, "bucket"):
        for listener, arn in _listeners(notification):
            heard = f"{listener.text('filterPrefix') or ''}*{listener.text('filterSuffix') or ''}"
            events = listener.texts("events")
            if overlap(heard, keys) and any(
                event.startswith(kind) for event in events for kind, _ in told
            ):
                for store in graph.named(arn, (aws.LAMBDA_FUNCTION, aws.SQS_QUEUE, aws.SNS_TOPIC)):
                    yield from _passed_on(store, graph)
        if notification.flag("eventbridge"):
            yield from _by_default_bus(bucket, keys, [name for _, name in told], graph)


def _listeners(notification: Resource) -> Iterator[tuple[Block, str]]:
    for kind, key in (
        ("lambdaFunctions", "lambdaFunctionArn"),
        ("queues", "queueArn"),
        ("topics", "topicArn"),
    ):
        for listener in notification.blocks(kind):
            yield listener, listener.text(key) or ""


def _by_default_bus(
    bucket: Resource, keys: str, names: list[str], graph: Graph
) -> Iterator[Resource]:
    for rule in _on_default_bus(graph):
        pattern = rule.json("eventPattern")
        if (
            pattern
            and admits(pattern, "source", ["aws.s3"])
            and admits(pattern, "detail-type", names)
            and admits(pattern, "detail.bucket.name", [bucket.text("bucket") or bucket.name])
            and admits(pattern, "detail.object.key", [keys])
        ):
            yield from _of_rule(rule, graph)


def _values(statement: Statement, key: str) -> tuple[str, ...]:
    """Return what a condition lets a key be; anything without one.

    `...IfExists` counts as well: requests to EventBridge always carry these keys.
    """
    for test in statement.tests:
        if test.key == key and test.base in {"stringequals", "stringlike"}:
            if any(map(is_unknown, test.values)):
                raise UndecidedError(*statement.hangs_on())
            return test.values
    return ANY
