"""Rules of a team's own, from Python files outside this package."""

import importlib.util
import sys
from collections.abc import Iterable
from pathlib import Path

from rampart_policies.rule import Rule


class OwnRuleError(Exception):
    """A file has no usable rule; the message names it."""


def load(paths: Iterable[Path], known: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the rules of some files: each has one as `RULE`.

    Args:
        paths: Python files.
        known: rules whose ids are taken.

    Raises:
        OwnRuleError: a file cannot be run, has no RULE, or its id is taken.
    """
    taken = {rule.id for rule in known}
    found: list[Rule] = []
    for path in paths:
        rule = _rule(path)
        if rule.id in taken:
            raise OwnRuleError(f"{path}: there is a rule {rule.id!r} already; give it another id")
        taken.add(rule.id)
        found.append(rule)
    return tuple(found)


def _rule(path: Path) -> Rule:
    spec = importlib.util.spec_from_file_location(f"own_rule_{path.stem}", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise OwnRuleError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # whatever a file of somebody else may raise
        raise OwnRuleError(f"{path} cannot be run: {error}") from error
    rule = getattr(module, "RULE", None)
    if not isinstance(rule, Rule):
        raise OwnRuleError(f"{path} has no RULE made by resource_rule or stack_rule")
    return rule
