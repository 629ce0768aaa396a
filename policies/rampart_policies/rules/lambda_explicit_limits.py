"""lambda-explicit-limits: every function has memory and a timeout of its own, not the defaults.

Why: the defaults (128 MB, 3 s) fit few functions, and timeouts downstream depend on them.

Remedy: set `memorySize` and `timeout` from measurements of this function.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(function: Resource) -> Findings:
    """Ask the program to say both; other values than the defaults are its own business."""
    for key, default, unit in (("memorySize", 128, "MB"), ("timeout", 3, "s")):
        if not function.declares(key, default):
            yield f"{key} is left to the default: {default} {unit}, whatever the function does"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION,
    severity=Severity.LOW,
    house=True,
    covers=("Serverless-LambdaDefaultMemorySize", "LambdaDefaultTimeout"),
)
