"""s3-access-point-open: the policy of an access point names who may use it.

Why: an access point gives access to the bucket by a policy of its own.

Remedy: name principals, or give the access point the network origin of a VPC.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.exposure import policy_findings
from rampart_policies.iam.requesters import THROUGH_ACCESS_POINT
from rampart_policies.resource_policies import ACCESS_POINTS, resource_policy
from rampart_policies.rule import Findings, Severity, stack_rule


def check(resource: Resource, graph: Graph) -> Findings:
    """Read the policy of an access point, or the one beside; a VPC's own is never public."""
    path = ACCESS_POINTS[resource.type]
    granted = resource_policy(resource, path)
    itself = resource.type == aws.ACCESS_POINT
    points = [resource] if itself else graph.targets(resource, "accessPointArn", aws.ACCESS_POINT)
    if not (points and all(point.block("vpcConfiguration").has("vpcId") for point in points)):
        yield from policy_findings(granted, path, requesters=THROUGH_ACCESS_POINT)


RULE = stack_rule(__doc__, check, on=tuple(ACCESS_POINTS), severity=Severity.CRITICAL)
