"""One cause is one finding, and every run says the same in the same order."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from rampart_policies import aws
from rampart_policies.pack import RULES
from rampart_policies.recorded import from_json
from rampart_policies.verdict import judge
from tests.policies.stacks import Made, allow, document, graph, made
from tests.policies.test_parity import foreign_stack

RECORDED = Path(__file__).parent / "recorded"


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


def judged(*resources: Made, rules: str = "") -> list[tuple[str, str, str]]:
    return [
        (one.rule.id, one.resource.name, finding)
        for one in judge(RULES, graph(resources))
        if one.rule.id.startswith(rules)
        for finding in one.findings
    ]


def trust(*principals: Mapping[str, object]) -> Made:
    statements = [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": one} for one in principals
    ]
    return made(aws.IAM_ROLE, "worker", assumeRolePolicy=document(*statements))


@pytest.mark.parametrize(
    ("principal", "rule", "named"),
    [
        (
            {"Service": ["events.amazonaws.com", "states.amazonaws.com"]},
            "iam-trust-deputy",
            "events.amazonaws.com and states.amazonaws.com",
        ),
        (
            {"AWS": ["arn:aws:iam::999988887777:root", "888877776666"]},
            "iam-trust",
            "999988887777 and 888877776666",
        ),
        ({"AWS": ["*", "arn:aws:iam::999988887777:root"]}, "iam-trust", "everyone"),
    ],
    ids=["services", "accounts", "everyone, and an account"],
)
def test_one_statement_of_a_trust_policy_is_one_finding(
    principal: Mapping[str, object], rule: str, named: str
) -> None:
    # when
    found = judged(trust(principal), rules="iam-trust")

    # then
    ((found_rule, _, finding),) = found
    assert found_rule == rule
    assert named in finding


def test_two_statements_are_two_causes() -> None:
    accounts = ({"AWS": f"arn:aws:iam::{one * 12}:root"} for one in "98")

    assert len(judged(trust(*accounts), rules="iam-trust")) == 2


@pytest.mark.parametrize("mode", ["up", "preview"])
def test_a_function_helper_is_one_finding_at_the_line_that_calls_it(mode: str) -> None:
    """`recorded/helper.ts.txt`: the helper makes a role with nine attachments, names and all."""
    # given
    content = json.loads((RECORDED / f"helper.{mode}.json").read_text())
    stack = from_json(content)
    attached = stack.of(aws.IAM_ROLE_POLICY_ATTACHMENT)
    assert len(attached) >= 9

    # when
    found = [one for one in judge(RULES, stack) if one.rule.id.startswith("iam-managed")]

    # then
    lines = [(one.rule.id, one.resource.name, len(one.findings)) for one in found if one.findings]
    assert lines == [("iam-managed-admin", "greet", 1), ("iam-managed-policies", "greet", 1)]
    (role,) = stack.of(aws.IAM_ROLE)
    assert stack.declared_at(role) == ("index.ts", 3)
