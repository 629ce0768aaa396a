"""api-access-log-json: an access log is JSON that carries the request's id.

Why: only by fields can calls be counted and searched, and only by id found in the function's logs.

Remedy: make `accessLogSettings.format` a JSON object with a field for `$context.requestId`.
"""

import json
import re

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import NotApplicableError

IDS = ("$context.requestId", "$context.extendedRequestId")


def check(stage: Resource) -> Findings:
    """Read the format, each variable as a zero: numbers stand in it unquoted."""
    if not stage.has("accessLogSettings.destinationArn"):
        raise NotApplicableError  # api-access-log speaks of it
    form = stage.text("accessLogSettings.format") or ""
    try:
        is_json = isinstance(json.loads(re.sub(r"\$context\.[\w.-]+", "0", form)), dict)
    except ValueError:
        is_json = False
    if not is_json:
        yield "accessLogSettings.format is no JSON object: calls cannot be searched by field"
    if not any(one in form for one in IDS):
        yield "accessLogSettings.format has no request id: calls cannot be followed"


ON = (aws.API_STAGE, aws.HTTP_API_STAGE)
RULE = resource_rule(
    __doc__, check, on=ON, severity=Severity.LOW, house=True, covers=("APIGWStructuredLogging",)
)
