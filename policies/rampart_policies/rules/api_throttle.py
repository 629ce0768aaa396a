"""api-throttle: every API stage limits the rate and the burst of requests.

Why: the default is the whole account's limit, so one client's flood takes every API down.

Remedy: set `throttlingRateLimit` and `throttlingBurstLimit` for `*/*` and for each method with
settings of its own, or in `defaultRouteSettings` of an HTTP API.
"""

from rampart_policies import apis, aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule

LIMITS = ("throttlingRateLimit", "throttlingBurstLimit")


def check(stage: Resource, graph: Graph) -> Findings:
    """Look for both limits, in general and wherever a method or a route has settings of its own."""
    if stage.type in apis.MADE_BY_AWS:
        yield f"stage {apis.made_stage(stage)} is made by AWS, without limit of its own"
        return
    settings = apis.settings_of(stage, graph) if stage.type == aws.API_STAGE else []
    general = [*apis.of_every_method(settings), stage.block("defaultRouteSettings")]
    own = [*apis.of_single_methods(settings), *apis.of_routes(stage)]
    for key in LIMITS:
        if not any(apis.has_limit(block, key) for block in general):
            yield f"{key} is not set: one client may use up the whole account's limit"
        for name, block in own:
            if not apis.has_limit(block, key):
                yield f"{key} of {name} is not set: it has no limit, whatever the others have"


ON = (aws.API_STAGE, aws.HTTP_API_STAGE, *apis.MADE_BY_AWS)
IDS = ("Serverless-APIGWDefaultThrottling",)
RULE = stack_rule(__doc__, check, on=ON, severity=Severity.MEDIUM, house=True, covers=IDS)
