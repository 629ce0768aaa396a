"""dynamodb-capacity: every table's capacity follows its load.

Why: fixed capacity throttles requests at the first peak, and costs the same at night.

Remedy: set `billingMode` to `PAY_PER_REQUEST`, or give the table autoscaling targets for reading
and writing, each with a policy.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.scaling import scaled_dimensions


def check(table: Resource, graph: Graph) -> Findings:
    """Read the billing mode, whose default is PROVISIONED, and look for autoscaling."""
    if table.text("billingMode") == "PAY_PER_REQUEST":
        return
    scaled = scaled_dimensions(table, graph)
    for kind, harm in (("Read", "reads"), ("Write", "writes")):
        if f"dynamodb:table:{kind}CapacityUnits" not in scaled:
            yield f"{kind.lower()}Capacity is fixed: the first peak of {harm} is throttled"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.DYNAMODB_TABLE,
    severity=Severity.LOW,
    house=True,
    covers=("CKV2_AWS_16", "DynamoDB.1"),
)
