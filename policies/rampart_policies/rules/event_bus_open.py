"""event-bus-open: an event bus takes events only from those it names.

Why: on an open bus any account publishes events that our functions act on as if they were ours.

Remedy: name accounts or roles in the bus policy, or test `aws:PrincipalOrgID`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import open_to_the_world, policy_findings
from rampart_policies.iam.spelled_out import spelled_out
from rampart_policies.rule import Findings, Severity, resource_rule


def check(resource: Resource) -> Findings:
    """Read a policy, or the older permission, whose principal is an account or everyone."""
    if resource.type == aws.EVENT_BUS_POLICY:
        yield from policy_findings(statements(resource, "policy"))
    elif any(True for _ in open_to_the_world([spelled_out(resource)])):
        yield "principal is *: any account may publish events"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.EVENT_BUS_POLICY, aws.EVENT_BUS_PERMISSION),
    severity=Severity.CRITICAL,
    covers=("EVB1",),
)
