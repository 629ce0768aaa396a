"""api-execution-log: every REST and WebSocket stage logs the errors that API Gateway itself makes.

Why: a request that fails before it reaches a function leaves no trace anywhere else.

Remedy: method settings for `*/*` with `loggingLevel` `ERROR`; `defaultRouteSettings` of a
WebSocket stage.
"""

from rampart_policies import apis, aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError


def check(stage: Resource, graph: Graph) -> Findings:
    """Look for the level that applies to every method, and for methods that switch it off."""
    if stage.type == aws.API_STAGE:
        settings = apis.settings_of(stage, graph)
        general, own = apis.of_every_method(settings), apis.of_single_methods(settings)
    elif apis.is_websocket(stage, graph):
        general, own = [stage.block("defaultRouteSettings")], apis.of_routes(stage)
    else:
        raise NotApplicableError  # HTTP APIs have no execution log
    if {one.text("loggingLevel") for one in general}.isdisjoint({"ERROR", "INFO"}):
        yield "loggingLevel is OFF: requests that fail before a function leave no trace"
    for name, block in own:
        if block.text("loggingLevel") == "OFF":
            yield f"loggingLevel of {name} is OFF: its failures leave no trace"


RULE = stack_rule(
    __doc__,
    check,
    on=(aws.API_STAGE, aws.HTTP_API_STAGE),
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV2_AWS_4", "APIG6", "APIGateway.1"),
)
