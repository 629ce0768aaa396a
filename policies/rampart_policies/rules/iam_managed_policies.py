"""iam-managed-policies: no identity gets a policy that AWS writes.

Why: AWS widens its managed policies without asking, and most allow every resource already.

Remedy: grant the actions the code calls, on the ARNs it calls them on.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.attached import JUDGED, policies_by_aws
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import before_unknown
from rampart_policies.words import joined


def check(resource: Resource, graph: Graph) -> Findings:
    """Read what is attached to an identity, and what a role lists itself, together."""
    names, unknown = before_unknown(policies_by_aws(resource, graph))
    if names:
        yield f"gets {joined(names)}, which AWS can widen at any time"
    if unknown:
        raise unknown


RULE = stack_rule(
    __doc__,
    check,
    on=JUDGED,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV2_AWS_56", "IAM4"),
)
