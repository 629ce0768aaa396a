"""api-execution-log-group: the log group that API Gateway writes execution logs to is declared.

Why: API Gateway makes it otherwise, without a customer key, and keeps its events for ever.

Remedy: declare a log group named `API-Gateway-Execution-Logs_<api id>/<stage>`, with key and
retention, before the stage.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError


def check(settings: Resource, graph: Graph) -> Findings:
    """Look for a group whose name is made of the API's id."""
    if (settings.block("settings").text("loggingLevel") or "OFF") == "OFF":
        raise NotApplicableError
    stage = settings.text("stageName")
    for api in graph.targets(settings, "restApi", aws.REST_API):
        groups = graph.referrers(api, aws.LOG_GROUP, "name")
        if not groups:
            yield f"no log group is named API-Gateway-Execution-Logs_<id of {api.name}>/{stage}"


RULE = stack_rule(__doc__, check, on=aws.API_METHOD_SETTINGS, severity=Severity.MEDIUM)
