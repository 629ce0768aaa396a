"""dynamodb-capacity: every table's capacity follows its load.

Why: fixed capacity throttles requests at the first peak, and costs the same at night.

Remedy: set `billingMode` to `PAY_PER_REQUEST`, or give the table an autoscaling target.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(table: Resource, graph: Graph) -> Findings:
    """Read the billing mode, whose default is PROVISIONED, and look for autoscaling."""
    if table.text("billingMode") == "PAY_PER_REQUEST":
        return
    if graph.referrers(table, aws.AUTOSCALING_TARGET, "resourceId"):
        return
    resource_id = f"table/{table.text('name')}"
    if not any(one.text("resourceId") == resource_id for one in graph.of(aws.AUTOSCALING_TARGET)):
        yield "billingMode is PROVISIONED without autoscaling: the first peak is throttled"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.DYNAMODB_TABLE,
    severity=Severity.LOW,
    covers=("CKV2_AWS_16", "DynamoDB.1"),
)
