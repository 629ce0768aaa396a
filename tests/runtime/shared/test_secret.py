"""Secrets Manager's own answers, through botocore's stubber: the real client, no network."""

from collections.abc import Iterator

import pytest
from botocore.stub import Stubber

from runtime.shared.errors import DeniedError, NotConfiguredError, UnavailableError
from runtime.shared.secret import Secrets

ARN = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:key-AbCdEf"


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> Secrets:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    return Secrets()


@pytest.fixture
def answers(secrets: Secrets) -> Iterator[Stubber]:
    client = secrets._provider.client
    assert client is not None
    with Stubber(client) as stubber:
        yield stubber


def test_a_value_is_read_once_and_trimmed(secrets: Secrets, answers: Stubber) -> None:
    # given
    answers.add_response("get_secret_value", {"SecretString": "sk-1\n"}, {"SecretId": ARN})

    # then: a second call to the service would find no answer
    assert secrets.read(ARN) == "sk-1"
    assert secrets.read(ARN) == "sk-1"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ResourceNotFoundException", NotConfiguredError),
        ("InvalidRequestException", NotConfiguredError),
        ("AccessDeniedException", DeniedError),
        ("InternalServiceError", UnavailableError),
    ],
)
def test_a_refusal_is_said_in_our_words(
    secrets: Secrets, answers: Stubber, code: str, expected: type[Exception]
) -> None:
    # given
    status = 500 if code == "InternalServiceError" else 400
    answers.add_client_error("get_secret_value", code, http_status_code=status)

    # then
    with pytest.raises(expected):
        secrets.read(ARN)


def test_a_secret_without_a_value_is_not_configured(secrets: Secrets, answers: Stubber) -> None:
    # given
    answers.add_response("get_secret_value", {"SecretString": " "}, {"SecretId": ARN})

    # then
    with pytest.raises(NotConfiguredError, match="no value"):
        secrets.read(ARN)
    with pytest.raises(NotConfiguredError, match="no secret"):
        secrets.read("")
