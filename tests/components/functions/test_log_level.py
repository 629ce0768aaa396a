"""How much a function writes down, and who decides it."""

import os
import subprocess
import sys
from typing import Any

import pytest

from pulumi_rampart.functions.log_level import LEVELS, of_powertools
from pulumi_rampart.functions.zip_lambda import ZipLambda
from tests.components.inside import BOUNDARY, recorded

pytestmark = pytest.mark.usefixtures("functions")


def levels(boundary: dict[str, Any], **more: object) -> tuple[str, str]:
    """Return what Lambda and what the code is told."""
    args: Any = {"boundary": {**BOUNDARY, **boundary}, "source": "functions/hello", **more}
    graph = recorded(lambda: ZipLambda("hello", args))
    made = graph.one("aws:lambda/function:Function", "hello").inputs
    variables = made["environment"]["variables"]
    return made["loggingConfig"]["applicationLogLevel"], variables["POWERTOOLS_LOG_LEVEL"]


def test_a_function_logs_as_it_is_told_else_as_the_boundary_else_information() -> None:
    assert levels({}) == ("INFO", "INFO")
    assert levels({"log_level": "ERROR"}) == ("ERROR", "ERROR")
    assert levels({"log_level": "ERROR"}, log_level="DEBUG") == ("DEBUG", "DEBUG")


def test_a_variable_of_the_program_decides_for_the_code() -> None:
    assert levels({}, environment={"POWERTOOLS_LOG_LEVEL": "DEBUG"}) == ("INFO", "DEBUG")


def test_trace_is_debug_to_code_that_knows_no_trace() -> None:
    assert levels({}, log_level="TRACE") == ("TRACE", "DEBUG")


@pytest.mark.parametrize("level", LEVELS)
def test_a_logger_can_be_made_at_every_level(level: str) -> None:
    # given: the variables that Lambda and the function's own declaration set
    variables = {
        **os.environ,
        "AWS_LAMBDA_LOG_LEVEL": level,
        "POWERTOOLS_LOG_LEVEL": str(of_powertools(level)),
        "POWERTOOLS_SERVICE_NAME": "hello",
    }

    # when
    code = "from aws_lambda_powertools import Logger; print(Logger().log_level)"
    result = subprocess.run(  # our own program
        [sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=False
    )

    # then
    assert result.stderr == ""
    assert result.stdout.strip().isdigit()
