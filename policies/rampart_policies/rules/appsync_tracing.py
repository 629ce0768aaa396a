"""appsync-tracing: every GraphQL API records its requests with X-Ray.

Why: a trace that begins in a resolver's function hides which of the other resolvers was slow.

Remedy: set `xrayEnabled`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(api: Resource) -> Findings:
    """Read the switch; it is off by default."""
    if not api.flag("xrayEnabled"):
        yield "xrayEnabled is false: traces begin behind the API"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.APPSYNC_API,
    severity=Severity.LOW,
    house=True,
    covers=("Serverless-AppSyncTracing",),
)
