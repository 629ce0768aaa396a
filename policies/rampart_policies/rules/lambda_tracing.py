"""lambda-tracing: every function records its requests with X-Ray.

Why: without traces a slow or failing request cannot be followed from function to function.

Remedy: set `tracingConfig.mode` to `Active`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Patch, Severity, resource_rule


def check(function: Resource) -> Findings:
    """Look at the tracing mode; absent means PassThrough."""
    mode = function.text("tracingConfig.mode") or "PassThrough"
    if mode != "Active":
        yield f"tracingConfig.mode is {mode}: requests that start here leave no trace"


def remediate(_: Resource) -> Patch:
    """Switch tracing on; the role needs `xray:PutTraceSegments` besides."""
    return {"tracingConfig": {"mode": "Active"}}


RULE = resource_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_50", "Serverless-LambdaTracing", "Lambda.7"),
    remediate=remediate,
)
