"""step-functions-tracing: every workflow records its executions with X-Ray.

Why: without it a trace ends where the workflow begins, and which step was slow is guesswork.

Remedy: set `tracingConfiguration.enabled`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Patch, Severity, resource_rule


def check(machine: Resource) -> Findings:
    """Read the switch; it is off by default."""
    if not machine.flag("tracingConfiguration.enabled"):
        yield "tracingConfiguration.enabled is false: traces end where the workflow begins"


def remediate(_: Resource) -> Patch:
    """Switch tracing on; the role needs `xray:PutTraceSegments` besides."""
    return {"tracingConfiguration": {"enabled": True}}


RULE = resource_rule(
    __doc__,
    check,
    on=aws.STATE_MACHINE,
    severity=Severity.LOW,
    house=True,
    covers=("CKV_AWS_284", "SF2", "Serverless-StepFunctionStateMachineXray"),
    remediate=remediate,
)
