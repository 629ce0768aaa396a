"""iam-managed-admin: no identity gets a policy of AWS by which it can make itself administrator.

Why: `AdministratorAccess` is one on the spot; `AWSLambda_FullAccess` passes any role to new code,
and so becomes one.

Remedy: grant the actions the code calls, on the ARNs it calls them on.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.attached import JUDGED, policies_by_aws
from rampart_policies.iam.by_aws import statements_of
from rampart_policies.iam.escalation import Powers, escalations
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import before_unknown
from rampart_policies.words import joined


def check(resource: Resource, graph: Graph) -> Findings:
    """Read what is attached to an identity, and what a role lists itself, together."""
    names, unknown = before_unknown(policies_by_aws(resource, graph))
    if graver := [f"{name} ({how})" for name in names if (how := _raises(name))]:
        yield f"gets {joined(graver)}: it can raise its own privileges"
    if unknown:
        raise unknown


def _raises(name: str) -> str:
    granted = statements_of(name)
    if any("*" in one.actions for one in granted):
        return "everything"
    return " with ".join(next(escalations(Powers(granted)), ()))


RULE = stack_rule(__doc__, check, on=JUDGED, severity=Severity.CRITICAL, covers=("CKV_AWS_274",))
