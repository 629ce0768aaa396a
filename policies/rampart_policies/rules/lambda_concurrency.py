"""lambda-concurrency: every function has a concurrency of its own.

Why: without a limit one function under load takes the account's whole concurrency, and every
other function is throttled.

Remedy: set `reservedConcurrentExecutions` to what its downstream services can bear.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(function: Resource) -> Findings:
    """Look for a reserved concurrency; -1 is the provider's way to say none."""
    reserved = function.number("reservedConcurrentExecutions")
    if reserved is None or reserved < 0:
        yield "reservedConcurrentExecutions is not set: load here throttles every other function"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_115",),
)
