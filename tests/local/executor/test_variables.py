"""What a function's process is told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from rampart_local.executor.functions import Code, Function
from rampart_local.executor.variables import Credentials, variables

ENDPOINT = "http://127.0.0.1:4566"


def environment(declared: dict[str, str]) -> dict[str, str]:
    function = Function(
        name="f",
        arn="arn:aws:lambda:eu-central-1:123456789012:function:f",
        version="$LATEST",
        code=Code(folder=Path("task"), handler="app.handle", isolated=True, sha256=""),
        variables=declared,
        role_arn="arn:aws:iam::123456789012:role/r",
        timeout_seconds=3,
        memory_mib=128,
        runtime="python3.13",
        log_format="Text",
        log_level="",
        log_group="/aws/lambda/f",
        egress=False,
        reserved_concurrency=None,
    )
    credentials = Credentials(
        access_key_id="key",
        secret_access_key="secret",
        session_token="token",
        expires=datetime.now(UTC) + timedelta(hours=1),
    )
    return variables(
        function, credentials, endpoint=ENDPOINT, runtime_api="127.0.0.1:1", folder=Path("tmp")
    )


def test_a_cognito_key_set_is_read_from_the_embedded_aws() -> None:
    # given
    public = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_abc"

    # when
    found = environment({"JWKS_URL": f"{public}/.well-known/jwks.json", "ISSUER": public})

    # then
    assert found["JWKS_URL"] == f"{ENDPOINT}/eu-central-1_abc/.well-known/jwks.json"
    assert found["ISSUER"] == public


def test_a_declared_variable_cannot_replace_the_roles_credentials() -> None:
    assert environment({"AWS_ACCESS_KEY_ID": "mine"})["AWS_ACCESS_KEY_ID"] == "key"


def test_credentials_that_end_before_the_work_could_are_not_used() -> None:
    # given
    expires = datetime.now(UTC) + timedelta(seconds=60)

    # when
    credentials = Credentials(
        access_key_id="", secret_access_key="", session_token="", expires=expires
    )

    # then
    assert credentials.last(30)
    assert not credentials.last(90)
