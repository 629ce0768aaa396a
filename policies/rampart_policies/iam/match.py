"""IAM's wildcards: `*` is any text, `?` any one character; actions ignore case."""

import re
from collections.abc import Iterable
from functools import lru_cache

_WILD = {"*", "?"}
_KIND_AND_WILDCARDS = re.compile(r"/?([A-Za-z-]*)([*?:/]*[*?][*?:/]*)")

# Service -> kinds that stand before the name in its ARNs; queues, topics and buckets have none.
# https://docs.aws.amazon.com/service-authorization/latest/reference/
_KINDS = {
    "apigateway": ("apis", "apikeys", "domainnames", "restapis", "usageplans", "vpclinks"),
    "backup": ("backup-plan", "backup-vault", "recovery-point"),
    "bedrock": ("agent", "foundation-model", "guardrail", "inference-profile", "knowledge-base"),
    "cloudfront": ("distribution", "function"),
    "cloudwatch": ("alarm", "dashboard"),
    "cognito-identity": ("identitypool",),
    "cognito-idp": ("userpool",),
    "dynamodb": ("export", "global-table", "table"),
    "ec2": ("image", "instance", "network-interface", "security-group", "snapshot", "subnet"),
    "ecr": ("repository",),
    "ecs": ("cluster", "service", "task", "task-definition"),
    "elasticache": ("cluster", "replicationgroup", "serverlesscache"),
    "elasticfilesystem": ("access-point", "file-system"),
    "es": ("domain",),
    "events": ("archive", "event-bus", "rule"),
    "firehose": ("deliverystream",),
    "glue": ("catalog", "database", "job", "table"),
    "iam": ("group", "instance-profile", "policy", "role", "user"),
    "kinesis": ("stream",),
    "kms": ("alias", "key"),
    "lambda": ("event-source-mapping", "function", "layer"),
    "logs": ("destination", "log-group"),
    "rds": ("cluster", "db", "snapshot"),
    "rds-db": ("dbuser",),
    "scheduler": ("schedule", "schedule-group"),
    "secretsmanager": ("secret",),
    "ssm": ("document", "parameter"),
    "states": ("activity", "execution", "stateMachine"),
    "sts": ("assumed-role", "federated-user"),
}


def matches(pattern: str, action: str) -> bool:
    """Whether an action pattern includes an action."""
    return _compiled(pattern.lower()).fullmatch(action.lower()) is not None


def arn_matches(pattern: str, arn: str) -> bool:
    """Whether a resource pattern includes an ARN; ARNs do not ignore case."""
    return _compiled(pattern).fullmatch(arn) is not None


def is_wildcard_action(pattern: str) -> bool:
    """Whether the pattern stands for more than the one action it names: `*`, `s3:*`, `s3:Get*`."""
    return "*" in pattern or "?" in pattern


def allows_every_service(actions: Iterable[str]) -> bool:
    """Whether any of these actions is every action of AWS: `*`, `*:*`.

    Such a statement is one cause: iam-wildcard-actions names it, and no other rule repeats it.
    """
    return any(matches(action, "zq7:zq7") for action in actions)


def only_lists(pattern: str) -> bool:
    """Whether an action pattern stands for actions that only list or describe: `ec2:Describe*`."""
    return pattern.partition(":")[2].lower().startswith(("describe", "list"))


def is_any_resource(pattern: str) -> bool:
    """Whether a resource pattern names no particular resource: `*`, or an ARN of only wildcards.

    `arn:aws:s3:::*`, `arn:aws:sqs:*:*:?*` and `arn:aws:dynamodb:*:*:table*` narrow the service or
    the kind, which the action does already.
    """
    if not pattern.startswith("arn:"):
        return pattern != "" and (set(pattern) <= _WILD or matches(pattern, "arn:zq:zq:zq:zq:zq"))
    _, _, service, *_, name = [*pattern.split(":", 5), *"*****"][:6]  # `arn:*` is any too
    if service == "s3":  # bucket/key: all keys of one bucket are still that bucket's
        return set(name.partition("/")[0]) <= _WILD
    found = _KIND_AND_WILDCARDS.fullmatch(name)
    if found is None:
        return False
    kind, after = found[1], found[2]
    if kind == "" or after.startswith((":", "/")):
        return True
    return any(one.startswith(kind) for one in _KINDS.get(service, ()))


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(
        "".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in pattern), re.DOTALL
    )
