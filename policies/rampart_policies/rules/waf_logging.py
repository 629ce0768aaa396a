"""waf-logging: a web ACL logs the requests it judges.

Why: without a log an attack cannot be distinguished from a rule that blocks customers.

Remedy: add a `WebAclLoggingConfiguration` for the ACL.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(acl: Resource, graph: Graph) -> Findings:
    """Look for a logging configuration, whose `resourceArn` is the ACL."""
    if not graph.referrers(acl, aws.WAF_LOGGING, "resourceArn"):
        yield "no logging configuration: what was blocked, and why, is not known"


RULE = stack_rule(
    __doc__, check, on=aws.WAF_ACL, severity=Severity.MEDIUM, house=True, covers=("CKV2_AWS_31",)
)
