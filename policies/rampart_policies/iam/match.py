"""IAM's wildcards: `*` is any text, `?` any one character; actions ignore case."""

import re
from functools import lru_cache


def matches(pattern: str, action: str) -> bool:
    """Whether an action pattern includes an action."""
    return _compiled(pattern.lower()).fullmatch(action.lower()) is not None


def arn_matches(pattern: str, arn: str) -> bool:
    """Whether a resource pattern includes an ARN; ARNs do not ignore case."""
    return _compiled(pattern).fullmatch(arn) is not None


def is_wildcard_action(pattern: str) -> bool:
    """Whether the pattern stands for more than the one action it names: `*`, `s3:*`, `s3:Get*`."""
    return "*" in pattern or "?" in pattern


def is_any_resource(pattern: str) -> bool:
    """Whether a resource pattern names no particular resource: `*`, or an ARN of only wildcards.

    `arn:aws:s3:::*` and `arn:aws:sqs:*:*:*` narrow the service, which the action does already.
    """
    if not pattern.startswith("arn:"):
        return set(pattern) <= {"*", "?"}
    _, _, service, *_, name = [*pattern.split(":", 5), *"*****"][:6]  # `arn:*` is any too
    if service == "s3":  # bucket/key: all keys of one bucket are still that bucket's
        return set(name.partition("/")[0]) <= {"*"}
    kind, _, rest = name.replace("/", ":").partition(":")
    return set(name) <= {"*"} or (
        kind.replace("-", "").isalpha() and rest != "" and set(rest) <= {"*", ":"}
    )


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(
        "".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in pattern), re.DOTALL
    )
