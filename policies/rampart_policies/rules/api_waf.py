"""api-waf: every public API stage stands behind a web application firewall.

Why: without one, floods and known attack patterns reach the functions and are paid for.

Remedy: associate a WAFv2 web ACL with the stage.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError


def check(stage: Resource, graph: Graph) -> Findings:
    """Look for an association, whose `resourceArn` is the stage's ARN."""
    for api in graph.targets(stage, "restApi", aws.REST_API):
        if "PRIVATE" in api.block("endpointConfiguration").texts("types"):
            raise NotApplicableError
    if not graph.referrers(stage, aws.WAF_ASSOCIATION, "resourceArn"):
        yield "no web ACL is associated: floods and attack patterns reach the functions"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.API_STAGE,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV2_AWS_29", "APIG3", "APIGateway.4"),
)
