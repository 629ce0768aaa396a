from typing import Any

import pytest
from pulumi import Output

from pulumi_rampart.permission import policy_document
from pulumi_rampart.stores.parameter import SecureParameter, SecureParameterArgs
from pulumi_rampart.testing import SECRET
from tests.components.inside import ACCOUNT, BOUNDARY, KEY, recorded, refusal, statements

PARAMETER = "aws:ssm/parameter:Parameter"


def test_the_value_is_encrypted_with_the_customer_key_and_stays_secret_in_the_graph() -> None:
    # when
    graph = recorded(
        lambda: SecureParameter(
            "key",
            {"boundary": BOUNDARY, "path": "vision/key", "description": "Vision", "value": "sk-1"},
        )
    )

    # then
    made = graph.one(PARAMETER, "key")
    assert made.inputs == {
        "name": "/shop-dev/vision/key",
        "type": "SecureString",
        "keyId": KEY,
        "description": "Vision",
        "value": SECRET,
    }
    assert "ignoreChanges" not in made.options


def test_what_an_operator_put_survives_the_next_deployment() -> None:
    # when
    graph = recorded(
        lambda: SecureParameter(
            "key", {"boundary": BOUNDARY, "path": "vision/key", "description": "Vision"}
        )
    )

    # then
    assert graph.one(PARAMETER, "key").options["ignoreChanges"] == ["value"]


def arguments(**more: object) -> SecureParameterArgs:
    return {"boundary": BOUNDARY, "path": "vision/key", "description": "Vision", **more}  # type: ignore[typeddict-item]  # some are wrong


DEEP = "/".join("abcdefghijklmno")
# arn:aws:ssm:eu-central-1:123456789012:parameter/shop-dev/ has 57 characters.
LONGEST = "a" * (1011 - 57)


@pytest.mark.parametrize("path", ["Vision/Key_1.a", DEEP[:-2], LONGEST])
def test_a_path_that_parameter_store_takes_passes(path: str) -> None:
    # when
    graph = recorded(lambda: SecureParameter("key", arguments(path=path)))

    # then
    assert graph.one(PARAMETER, "key").inputs["name"] == f"/shop-dev/{path}"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"path": "/vision/key"}, ".path='/vision/key': words separated by single slashes are"),
        ({"path": "vision/key/"}, ".path='vision/key/': words separated by single slashes are"),
        ({"path": "vision//key"}, ".path='vision//key': words separated by single slashes are"),
        ({"path": ""}, ".path='': words separated by single slashes are wanted, none at"),
        ({"path": "vision key"}, ".path='vision key': a name has letters of a to z, digits and"),
        ({"path": "vißion"}, ".path='vißion': a name has letters of a to z, digits and _ . -"),
        ({"path": DEEP}, f".path='{DEEP}': 15 levels below the prefix, and Parameter Store allows"),
        (
            {"path": f"{LONGEST}a"},
            (
                ".path: the parameter's ARN would have 1012 characters and Parameter Store allows "
                "1011; take a path that is 1 shorter."
            ),
        ),
        ({"paht": "a"}, ".paht: there is no such argument; did you mean `path`? Allowed are "),
        ({"description": "d" * 1025}, f".description='{'d' * 1025}': 0 to 1024 characters are"),
        (
            {"value": "sk-hidden" * 500},
            (
                ".value: 1 to 4096 characters are allowed, not 4500; leave an empty value out for "
                "an operator to put, and keep a large one in a `SecureSecret`."
            ),
        ),
        ({"value": ""}, ".value: 1 to 4096 characters are allowed, not 0; leave an empty value"),
        ({"value": "{{sk-hidden}}"}, ".value: Parameter Store takes no value in double braces,"),
        ({"value": ["sk-hidden"]}, ".value: a text is wanted, not list."),
    ],
)
def test_what_parameter_store_would_refuse_is_refused_and_no_value_shown(
    wrong: dict[str, Any], why: str
) -> None:
    # when
    message = refusal(lambda: SecureParameter("key", arguments(**wrong)))

    # then
    assert message.startswith(f"key{why}")
    assert "sk-hidden" not in message


def test_the_longest_value_passes_and_one_that_is_computed_is_not_counted() -> None:
    def program() -> None:
        SecureParameter("long", arguments(value="x" * 4096))
        SecureParameter("computed", arguments(path="c", value=Output.from_input("x" * 5000)))

    # when
    graph = recorded(program)

    # then
    assert [one.inputs["value"] for one in graph.of(PARAMETER)] == [SECRET, SECRET]


def test_a_prefix_that_only_a_deployment_knows_becomes_part_of_the_name() -> None:
    def program() -> None:
        boundary = {**BOUNDARY, "prefix": Output.from_input("shop-prod")}
        SecureParameter("key", arguments(boundary=boundary))

    # when
    graph = recorded(program)

    # then
    assert graph.one(PARAMETER, "key").inputs["name"] == "/shop-prod/vision/key"


def test_a_reader_reads_this_parameter_only() -> None:
    # given
    documents: list[str] = []

    def program() -> None:
        parameter = SecureParameter(
            "key", {"boundary": BOUNDARY, "path": "vision/key", "description": "Vision"}
        )
        policy_document([parameter.read()]).apply(documents.append)

    # when
    recorded(program)

    # then
    read, key = statements(documents[0])
    assert read["Action"] == ["ssm:GetParameter"]
    assert read["Resource"] == [f"arn:aws:ssm:eu-central-1:{ACCOUNT}:parameter/shop-dev/vision/key"]
    assert key["Condition"] == {
        "StringEquals": {"kms:ViaService": "ssm.eu-central-1.amazonaws.com"}
    }
