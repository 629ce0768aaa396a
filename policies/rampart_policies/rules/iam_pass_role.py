"""iam-pass-role: passing a role says which role and to which service.

Why: an unconditioned `iam:PassRole` hands any role, an administrator's too, to any service.

Remedy: name the role's ARN and test `iam:PassedToService`.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.grants import IDENTITY_POLICIES, granted_by
from rampart_policies.iam.match import is_any_resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(policy: Resource, graph: Graph) -> Findings:
    """Look at every statement that includes `iam:PassRole`, by wildcard or NotAction too."""
    for statement in granted_by(policy, graph):
        if not statement.allows or not statement.speaks_of("iam:PassRole"):
            continue
        if not statement.condition_on("iam:passedtoservice"):
            yield f"statement {statement.label} passes roles to any service"
        if any(is_any_resource(pattern) for pattern in statement.resources):
            yield f"statement {statement.label} passes any role"


RULE = stack_rule(__doc__, check, on=IDENTITY_POLICIES, severity=Severity.CRITICAL)
