import json
from typing import Any

import pulumi
import pytest

from pulumi_rampart.permission import policy_document
from pulumi_rampart.stores.secret import SecureSecret, SecureSecretArgs
from pulumi_rampart.testing import SECRET, Graph, record
from tests.components.inside import ACCOUNT, BOUNDARY, KEY, recorded, refusal, statements

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


def arguments(**more: object) -> SecureSecretArgs:
    return {"boundary": BOUNDARY, "description": "Model API", "issued_by": "openai", **more}  # type: ignore[typeddict-item]  # some are wrong


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (
            {"value": ""},
            (
                "key.value: 1 to 65536 bytes are allowed, not 0; leave an empty value out for an "
                "operator to put, and keep a large one in a bucket."
            ),
        ),
        ({"value": "é" * 32_769}, "key.value: 1 to 65536 bytes are allowed, not 65538; leave an"),
        ({"value": 12_345_678}, "key.value: a text is wanted, not int."),
        (
            {"secret_string": "sk-hidden"},
            "key.secret_string: there is no such argument; did you mean `value`? Allowed are ",
        ),
        ({"description": "d" * 2049}, f"key.description='{'d' * 2049}': 0 to 2048 characters are"),
        ({"issued_by": "a;b"}, "key.issued_by='a;b': must match "),
        ({"issued_by": "a" * 257}, f"key.issued_by='{'a' * 257}': must match "),
        ({"issued_by": ["openai"]}, "key.issued_by: a text is wanted, not list."),
    ],
)
def test_what_secrets_manager_would_refuse_is_refused_and_never_shown(
    wrong: dict[str, Any], why: str
) -> None:
    # when
    message = refusal(lambda: SecureSecret("key", arguments(**wrong)))

    # then
    assert message.startswith(why)
    assert "sk-hidden" not in message


@pytest.mark.parametrize("value", ["x", "x" * 65_536, "é" * 32_768])
def test_the_largest_secret_passes(value: str) -> None:
    # when
    graph = recorded(lambda: SecureSecret("key", arguments(value=value)))

    # then
    assert graph.one(VALUE, "key-value").inputs["secretString"] == SECRET


def test_a_name_that_no_secret_can_have_is_refused() -> None:
    # when
    message = refusal(lambda: SecureSecret("key of mine", arguments()))

    # then
    assert message.startswith(
        "key of mine: is not possible as a name: Secrets Manager allows no ' ' in "
    )
