"""A policy document is what the AWS provider makes of the same arguments.

The expected texts follow hashicorp/terraform-provider-aws,
internal/service/iam/policy_document_data_source_test.go.
"""

import json
from typing import Any

import pytest

from pulumi_rampart.testing.synthetic.policy_document import policy_document


def document(**arguments: object) -> dict[str, Any]:
    return json.loads(policy_document(arguments)["json"])


def only(**statement: object) -> dict[str, Any]:
    (found,) = document(statements=[statement])["Statement"]
    return found


def test_lists_are_sorted_backwards_and_a_list_of_one_is_a_text() -> None:
    # then
    assert only(actions=["s3:Get", "s3:Put", "s3:Get"], resources=["*"]) == {
        "Effect": "Allow",
        "Action": ["s3:Put", "s3:Get"],
        "Resource": "*",
    }


def test_names_are_written_in_the_order_of_the_provider() -> None:
    # when
    text = policy_document(
        {
            "policyId": "id",
            "statements": [
                {"resources": ["*"], "actions": ["a:B"], "sid": "one", "effect": "Deny"}
            ],
        }
    )

    # then
    assert text["minifiedJson"] == (
        '{"Version":"2012-10-17","Id":"id","Statement":'
        '[{"Sid":"one","Effect":"Deny","Action":"a:B","Resource":"*"}]}'
    )
    assert text["json"].startswith('{\n  "Version"')


def test_principals_of_one_type_are_joined_and_everybody_is_a_star() -> None:
    # then
    assert only(
        principals=[
            {"type": "AWS", "identifiers": ["arn:b", "arn:a"]},
            {"type": "AWS", "identifiers": ["arn:c"]},
            {"type": "Service", "identifiers": ["s3.amazonaws.com"]},
        ]
    )["Principal"] == {"AWS": ["arn:b", "arn:a", "arn:c"], "Service": "s3.amazonaws.com"}
    assert only(principals=[{"type": "*", "identifiers": ["*"]}])["Principal"] == "*"
    assert only(principals=[{"type": "AWS", "identifiers": ["*"]}])["Principal"] == {"AWS": "*"}


def test_conditions_of_one_test_and_variable_are_joined_in_order() -> None:
    # then
    assert only(
        conditions=[
            {"test": "StringLike", "variable": "s3:prefix", "values": ["home/", "a/"]},
            {"test": "StringLike", "variable": "s3:prefix", "values": ["b/"]},
            {"test": "Bool", "variable": "aws:SecureTransport", "values": ["false"]},
        ]
    )["Condition"] == {
        "StringLike": {"s3:prefix": ["home/", "a/", "b/"]},
        "Bool": {"aws:SecureTransport": "false"},
    }


def test_ampersands_stand_for_dollars_where_policies_know_variables() -> None:
    # then
    assert only(resources=["arn:aws:s3:::b/&{aws:username}"])["Resource"] == (
        "arn:aws:s3:::b/${aws:username}"
    )
    with pytest.raises(ValueError, match="2008-10-17"):
        document(version="2008-10-17", statements=[{"resources": ["&{aws:username}"]}])


def test_other_documents_come_before_and_override_by_their_sid() -> None:
    # given
    base = {
        "Version": "2008-10-17",
        "Statement": [
            {"Sid": "keep", "Effect": "Allow", "Action": ["b", "a"], "Resource": "*"},
            {"Sid": "change", "Effect": "Allow", "Action": "x", "Principal": "*"},
        ],
    }
    over = {
        "Version": "2012-10-17",
        "Statement": {"Sid": "change", "Effect": "Deny", "Action": "y"},
    }

    # when
    found = document(
        sourcePolicyDocuments=[json.dumps(base)],
        statements=[{"actions": ["own"]}],
        overridePolicyDocuments=[json.dumps(over)],
    )

    # then
    assert found == {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "keep", "Effect": "Allow", "Action": ["b", "a"], "Resource": "*"},
            {"Sid": "change", "Effect": "Deny", "Action": "y"},
            {"Effect": "Allow", "Action": "own"},
        ],
    }


def test_a_condition_of_another_document_keeps_its_values() -> None:
    # given
    given = {
        "Statement": [{"Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": False}}}]
    }

    # then
    (found,) = document(sourcePolicyDocuments=[json.dumps(given)])["Statement"]
    assert found["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_two_statements_of_one_sid_are_refused() -> None:
    # then
    with pytest.raises(ValueError, match="two statements with the Sid 'one'"):
        document(statements=[{"sid": "one"}, {"sid": "one"}])


def test_letters_that_html_reserves_are_escaped_as_go_does() -> None:
    # then
    assert (
        "\\u003cx\\u003e\\u0026" in policy_document({"statements": [{"actions": ["<x>&"]}]})["json"]
    )
