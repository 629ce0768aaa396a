"""The same table of conditions holds for every rule that reads who a policy lets in."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from rampart_policies import aws
from rampart_policies import resource_policies as carriers
from rampart_policies.pack import RULES
from rampart_policies.rule import Rule
from rampart_policies.verdict import Verdict, judge
from tests.policies import narrowing
from tests.policies.carriers import carrying
from tests.policies.stacks import ACCOUNT, Made, allow, document, graph, made

Policy = Callable[[dict[str, Any]], list[Made]]
"""A statement -> resources that carry it."""

OUR_RESOURCES = {"StringEquals": {"aws:ResourceAccount": ACCOUNT}}
BY_ID = {rule.id: rule for rule in RULES}


def on(*kinds: Mapping[str, str]) -> dict[str, Policy]:
    def carry(kind: str, path: str) -> Policy:
        return lambda statement: [carrying(kind, path, document(statement))]

    return {kind: carry(kind, path) for one in kinds for kind, path in one.items()}


def endpoint(statement: dict[str, Any]) -> list[Made]:
    """Make an endpoint's policy that is narrow where it leads to, so that who asks decides."""
    condition: dict[str, Any] = {}
    for block in (OUR_RESOURCES, statement.get("Condition", {})):
        for operator, tests in block.items():
            condition[operator] = {**condition.get(operator, {}), **tests}
    return [made(aws.VPC_ENDPOINT, policy=document(statement | {"Condition": condition}))]


OPEN_TO: dict[str, dict[str, Policy]] = {
    "api-policy-open": on(carriers.APIS),
    "archive-policy-open": on(carriers.ARCHIVES),
    "data-policy-open": on(carriers.STREAMS_AND_TABLES),
    "ecr-policy-open": on(carriers.IMAGES),
    "endpoint-policy": {aws.VPC_ENDPOINT: endpoint},
    "event-bus-open": on({aws.EVENT_BUS_POLICY: "policy"}),
    "iam-trust": on({aws.IAM_ROLE: "assumeRolePolicy"}),
    "kms-policy": on(carriers.KEYS),
    "lambda-public": on({aws.LAMBDA_RESOURCE_POLICY: "policy"}),
    "logs-policy-open": on(carriers.LOGS),
    "resource-policy-open": on(carriers.OTHERS),
    "s3-access-point-open": on(carriers.ACCESS_POINTS),
    "s3-policy-open": on(carriers.BUCKETS),
    "search-policy-open": on(carriers.SEARCH),
    "secret-policy-open": on(carriers.SECRETS),
    "sns-policy-open": on({aws.SNS_TOPIC: "policy", aws.SNS_TOPIC_POLICY: "policy"}),
    "sqs-policy-open": on({aws.SQS_QUEUE: "policy", aws.SQS_QUEUE_POLICY: "policy"}),
}
"""Rule -> type -> how it carries a statement: every rule that says whom a policy lets in."""

NOT_WHO = {
    "iam-carried-keys": "which conditions an action's requests carry, whoever asks",
    "s3-archive": "what the stack's own identities do with archived objects",
    "event-bus-policy": "asks only whether there is a policy",
    "iam-access-keys": "reads no document",
    "iam-boundary": "asks only whether functions run with a role",
    "iam-decrypt-all": "reads what identities may do, not who",
    "iam-escalation": "reads what identities may do, not who",
    "iam-grant-targets": "reads what identities may do, not who",
    "iam-managed-admin": "reads names of policies",
    "iam-managed-policies": "reads names of policies",
    "iam-pass-role": "reads what identities may do, not who",
    "iam-trust-deputy": "services only: see the second table",
    "iam-trust-federated": "identity providers only: its fixture has a table of claims",
    "iam-wildcard-actions": "reads what identities may do, not who",
    "iam-wildcard-lists": "reads what identities may do, not who",
    "iam-wildcard-logs": "reads what identities may do, not who",
    "iam-wildcard-resources": "reads what identities may do, not who",
    "lambda-endpoints": "reads what identities may do, not who",
    "lambda-layer-public": "has no conditions but an organisation: its fixture has them",
    "lambda-trigger-loop": "reads what identities may do, not who",
    "sns-cross-account": "accounts by their numbers, and any condition: its fixture has them",
    "s3-tls": "reads what is denied to everyone: its fixture has the parts",
    "sns-tls": "reads what is denied to everyone: its fixture has the parts",
    "sqs-tls": "reads what is denied to everyone: its fixture has the parts",
    "storage-event-source": "services only: its fixture has the table",
}

WITH_SERVICES = {
    {"iam-trust": "iam-trust-deputy"}.get(rule, rule): kinds
    for rule, kinds in OPEN_TO.items()
    if rule != "endpoint-policy"
}
"""Rule -> type -> how it carries a statement: every rule about services that act for others."""


def verdict_of(rule: Rule, resources: list[Made]) -> Verdict:
    outcomes = list(judge([rule], graph(resources)))
    assert len(outcomes) == 1
    return outcomes[0].verdict


def reads_documents(rule: Rule) -> bool:
    """Whether a rule's file, or what it takes from beside it, reads policy documents."""
    source = inspect.getsource(inspect.getmodule(rule.check))  # pyright: ignore[reportArgumentType]  # a rule is a file
    return any(
        f"rampart_policies.{one}" in source
        for one in ("iam.", "resource_policies", "loops", "buckets import policy_of")
    )


def test_every_rule_that_reads_documents_is_in_the_table_or_left_out_for_a_reason() -> None:
    # given
    reading = {rule.id for rule in RULES if reads_documents(rule)}

    # then
    assert reading - OPEN_TO.keys() - NOT_WHO.keys() == set()
    assert not OPEN_TO.keys() & NOT_WHO.keys()
    assert OPEN_TO.keys() | NOT_WHO.keys() <= BY_ID.keys()


@pytest.mark.parametrize(
    ("expected", "shapes"),
    [
        (Verdict.HOLDS, narrowing.NARROW),
        (Verdict.BROKEN, narrowing.WIDE),
        (Verdict.UNDECIDED, narrowing.UNCLEAR),
    ],
    ids=["narrow", "wide", "unclear"],
)
@pytest.mark.parametrize("rule", OPEN_TO)
def test_a_condition_narrows_everyone_for_every_rule_alike(
    rule: str, expected: Verdict, shapes: narrowing.Shapes
) -> None:
    for kind, carry in OPEN_TO[rule].items():
        for label, condition in shapes.items():
            # given
            statement = allow("s3:GetObject", Principal="*", Condition=condition)

            # when
            found = verdict_of(BY_ID[rule], carry(statement))

            # then
            assert found is expected, f"{kind}: {label}"


@pytest.mark.parametrize(
    ("expected", "shapes"),
    [
        (Verdict.HOLDS, narrowing.NARROW_FOR_SERVICES),
        (Verdict.BROKEN, narrowing.WIDE_FOR_SERVICES),
    ],
    ids=["narrow", "wide"],
)
@pytest.mark.parametrize("rule", WITH_SERVICES)
def test_a_condition_narrows_a_service_for_every_rule_alike(
    rule: str, expected: Verdict, shapes: narrowing.Shapes
) -> None:
    service = {"Service": "states.eu-west-1.amazonaws.com"}
    for kind, carry in WITH_SERVICES[rule].items():
        for label, condition in shapes.items():
            # given
            statement = allow("s3:GetObject", Principal=service, Condition=condition)

            # when
            found = verdict_of(BY_ID[rule], carry(statement))

            # then
            assert found is expected, f"{kind}: {label}"
