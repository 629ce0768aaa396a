"""event-bus-open: an event bus takes events only from those it names.

Why: on an open bus a stranger publishes events that our functions act on as if they were ours.

Remedy: name accounts or roles in the bus policy, or test `aws:PrincipalOrgID`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import confused_deputies, open_to_the_world
from rampart_policies.rule import Findings, Severity, resource_rule


def check(resource: Resource) -> Findings:
    """Read a policy, or the older permission, whose principal is an account or everyone."""
    if resource.type == aws.EVENT_BUS_PERMISSION:
        if resource.text("principal") == "*" and not resource.has("condition"):
            yield "principal is *: any account may publish events"
        return
    granted = statements(resource, "policy")
    for statement in open_to_the_world(granted):
        yield f"policy statement {statement.label} lets everyone in"
    for statement, service in confused_deputies(granted):
        yield f"policy statement {statement.label} lets {service} act for any account"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.EVENT_BUS_POLICY, aws.EVENT_BUS_PERMISSION),
    severity=Severity.CRITICAL,
    covers=("EVB1",),
)
