"""Services that use a customer key in their own name, and what its policy has to let them do.

Others (Lambda, DynamoDB, RDS, Secrets Manager, ECR) use the key in the name of whoever calls them,
or by a grant: the statement for the account suffices.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.document import Statement, statements

_DELIVERY = ("kms:Decrypt", "kms:GenerateDataKey")
_SOURCE = frozenset({"aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid"})
_OF_BUS = _SOURCE | {"kms:encryptioncontext:aws:events:event-bus:arn"}
_OF_LOGS = frozenset({"kms:encryptioncontext:aws:logs:arn"})
_OF_DELIVERY = frozenset({"kms:encryptioncontext:sourcearn"})
_STORES = ((aws.SQS_QUEUE, "kmsMasterKeyId"), (aws.SNS_TOPIC, "kmsMasterKeyId"))

# EventBridge delivers without telling the key for which rule: its documents show no condition.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html
WITHOUT_SOURCE = {
    "events.amazonaws.com": ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*")
}


@dataclass(frozen=True)
class KeyUse:
    """One way in which a service comes to use a key."""

    user: str
    """Type of the resource by which it does."""
    path: str
    """Property that names the key, or whatever is encrypted with it (`stores`)."""
    service: str
    """The principal; * stands for the region."""
    actions: tuple[tuple[str, frozenset[str]], ...]
    """(action, conditions that the service's requests carry)."""
    source: str
    stores: tuple[tuple[str, str], ...] = ()
    """(type, property that names the key) of what the path leads to."""


def _each(actions: Iterable[str], keys: frozenset[str]) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((action, keys) for action in actions)


_DESCRIBE = ("kms:DescribeKey", frozenset[str]())
_EVENTS, _USER_GUIDE = (
    "events.amazonaws.com",
    "https://docs.aws.amazon.com/eventbridge/latest/userguide",
)
_TO_S3 = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html"
_TO_SNS = "https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns"
_FROM_SNS = (
    "https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-"
    "subscriptions.html"
)
KEY_USES = (
    KeyUse(
        aws.EVENT_BUS,
        "kmsKeyIdentifier",
        _EVENTS,
        (_DESCRIBE, *_each(_DELIVERY, _OF_BUS)),
        f"{_USER_GUIDE}/eb-encryption-event-bus-cmkey.html",
    ),
    KeyUse(
        aws.EVENT_ARCHIVE,
        "kmsKeyIdentifier",
        _EVENTS,
        (_DESCRIBE, *_each((*_DELIVERY, "kms:ReEncryptFrom", "kms:ReEncryptTo"), _OF_BUS)),
        f"{_USER_GUIDE}/encryption-archives.html",
    ),
    *(
        KeyUse(
            aws.EVENT_TARGET,
            path,
            _EVENTS,
            _each(_DELIVERY, frozenset()),
            f"{_USER_GUIDE}/eb-troubleshooting.html",
            _STORES,
        )
        for path in ("arn", "deadLetterConfig.arn")
    ),
    *(
        KeyUse(
            aws.ALARM, path, "cloudwatch.amazonaws.com", _each(_DELIVERY, _SOURCE), _TO_SNS, _STORES
        )
        for path in ("alarmActions", "okActions", "insufficientDataActions")
    ),
    *(
        KeyUse(
            aws.BUCKET_NOTIFICATION,
            path,
            "s3.amazonaws.com",
            _each(_DELIVERY, _SOURCE),
            _TO_S3,
            _STORES,
        )
        for path in ("queues", "topics")
    ),
    *(
        KeyUse(
            aws.SNS_SUBSCRIPTION,
            path,
            "sns.amazonaws.com",
            _each(_DELIVERY, _SOURCE),
            _FROM_SNS,
            _STORES,
        )
        for path in ("endpoint", "redrivePolicy")
    ),
    KeyUse(
        aws.STATE_MACHINE,
        "encryptionConfiguration.kmsKeyId",
        "delivery.logs.amazonaws.com",
        _each(("kms:Decrypt",), _OF_DELIVERY),
        "https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html",
    ),
    KeyUse(
        aws.LOG_GROUP,
        "kmsKeyId",
        "logs.*.amazonaws.com",
        (
            ("kms:DescribeKey", _OF_LOGS),
            *_each(
                (*_DELIVERY, "kms:Encrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo"),
                _OF_LOGS,
            ),
        ),
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
    ),
)


def keys_used(user: Resource, graph: Graph) -> Iterator[tuple[KeyUse, Resource]]:
    """Yield each key of this stack that a service uses because of a resource.

    Raises:
        UndecidedError: which of them it is cannot be told.
    """
    for use in KEY_USES:
        if use.user == user.type:
            for holder, path in _holders(use, user, graph):
                yield from ((use, key) for key in _keys(holder, path, graph))


def refused(use: KeyUse, key: Resource, graph: Graph) -> list[str]:
    """Return the actions that the key's policy does not let the service do."""
    beside = graph.referrers(key, aws.KMS_KEY_POLICY, "keyId")
    allowed = [
        one
        for holder in (key, *beside)
        for one in statements(holder, "policy")
        if one.allows and _names(one, use.service)
    ]
    return [
        action
        for action, keys in use.actions
        if not any(one.speaks_of(action) and _tests_only(one, keys) for one in allowed)
    ]


def is_prescribed(statement: Statement) -> bool:
    """Whether a statement lets a service deliver without a condition, as it documents."""
    return bool(statement.principals) and all(
        kind == "Service" and set(statement.actions) <= set(WITHOUT_SOURCE.get(name, ()))
        for kind, name in statement.principals
    )


def _names(statement: Statement, service: str) -> bool:
    return any(
        kind == "Service" and (fnmatchcase(name, service) or name == service.replace(".*", ""))
        for kind, name in statement.principals
    )


def _tests_only(statement: Statement, keys: frozenset[str]) -> bool:
    return all(test.key in keys or test.if_exists for test in statement.tests)


def _holders(use: KeyUse, user: Resource, graph: Graph) -> Iterator[tuple[Resource, str]]:
    if not use.stores:
        yield user, use.path
    for kind, path in use.stores:
        for store in graph.targets(user, use.path, kind):
            yield store, path


def _keys(holder: Resource, path: str, graph: Graph) -> list[Resource]:
    """Return the keys of this stack; another stack's key is judged with that stack."""
    return graph.targets(holder, path, aws.KMS_KEY) if graph.of(aws.KMS_KEY) else []
