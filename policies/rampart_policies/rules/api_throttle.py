"""api-throttle: every API stage limits the rate and the burst of requests.

Why: the default is the whole account's limit, so one client's flood takes every API down.

Remedy: set `throttlingRateLimit` and `throttlingBurstLimit` for `*/*`, or in
`defaultRouteSettings` of an HTTP API.
"""

from rampart_policies import aws
from rampart_policies.apis import settings_of
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(stage: Resource, graph: Graph) -> Findings:
    """Look for both limits; -1 is API Gateway's word for none."""
    if stage.type == aws.API_STAGE:
        blocks = [one.block("settings") for one in settings_of(stage, graph)]
    else:
        blocks = [stage.block("defaultRouteSettings")]
    for key in ("throttlingRateLimit", "throttlingBurstLimit"):
        limits = [block.number(key) for block in blocks]
        if not any(limit is not None and limit >= 0 for limit in limits):
            yield f"{key} is not set: one client may use up the whole account's limit"


RULE = stack_rule(
    __doc__,
    check,
    on=(aws.API_STAGE, aws.HTTP_API_STAGE),
    severity=Severity.MEDIUM,
    covers=("Serverless-APIGWDefaultThrottling",),
)
