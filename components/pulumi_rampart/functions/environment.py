"""What Lambda allows as environment variables, and what every function gets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pulumi import Input

from pulumi_rampart.arguments import refused

# https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
MAX_BYTES = 4096
# Lambda refuses these, and only these, of the names that the runtime sets.
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
RESERVED = frozenset(
    {
        "_HANDLER",
        "_X_AMZN_TRACE_ID",
        "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_DEFAULT_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_LAMBDA_RUNTIME_API",
        "AWS_REGION",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "LAMBDA_RUNTIME_DIR",
        "LAMBDA_TASK_ROOT",
    }
)


@dataclass(frozen=True)
class VariableName:
    """A rule for names of variables."""

    def problem(self, value: str) -> str | None:
        """Judge a name."""
        if value in RESERVED:
            return "the runtime sets this variable and Lambda refuses another; choose another name."
        if not re.fullmatch(r"[a-zA-Z][a-zA-Z0-9_]+", value):
            return "a variable has at least two letters, digits or _, and begins with a letter."
        return None


Variables = dict[Annotated[str, VariableName()], Input[str]]


def check_size(component: str, variables: Mapping[str, Input[str]]) -> None:
    """Refuse variables that are larger together than Lambda takes; outputs are not counted."""
    size = sum(
        len(name.encode()) + (len(value.encode()) if isinstance(value, str) else 0)
        for name, value in variables.items()
    )
    if size > MAX_BYTES:
        raise refused(
            component,
            "environment",
            f"{size} bytes with the names and what every function gets, and Lambda allows "
            f"{MAX_BYTES}; keep large values in a parameter and pass its name.",
        )
