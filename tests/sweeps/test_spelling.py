"""Every input reaches the provider under the name that it knows."""

import json
import re
from collections.abc import Iterator

import pytest

from tests.systems.golden import STACKS, file

# Maps whose keys are values: variables, tags, headers, identifiers of a metric query.
FREE = {
    "dimensions",
    "responseParameters",
    "requestParameters",
    "tags",
    "triggers",
    "variables",
}
SNAKE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+")


def spelt_as_in_python(value: object, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if SNAKE.fullmatch(key):
                yield f"{path}.{key}"
            if key not in FREE:
                yield from spelt_as_in_python(each, f"{path}.{key}")
    elif isinstance(value, list):
        for each in value:
            yield from spelt_as_in_python(each, path)


@pytest.mark.parametrize("stack", STACKS)
def test_no_input_keeps_pythons_spelling(stack: str) -> None:
    # when
    found = {
        f"{one['type']}: {path}"
        for one in json.loads(file(stack).read_text())["resources"]
        for path in spelt_as_in_python(one["inputs"], "")
        if one["type"].startswith(("aws:", "docker:"))
    }

    # then: the SDK translates names as deep as it has types, and sends others as they are
    assert found == set()
