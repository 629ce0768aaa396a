from collections.abc import Callable

from pulumi import Output

from pulumi_rampart.permission import Permission, key_statement, policy_document
from tests.components.wall import KEY, recorded, statements


def document(*permissions: Callable[[], Permission]) -> str:
    documents: list[str] = []
    recorded(lambda: policy_document([made() for made in permissions]).apply(documents.append))
    return documents[0]


def read() -> Permission:
    return {"statements": [{"actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::a/*"]}]}


def use_key() -> Permission:
    region = Output.from_input("eu-central-1")
    return {"statements": [key_statement(KEY, region, "s3", ["kms:Decrypt"])]}


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
