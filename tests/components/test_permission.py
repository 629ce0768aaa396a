from collections.abc import Callable

import pytest
from pulumi import Output

from pulumi_rampart.arguments import ArgumentError
from pulumi_rampart.permission import (
    Permission,
    Statement,
    covers,
    key_statement,
    permission,
    policy_document,
)
from tests.components.inside import BOUNDARY, KEY, recorded, statements


def document(*permissions: Callable[[], Permission]) -> str:
    documents: list[str] = []
    recorded(lambda: policy_document([made() for made in permissions]).apply(documents.append))
    return documents[0]


def read() -> Permission:
    return {"statements": [{"actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::a/*"]}]}


def use_key() -> Permission:
    return {"statements": [key_statement(BOUNDARY, "s3", "kms:Decrypt")]}


def test_a_document_allows_what_it_is_given_and_nothing_else() -> None:
    # then
    assert statements(document(read)) == [
        {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::a/*"]}
    ]
    assert statements(document()) == []


def test_what_two_permissions_share_is_written_once() -> None:
    # when: the key of one store, as each of its verbs allows it
    made = statements(document(use_key, read, use_key))

    # then
    assert [one["Action"] for one in made] == [["kms:Decrypt"], ["s3:GetObject"]]


def test_a_key_is_used_only_through_the_service_that_holds_the_data() -> None:
    # when
    (only,) = statements(document(use_key))

    # then
    assert only["Resource"] == [KEY]
    assert only["Condition"] == {
        "StringEquals": {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}
    }


def test_denials_come_after_what_is_allowed() -> None:
    # given
    documents: list[str] = []
    denial = {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}

    # when
    recorded(lambda: policy_document([read()], [denial]).apply(documents.append))

    # then
    assert [one["Effect"] for one in statements(documents[0])] == ["Allow", "Deny"]


def allowing(*actions: str, resource: str = "arn:aws:s3:::a/*") -> Statement:
    return {"actions": list(actions), "resources": [resource]}


@pytest.mark.parametrize(
    ("granted", "covered"),
    [
        ([allowing("s3:GetObject", "s3:PutObject")], True),
        ([allowing("s3:PutObject"), allowing("s3:GetObject")], True),
        ([allowing("s3:PutObject")], False),
        ([allowing("s3:GetObject", resource="arn:aws:s3:::b/*")], False),
        ([], False),
    ],
)
def test_a_permission_is_covered_when_all_of_it_is_granted_on_the_same_resource(
    granted: list[Statement],
    covered: bool,  # noqa: FBT001  # a case of the table
) -> None:
    assert covers([{"statements": granted}], read()) is covered


def test_outputs_cover_each_other_only_when_they_are_one() -> None:
    def program() -> None:
        one, other = Output.from_input("arn:a"), Output.from_input("arn:a")
        wanted: Permission = {"statements": [{"actions": ["s3:GetObject"], "resources": [one]}]}
        same: Permission = {"statements": [{"actions": ["s3:GetObject"], "resources": [one]}]}
        equal: Permission = {"statements": [{"actions": ["s3:GetObject"], "resources": [other]}]}
        assert covers([same], wanted)
        assert not covers([equal], wanted)

    recorded(program)


def test_what_the_limit_of_all_roles_denies_is_refused_where_the_permission_is_made() -> None:
    # when
    with pytest.raises(ArgumentError) as caught:
        permission("records", BOUNDARY, allowing("dynamodb:Scan"))

    # then
    assert str(caught.value) == (
        "records: dynamodb:Scan is denied by the boundary's limit of all roles, whatever a role is "
        "granted; add it to the boundary's `grantable_actions`."
    )
    widened = {**BOUNDARY, "grantable_actions": ["dynamodb:*"]}
    assert permission("records", widened, allowing("dynamodb:Scan"))  # type: ignore[arg-type]  # a wider boundary
