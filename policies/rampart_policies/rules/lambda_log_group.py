"""lambda-log-group: every function's log group is declared, and its logs are JSON.

Why: a log group that Lambda makes has no key and keeps logs for ever; logs that are no JSON cannot
be searched by field.

Remedy: declare the log group, name it in `loggingConfig.logGroup` and set `logFormat` to `JSON`.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(function: Resource, graph: Graph) -> Findings:
    """Look for the group by reference or, without one, by the name that Lambda gives it."""
    if function.has("loggingConfig.logGroup"):
        declared = graph.targets(function, "loggingConfig.logGroup", aws.LOG_GROUP)
    else:
        declared = graph.named(f"/aws/lambda/{function.text('name')}", aws.LOG_GROUP)
    if not declared:
        yield "its log group is not declared: Lambda makes one without key that keeps logs for ever"
    form = function.text("loggingConfig.logFormat") or "Text"
    if form != "JSON":
        yield f"loggingConfig.logFormat is {form}: logs cannot be searched by field"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION,
    severity=Severity.MEDIUM,
    house=True,
    covers=("Log group is declared (never auto-created), JSON format, KMS, retention",),
)
