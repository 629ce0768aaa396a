"""Policy documents are read by meaning, whatever their spelling."""

import json

import pytest

from rampart_policies.iam.document import document_statements
from rampart_policies.iam.escalation import Powers, escalations, is_allowed
from rampart_policies.iam.exposure import confused_deputies, open_to_the_world, other_accounts
from rampart_policies.iam.match import is_any_resource, is_wildcard_action, matches
from rampart_policies.values import SECRET, UNKNOWN, UndecidedError, Value
from tests.policies.stacks import allow, document


@pytest.mark.parametrize(
    ("pattern", "action", "included"),
    [
        ("s3:*", "s3:GetObject", True),
        ("s3:get*", "s3:GetObject", True),
        ("s3:Get?bject", "s3:GetObject", True),
        ("*", "iam:PassRole", True),
        ("s3:Get", "s3:GetObject", False),
        ("s3.*", "s3:GetObject", False),
    ],
)
def test_action_patterns_ignore_case_and_know_two_wildcards(
    pattern: str,
    action: str,
    included: bool,  # noqa: FBT001  # a column of the table above
) -> None:
    assert matches(pattern, action) is included


@pytest.mark.parametrize(
    ("pattern", "any_resource"),
    [
        ("*", True),
        ("**", True),
        ("arn:*", True),
        ("arn:aws:s3:::*", True),
        ("arn:aws:s3:::*/*", True),
        ("arn:aws:s3:::papers/*", False),
        ("arn:aws:sqs:*:*:*", True),
        ("arn:aws:sqs:eu-west-1:111122223333:jobs", False),
        ("arn:aws:sqs:eu-west-1:111122223333:jobs-*", False),
        ("arn:aws:dynamodb:*:*:table/*", True),
        ("arn:aws:dynamodb:*:*:table/orders/index/*", False),
        ("arn:aws:lambda:eu-west-1:111122223333:function:*", True),
        ("arn:aws:lambda:eu-west-1:111122223333:function:worker:*", False),
        ("arn:aws:logs:eu-west-1:111122223333:log-group:*", True),
    ],
)
def test_a_resource_pattern_of_wildcards_only_names_no_resource(
    pattern: str,
    any_resource: bool,  # noqa: FBT001  # a column of the table above
) -> None:
    assert is_any_resource(pattern) is any_resource


def test_a_prefix_is_a_wildcard_and_a_full_name_is_not() -> None:
    assert is_wildcard_action("s3:Put*")
    assert not is_wildcard_action("s3:PutObject")


def test_text_and_value_single_and_list_read_alike() -> None:
    # given
    spelled = {"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["a"]}}
    listed = document(allow(["s3:GetObject"], "a"))

    # when
    (first,) = document_statements(json.loads(json.dumps(spelled)), "policy")
    (second,) = document_statements(listed, "policy")

    # then
    assert (first.actions, first.resources) == (second.actions, second.resources)


@pytest.mark.parametrize(
    "value",
    [
        UNKNOWN,
        SECRET,
        "no JSON",
        document(allow("s3:GetObject", UNKNOWN)),
        document(allow(UNKNOWN, "a")),
        document(allow("s3:GetObject", "a", Effect=UNKNOWN)),
        document(allow("s3:GetObject", "a", Principal={"AWS": UNKNOWN})),
        document(allow("s3:GetObject", "a", Condition={"StringEquals": {"a": UNKNOWN}})),
        {"Statement": UNKNOWN},
    ],
)
def test_a_document_that_is_not_known_whole_is_undecided(value: Value) -> None:
    with pytest.raises(UndecidedError, match="policy"):
        document_statements(value, "policy")


def test_two_harmless_permissions_can_be_harmful_together() -> None:
    # given
    passing = document_statements(document(allow("iam:PassRole")), "p")
    running = document_statements(document(allow("ec2:RunInstances")), "p")

    # then
    assert not list(escalations(Powers(passing)))
    assert list(escalations(Powers((*passing, *running)))) == [("iam:PassRole", "ec2:RunInstances")]


def test_a_deny_on_everything_takes_the_permission_away() -> None:
    # given
    denied = document_statements(
        document(allow("iam:*"), {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}), "p"
    )

    # then
    assert is_allowed(Powers(denied), "iam:CreateAccessKey") is False


def test_everyone_is_let_in_unless_a_condition_says_who() -> None:
    # given
    everyone = {"AWS": "*"}
    ours = {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}
    over_tls = {"Bool": {"aws:SecureTransport": "true"}}

    # when
    found = open_to_the_world(
        document_statements(
            document(
                allow("sqs:SendMessage", Principal=everyone, Sid="open"),
                allow("sqs:SendMessage", Principal=everyone, Condition=ours, Sid="ours"),
                allow("sqs:SendMessage", Principal="*", Condition=over_tls, Sid="tls"),
            ),
            "p",
        )
    )

    # then
    assert [statement.label for statement in found] == ["open", "tls"]


def test_a_service_without_source_is_a_deputy_anyone_can_send() -> None:
    # given
    topic = {"Service": ["sns.amazonaws.com", "s3.amazonaws.com"]}
    account = {"StringEquals": {"AWS:SourceAccount": "111122223333"}}
    granted = document_statements(
        document(
            allow("sqs:SendMessage", Principal=topic),
            allow("sqs:SendMessage", Principal=topic, Condition=account),
        ),
        "p",
    )

    # then
    assert [service for _, service in confused_deputies(granted)] == topic["Service"]


def test_other_accounts_are_told_from_our_own() -> None:
    # given
    accounts = {"AWS": ["arn:aws:iam::999988887777:role/x", "111122223333"]}
    granted = document_statements(document(allow("sts:AssumeRole", Principal=accounts)), "p")

    # then
    assert [a for _, a in other_accounts(granted, ["111122223333"])] == ["999988887777"]
