"""All fixtures, found beside the rules they belong to: tests/policies/rules/<one_rule>.py."""

import importlib.util
from functools import cache
from pathlib import Path

from rampart_policies.pack import RULES
from rampart_policies.rule import Rule
from tests.policies.fixture import Fixture

FOLDER = Path(__file__).parent / "rules"
BY_ID = {rule.id: rule for rule in RULES}


@cache
def fixture_of(rule: Rule) -> Fixture:
    """Load the fixture of a rule; its file has the name of the rule's file."""
    file = FOLDER / f"{rule.check.__module__.rpartition('.')[2]}.py"
    spec = importlib.util.spec_from_file_location(f"fixture_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.FIXTURE
