"""Whether capacity follows the load: autoscaling targets, and the policies that move them."""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource

_PARTS = ("resourceId", "scalableDimension")


def has_policy(target: Resource, graph: Graph) -> bool:
    """Whether a policy moves a target; policies name it by resource and dimension."""
    for policy in graph.of(aws.AUTOSCALING_POLICY):
        if all(_same(policy, target, key) for key in _PARTS):
            return True
    return False


def scaled_dimensions(table: Resource, graph: Graph) -> set[str | None]:
    """Return the dimensions of a table that follow its load: `dynamodb:table:ReadCapacityUnits`."""
    found: set[str | None] = set()
    for target in graph.of(aws.AUTOSCALING_TARGET):
        ours = table in graph.targets(target, "resourceId", aws.DYNAMODB_TABLE)
        if (ours or target.text("resourceId") == f"table/{table.text('name')}") and has_policy(
            target, graph
        ):
            found.add(target.text("scalableDimension"))
    return found


def _same(policy: Resource, target: Resource, key: str) -> bool:
    if target.urn in policy.property_dependencies.get(key, ()):
        return True
    return policy.text(key) == target.text(key)
