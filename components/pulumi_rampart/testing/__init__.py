"""Records what a Pulumi program registers, without CLI, engine or cloud.

Example:
    graph = record(Path("__main__.py"), config={"aws:region": "eu-central-1"})
    queue = graph.one("aws:sqs/queue:Queue", "jobs")
    assert queue.inputs["visibilityTimeoutSeconds"] == 360
"""

from pulumi_rampart.testing.child import ProgramError
from pulumi_rampart.testing.cloud import Cloud, Regional
from pulumi_rampart.testing.graph import Graph, LogLine, Registration, Resource
from pulumi_rampart.testing.in_process import InProcess
from pulumi_rampart.testing.language import LanguageHost
from pulumi_rampart.testing.processes import NodeProcess, PythonProcess
from pulumi_rampart.testing.record import record
from pulumi_rampart.testing.synthetic import SyntheticCloud
from pulumi_rampart.testing.wire import SECRET, UNKNOWN, secret

__all__ = [
    "SECRET",
    "UNKNOWN",
    "Cloud",
    "Graph",
    "InProcess",
    "LanguageHost",
    "LogLine",
    "NodeProcess",
    "ProgramError",
    "PythonProcess",
    "Regional",
    "Registration",
    "Resource",
    "SyntheticCloud",
    "record",
    "secret",
]
