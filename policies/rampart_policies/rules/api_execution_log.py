"""api-execution-log: every REST stage logs the errors that API Gateway itself makes.

Why: a request that fails before it reaches a function leaves no trace anywhere else.

Remedy: method settings for `*/*` with `loggingLevel` `ERROR`.
"""

from rampart_policies import aws
from rampart_policies.apis import settings_of
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(stage: Resource, graph: Graph) -> Findings:
    """Look for the level in the settings that apply to every method."""
    levels = {one.text("settings.loggingLevel") or "OFF" for one in settings_of(stage, graph)}
    if levels.isdisjoint({"ERROR", "INFO"}):
        yield "loggingLevel of */* is OFF: requests that fail before a function leave no trace"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.API_STAGE,
    severity=Severity.MEDIUM,
    covers=("CKV2_AWS_4", "APIG6", "APIGateway.1"),
)
