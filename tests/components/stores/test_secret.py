import json

import pulumi

from pulumi_rampart.permission import policy_document
from pulumi_rampart.stores.secret import SecureSecret
from pulumi_rampart.testing import SECRET, Graph, record
from tests.components.wall import ACCOUNT, BOUNDARY, KEY, recorded, statements

VALUE = "aws:secretsmanager/secretVersion:SecretVersion"


def with_value() -> Graph:
    def program() -> None:
        key = pulumi.Config("shop").require_secret("modelKey")
        SecureSecret(
            "key",
            {"boundary": BOUNDARY, "description": "Model API", "issued_by": "openai", "value": key},
        )

    return record(program, config={"shop:modelKey": "sk-hidden"}, secret_keys=["shop:modelKey"])


def test_the_value_stays_secret_in_the_graph() -> None:
    # when
    graph = with_value()

    # then
    version = graph.one(VALUE, "key-value")
    assert version.inputs["secretString"] == SECRET
    assert "sk-hidden" not in json.dumps(graph.to_json())


def test_a_plain_value_becomes_a_secret() -> None:
    # when
    graph = recorded(
        lambda: SecureSecret(
            "key",
            {
                "boundary": BOUNDARY,
                "description": "Model API",
                "issued_by": "openai",
                "value": "sk-hidden",
            },
        )
    )

    # then
    assert graph.one(VALUE, "key-value").inputs["secretString"] == SECRET


def test_without_a_value_an_operator_puts_it_later() -> None:
    # when
    graph = recorded(
        lambda: SecureSecret(
            "key", {"boundary": BOUNDARY, "description": "Model API", "issued_by": "openai"}
        )
    )

    # then
    assert graph.of(VALUE) == ()
    secret = graph.one("aws:secretsmanager/secret:Secret", "key").inputs
    assert secret == {
        "description": "Model API",
        "tags": {"issued-by": "openai"},
        "kmsKeyId": KEY,
        "recoveryWindowInDays": 30,
    }


def test_nobody_outside_the_account_reads_it_whatever_else_is_granted() -> None:
    # when
    graph = with_value()

    # then
    policy = graph.one("aws:secretsmanager/secretPolicy:SecretPolicy", "key-policy").inputs
    assert policy["blockPublicPolicy"] is True
    (only,) = statements(policy["policy"])
    assert only["Effect"] == "Deny"
    assert only["Condition"] == {"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT}}


def test_a_reader_reads_this_secret_and_decrypts_through_its_service_only() -> None:
    # given
    documents: list[str] = []

    def program() -> None:
        secret = SecureSecret(
            "key", {"boundary": BOUNDARY, "description": "Model API", "issued_by": "openai"}
        )
        policy_document([secret.read()]).apply(documents.append)

    # when
    recorded(program)

    # then
    read, key = statements(documents[0])
    assert read["Action"] == ["secretsmanager:GetSecretValue"]
    assert read["Resource"] == [f"arn:aws:secretsmanager:eu-central-1:{ACCOUNT}:secret:key"]
    assert key["Action"] == ["kms:Decrypt"]
    assert key["Condition"] == {
        "StringEquals": {"kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com"}
    }
