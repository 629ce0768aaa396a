"""Records what a Pulumi program registers, without CLI, engine or cloud.

Example:
    graph = record(Path("__main__.py"), config={"aws:region": "eu-central-1"})
    queue = graph.one("aws:sqs/queue:Queue", "jobs")
    assert queue.inputs["visibilityTimeoutSeconds"] == 360
"""

from pulumi_rampart.testing.cloud import Cloud, SyntheticCloud
from pulumi_rampart.testing.graph import SECRET, UNKNOWN, Graph, Registration, Resource
from pulumi_rampart.testing.record import record

__all__ = [
    "SECRET",
    "UNKNOWN",
    "Cloud",
    "Graph",
    "Registration",
    "Resource",
    "SyntheticCloud",
    "record",
]
