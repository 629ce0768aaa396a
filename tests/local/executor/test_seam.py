"""What the executor relies on in ministack; a new version of it must hold the same."""

import inspect
from contextvars import ContextVar
from importlib import import_module
from importlib.metadata import version
from typing import Any, cast

import pytest

from rampart_local.executor.seam import CALLER, EXECUTE, HANDLE, PROXY_VALUE, PROXY_VARIABLE

TRIED = "1.5.33"


@pytest.fixture(scope="module")
def lambda_svc() -> Any:  # noqa: ANN401
    return cast("Any", import_module("ministack.services.lambda_svc"))


def test_the_installed_version_is_the_one_that_was_tried() -> None:
    assert version("ministack") == TRIED


def test_the_replaced_function_takes_record_event_url_and_request_id(lambda_svc: Any) -> None:  # noqa: ANN401
    # when
    parameters = inspect.signature(getattr(lambda_svc, EXECUTE)).parameters

    # then
    assert list(parameters) == ["func", "event", "url", "request_id"]


def test_the_wrapped_handler_takes_method_path_and_headers_first(lambda_svc: Any) -> None:  # noqa: ANN401
    # when
    handle = getattr(lambda_svc, HANDLE)

    # then
    assert list(inspect.signature(handle).parameters)[:3] == ["method", "path", "headers"]
    assert inspect.iscoroutinefunction(handle)


def test_the_variable_leads_zip_and_image_functions_to_the_replaced_function(
    lambda_svc: Any,  # noqa: ANN401
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given
    seen: list[str] = []

    def execute(record: dict[str, Any], *_: object) -> dict[str, Any]:
        seen.append(record["config"]["PackageType"])
        return {"body": {"errorType": "Broken", "errorMessage": "x"}, "error": True, "log": ""}

    monkeypatch.setattr(lambda_svc, EXECUTE, execute)
    variables = {PROXY_VARIABLE: PROXY_VALUE}

    # when
    for kind in ("Zip", "Image"):
        config = {
            "FunctionName": "f",
            "FunctionArn": "arn:aws:lambda:us-east-1:000000000000:function:f",
            "PackageType": kind,
            "ImageUri": "image",
            "Environment": {"Variables": variables},
        }
        result = lambda_svc._execute_function({"config": config}, {})

        # then
        assert result["error"]
        assert result["body"]["errorType"] == "Broken"
    assert seen == ["Zip", "Image"]


def test_the_callers_key_is_a_context_variable(lambda_svc: Any) -> None:  # noqa: ANN401
    assert isinstance(getattr(lambda_svc, CALLER), ContextVar)
