"""appsync-waf: every public GraphQL API stands behind a web application firewall.

Why: without one, floods and known attack patterns reach the resolvers and are paid for.

Remedy: associate a WAFv2 web ACL with the API, or set `visibility` to `PRIVATE`.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError


def check(api: Resource, graph: Graph) -> Findings:
    """Look for an association, whose `resourceArn` is the API's ARN."""
    if api.text("visibility") == "PRIVATE":
        raise NotApplicableError
    if not graph.referrers(api, aws.WAF_ASSOCIATION, "resourceArn"):
        yield "no web ACL is associated: floods and attack patterns reach the resolvers"


RULE = stack_rule(
    __doc__, check, on=aws.APPSYNC_API, severity=Severity.HIGH, house=True, covers=("CKV2_AWS_33",)
)
