"""The fulfilment of a paid order, as a state machine.

Prepare     reserve and book, side by side
Decide      a large order waits for a person
Ship
Undo        whatever of it failed: refund, release, cancel
"""

import json
from typing import Any

STEPS = "steps"
"""The function of all tasks, as the definition names it."""
TASK_SECONDS = 30
_TRANSIENT = [
    "UnavailableError",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
]
# Undoing an order has time: until the payment service answers, up to an hour.
_SOON = {"IntervalSeconds": 1, "MaxAttempts": 5}
_PATIENTLY = {"IntervalSeconds": 2, "MaxAttempts": 15, "MaxDelaySeconds": 300}


def definition(approval_above_cents: int, approval_seconds: int) -> str:
    """Return the definition in Amazon States Language.

    Args:
        approval_above_cents: orders of more wait for a person.
        approval_seconds: for how long.
    """
    states = {
        "Prepare": {
            "Type": "Parallel",
            "Branches": [
                {"StartAt": "Reserve", "States": {"Reserve": _task("reserve", End=True)}},
                {"StartAt": "Book", "States": {"Book": _task("book", End=True)}},
            ],
            "ResultPath": None,
            "Catch": _otherwise("Undo"),
            "Next": "Decide",
        },
        "Decide": {
            "Type": "Choice",
            "Choices": [
                {
                    "Variable": "$.amount_cents",
                    "NumericGreaterThan": approval_above_cents,
                    "Next": "Ask",
                }
            ],
            "Default": "Ship",
        },
        "Ask": {
            **_task("ask", {"token.$": "$$.Task.Token"}, Catch=_otherwise("Undo"), Next="Ship"),
            "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
            "TimeoutSeconds": approval_seconds,
        },
        "Ship": _task("ship", Catch=_otherwise("Undo"), Next="Shipped"),
        "Shipped": {"Type": "Succeed"},
        "Undo": _task(
            "undo",
            {"error.$": "$.failure.Error", "cause.$": "$.failure.Cause"},
            patience=_PATIENTLY,
            Catch=_otherwise("NotUndone"),
            Next="Cancelled",
        ),
        "Cancelled": {"Type": "Succeed"},
        "NotUndone": {
            "Type": "Fail",
            "Error": "NotUndone",
            "Cause": "The order could neither be fulfilled nor undone.",
        },
    }
    return json.dumps({"StartAt": "Prepare", "States": states})


def _task(
    operation: str,
    more: dict[str, str] | None = None,
    patience: dict[str, int] = _SOON,
    **then: Any,  # noqa: ANN401 - fields of a state
) -> dict[str, Any]:
    """Return a task of the function; the order goes through it unchanged."""
    payload = {
        "operation": operation,
        "tenant.$": "$.tenant",
        "order_id.$": "$.order_id",
        "correlation_id.$": "$.correlation_id",
        **(more or {}),
    }
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": f"${{{STEPS}}}", "Payload": payload},
        "ResultPath": None,
        "TimeoutSeconds": TASK_SECONDS,
        "Retry": [
            {
                "ErrorEquals": _TRANSIENT,
                "BackoffRate": 2,
                "JitterStrategy": "FULL",
                **patience,
            }
        ],
        **then,
    }


def _otherwise(state: str) -> list[dict[str, Any]]:
    return [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.failure", "Next": state}]
