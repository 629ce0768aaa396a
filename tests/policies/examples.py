"""The examples that `rampart-policies explain` shows: the first good and bad case of each fixture.

`python -m tests.policies.examples > policies/rampart_policies/examples.json` writes them anew.
"""

import json
import sys
from typing import Any

from rampart_policies.pack import RULES
from tests.policies.every_fixture import fixture_of
from tests.policies.fixture import Case, resources_of


def _shown(case: Case) -> list[dict[str, Any]]:
    return [
        {"name": one["urn"].rpartition("::")[2], "type": one["type"], "properties": one["inputs"]}
        for one in resources_of(case)
    ]


def examples() -> str:
    """Return the content of the file."""
    content = {
        rule.id: {
            "passes": _shown(next(iter(fixture_of(rule).holds.values()))),
            "fails": _shown(next(iter(fixture_of(rule).breaks.values()))),
        }
        for rule in sorted(RULES, key=lambda rule: rule.id)
    }
    return json.dumps(content, indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.write(examples())
