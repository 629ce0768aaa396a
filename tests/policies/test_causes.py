"""One cause is one finding, and every run says the same in the same order."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rampart_policies import aws
from rampart_policies.pack import RULES
from rampart_policies.verdict import judge
from tests.policies.stacks import allow, document, graph, made
from tests.policies.test_parity import foreign_stack


def about_permissions(action: str) -> list[tuple[str, str]]:
    role = made(aws.IAM_ROLE, "worker")
    policy = made(aws.IAM_ROLE_POLICY, role=role.id, policy=document(allow(action)))
    return [
        (one.rule.id, finding)
        for one in judge(RULES, graph([role, policy]))
        if one.rule.id.startswith("iam-") and one.rule.id != "iam-boundary"
        for finding in one.findings
    ]


@pytest.mark.parametrize("action", ["*", "*:*", "**"])
def test_everything_allowed_is_said_once_and_what_comes_of_it_once(action: str) -> None:
    # when
    found = about_permissions(action)

    # then
    assert [rule for rule, _ in found] == ["iam-escalation", "iam-wildcard-actions"]
    assert "more ways" in found[0][1]


def test_a_wildcard_of_one_service_is_no_excuse_for_the_rest() -> None:
    rules = [rule for rule, _ in about_permissions("iam:*")]

    assert set(rules) >= {"iam-escalation", "iam-pass-role", "iam-wildcard-resources"}
    assert rules.count("iam-escalation") == 1


def test_the_order_is_the_same_in_every_run(tmp_path: Path) -> None:
    # given
    file = tmp_path / "graph.json"
    file.write_text(json.dumps({"resources": foreign_stack()}))
    command = [sys.executable, "-m", "rampart_policies", "--graph", str(file), "--format", "json"]

    # when
    runs = {
        subprocess.run(
            command,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        for seed in ("1", "2", "3")
    }

    # then
    (only,) = runs
    assert json.loads(only)["breaches"]
