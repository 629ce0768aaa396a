"""vpc-default-group: the default security group of a network lets nothing through.

Why: whatever is made without a group gets this one, whose members may reach each other and
everything else.

Remedy: adopt it as a `DefaultSecurityGroup` without rules.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.security_groups import direction_of, rules_beside


def check(vpc: Resource, graph: Graph) -> Findings:
    """Look for the adopted group, and for rules in it."""
    groups = graph.referrers(vpc, aws.DEFAULT_SECURITY_GROUP, "vpcId")
    if not groups:
        yield "the default security group keeps its rules: members reach everything"
    for group in groups:
        for direction in ("ingress", "egress"):
            beside = [one for one in rules_beside(group, graph) if direction_of(one) == direction]
            if group.blocks(direction) or beside:
                yield f"the default security group has {direction} rules"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.VPC,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV2_AWS_12", "EC2.2"),
)
