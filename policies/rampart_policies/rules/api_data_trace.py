"""api-data-trace: API Gateway does not log the bodies of requests and answers.

Why: a data trace writes tokens, documents and personal data into a log group, in full.

Remedy: leave `settings.dataTraceEnabled` false.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Patch, Severity, resource_rule


def check(settings: Resource) -> Findings:
    """Read the switch; it is off by default."""
    if settings.flag("settings.dataTraceEnabled"):
        yield "settings.dataTraceEnabled is true: bodies and tokens are written to the log"


def remediate(settings: Resource) -> Patch:
    """Switch the trace off, leaving the other settings as they are."""
    return {"settings": {**settings.block("settings").fields, "dataTraceEnabled": False}}


RULE = resource_rule(
    __doc__,
    check,
    on=aws.API_METHOD_SETTINGS,
    severity=Severity.HIGH,
    covers=("CKV_AWS_276",),
    remediate=remediate,
)
