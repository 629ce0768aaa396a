"""What a remediation changes, in words: the engine shows only that there was one."""

import json
from collections.abc import Mapping

from rampart_policies.values import SECRET, Value, contains_unknown, texts_in

_SHOWN = 120  # characters of a value; a policy document can have thousands


def told(before: Mapping[str, Value], patch: Mapping[str, Value]) -> str:
    """Say what becomes of each property that a patch sets.

    Args:
        before: the properties as the program declares them, secrets marked.
        patch: the properties that are set.

    >>> told({}, {"tracingConfig": {"mode": "Active"}})
    'tracingConfig from unset to {"mode": "Active"}'
    """
    return "; ".join(
        f"{key} from {_shown(before.get(key))} to {_shown(value)}" for key, value in patch.items()
    )


def _whole(value: Value) -> Value:
    """Write whole numbers as such: the engine sends every number as a float."""
    if isinstance(value, dict):
        return {key: _whole(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _shown(value: Value) -> str:
    if value is None:
        return "unset"
    if SECRET in texts_in(value):
        return "a secret value"
    if contains_unknown(value):
        return "a value that is not known yet"
    text = json.dumps(_whole(value))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
