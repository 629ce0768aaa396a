"""What a definition gets that its author did not write: retries, and where failures go."""

import json
import re
from collections.abc import Mapping
from typing import Any

from pulumi import Input, Output

from pulumi_rampart.messaging.definition_scopes import Scope, catches_nothing, scopes
from pulumi_rampart.messaging.expressions import JSONATA

# Failures of Lambda itself, which the next attempt does not have.
# https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html
TRANSIENT = (
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
)
RETRY: dict[str, Any] = {
    "ErrorEquals": list(TRANSIENT),
    "IntervalSeconds": 1,
    "MaxAttempts": 3,
    "BackoffRate": 2,
    # Those that were turned away together do not come back together.
    "JitterStrategy": "FULL",
}
_PLACEHOLDER = re.compile(r"\$\{([A-Za-z_][\w-]*)\}")


def placeholders(text: str) -> list[str]:
    """Return the names that stand as `${name}` in a definition, each once, in order."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))


def with_defaults(document: dict[str, Any], *, on_failure: str | None) -> None:
    """Add retries to every Task without, and the way of failures to what catches none.

    States to which `on_failure` leads stay as they are: a failure there would lead there again.

    Args:
        document: a definition that has been checked; it is changed.
        on_failure: name of a state of the definition as a whole.
    """
    whole, *inner = scopes(document)
    for scope in (whole, *inner):
        for state in scope.states.values():
            if state.get("Type") == "Task":
                state.setdefault("Retry", [RETRY])
    if on_failure is None:
        return
    mending = whole.reached(on_failure)
    for name, state in whole.states.items():
        if name not in mending and catches_nothing(state):
            state["Catch"] = [_catch(state, whole, on_failure)]


def _catch(state: Mapping[str, Any], scope: Scope, on_failure: str) -> dict[str, Any]:
    """Go on with the input and, beside it, what went wrong: `error.Error` and `error.Cause`."""
    catch: dict[str, Any] = {"ErrorEquals": ["States.ALL"], "Next": on_failure}
    if state.get("QueryLanguage", scope.language) == JSONATA:
        catch["Output"] = "{% $merge([$states.input, {'error': $states.errorOutput}]) %}"
    else:
        catch["ResultPath"] = "$.error"
    return catch


def filled(document: Mapping[str, Any], values: Mapping[str, Input[str]]) -> Output[str]:
    """Return the definition as JSON, with a value in place of each `${name}`."""

    def fill(known: Mapping[str, str]) -> str:
        # Inside a JSON string: what would end it is escaped.
        return _PLACEHOLDER.sub(
            lambda found: json.dumps(known[found[1]])[1:-1] if found[1] in known else found[0],
            json.dumps(document),
        )

    return Output.all(**values).apply(fill)
