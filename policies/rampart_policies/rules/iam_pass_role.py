"""iam-pass-role: passing a role says which role and to which service.

Why: an unconditioned `iam:PassRole` hands any role, an administrator's too, to any service.

Remedy: name the role's ARN and test `iam:PassedToService`.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.grants import IDENTITY_POLICIES, granted_in_part
from rampart_policies.iam.match import is_any_resource
from rampart_policies.iam.requesters import TO_ANY_SERVICE
from rampart_policies.iam.search import keeps_out
from rampart_policies.iam.statement import Statement
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import UndecidedError


def check(policy: Resource, graph: Graph) -> Findings:
    """Look at every statement that includes `iam:PassRole`, by wildcard or NotAction too."""
    for statement in granted_in_part(policy, graph):
        if not statement.speaks_of("iam:PassRole"):
            continue
        if _to_any_service(statement):
            yield f"statement {statement.label} passes roles to any service"
        if statement.not_resources or any(map(is_any_resource, statement.resources)):
            yield f"statement {statement.label} passes any role"


def _to_any_service(statement: Statement) -> bool:
    kept = keeps_out(statement, "iam:passedtoservice", TO_ANY_SERVICE)
    if kept is None:
        raise UndecidedError(*statement.hangs_on())
    return not kept


RULE = stack_rule(__doc__, check, on=IDENTITY_POLICIES, severity=Severity.CRITICAL)
