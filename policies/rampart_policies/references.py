"""Which resource a value speaks of: by identifier, ARN, name or address, also inside longer texts.

Programs in any language end in the same wire values, so references are found in the values
themselves, besides the dependencies that the engine records.
"""

import re
from collections.abc import Iterator, Mapping

from rampart_policies.values import UndecidedError, Value, is_unknown, parse_json, single, texts_in

# Outputs by which AWS lets other resources name a resource.
IDENTITIES = (
    "id",
    "arn",
    "name",
    "url",
    "bucket",
    "keyId",
    "invokeArn",
    "qualifiedArn",
    "qualifiedInvokeArn",
    "executionArn",
    "repositoryUrl",
    "clusterResourceId",
)

# A lookahead, because ARNs may contain ARNs: an API's integration names a function inside its own.
_ARN = re.compile(r"(?=(arn:aws[a-z-]*:[^\s\"',|]+))")
_ARN_FIELDS = 6  # arn:partition:service:region:account:resource


def names_in(value: Value) -> Iterator[str]:
    """Yield every text that could be a resource's identity, the most specific first.

    >>> list(names_in("arn:aws:s3:::papers/uploads/*"))
    ['arn:aws:s3:::papers/uploads/*', 'arn:aws:s3:::papers/uploads', 'arn:aws:s3:::papers']
    """
    for text in texts_in(value):
        yield text
        for arn in _ARN.findall(text):
            if arn != text:
                yield arn
            yield from _enclosing(arn)


def _enclosing(arn: str) -> Iterator[str]:
    # A path, a qualifier or a route behind an ARN still belongs to the resource of that ARN.
    while True:
        cut = max(arn.rfind("/"), arn.rfind(":"))
        arn = arn[:cut]
        if arn.count(":") < _ARN_FIELDS - 1 or not arn.split(":", _ARN_FIELDS - 1)[-1]:
            return
        yield arn


def plain(fields: Mapping[str, Value], path: str) -> Value:
    """Return the value at a path with JSON texts opened, unknowns left in place."""
    value: Value = dict(fields)
    for step in path.split("."):
        if isinstance(value, str) and value.startswith("{"):
            value = parse_json(value, path) if not is_unknown(value) else value
        if isinstance(value, list):
            value = single(value)
        if isinstance(value, dict):
            value = value.get(step)
        elif not is_unknown(value):
            return None
    if isinstance(value, str) and value.startswith(("{", "[")) and not is_unknown(value):
        return _opened(value)
    return value


def _opened(text: str) -> Value:
    try:
        return parse_json(text, "")
    except UndecidedError:
        return text  # not JSON after all: a text that happens to start with a brace
