import pytest

from pulumi_rampart.permission import policy_document
from pulumi_rampart.stores.parameter import SecureParameter
from pulumi_rampart.testing import SECRET
from tests.components.wall import ACCOUNT, BOUNDARY, KEY, recorded, refusal, statements

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
    assert made.options == {}


def test_what_an_operator_put_survives_the_next_deployment() -> None:
    # when
    graph = recorded(
        lambda: SecureParameter(
            "key", {"boundary": BOUNDARY, "path": "vision/key", "description": "Vision"}
        )
    )

    # then
    assert graph.one(PARAMETER, "key").options == {"ignoreChanges": ["value"]}


@pytest.mark.parametrize("path", ["/vision/key", "vision//key", "Vision", ""])
def test_a_path_that_systems_manager_would_misread_is_refused(path: str) -> None:
    # when
    message = refusal(
        lambda: SecureParameter("key", {"boundary": BOUNDARY, "path": path, "description": "V"})
    )

    # then
    assert message.startswith(f"key.path={path!r}: must match ")
    assert message.endswith("use lower case words, separated by slashes.")


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
