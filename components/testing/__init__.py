"""Records what a Pulumi program registers, without CLI, engine or cloud.

Example:
    graph = record(Path("__main__.py"), config={"aws:region": "eu-central-1"})
    queue = graph.one("aws:sqs/queue:Queue", "jobs")
    assert queue.inputs["visibilityTimeoutSeconds"] == 360
"""

from components.testing.cloud import Cloud, SyntheticCloud
from components.testing.graph import SECRET, UNKNOWN, Graph, Registration, Resource
from components.testing.record import record

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
