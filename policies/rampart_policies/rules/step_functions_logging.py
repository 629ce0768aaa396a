"""step-functions-logging: every workflow logs what its executions did.

Why: an express workflow keeps no history at all, and a standard one drops it after 90 days.

Remedy: set `loggingConfiguration.level` to `ALL` and `logDestination` to a log group;
leave `includeExecutionData` off where the data is personal.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Setting, Severity, resource_rule


def check(machine: Resource, *, levels: list[str]) -> Findings:
    """Read the level; execution data is the program's choice, because logs are read by many."""
    level = machine.text("loggingConfiguration.level") or "OFF"
    if level not in levels:
        yield f"loggingConfiguration.level is {level}: executions leave no record of their own"
    elif not machine.has("loggingConfiguration.logDestination"):
        yield "loggingConfiguration.logDestination is not set: nothing is logged"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.STATE_MACHINE,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_285", "SF1", "StepFunctions.1"),
    settings={"levels": Setting(["ALL"], "the levels that record enough")},
)
