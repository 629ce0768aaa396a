"""ecr-lifecycle: old images are removed.

Why: images of several gigabytes pile up, and the old ones can still be run with old weaknesses.

Remedy: add a `LifecyclePolicy` that keeps the last few images.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(repository: Resource, graph: Graph) -> Findings:
    """Look for a lifecycle policy beside the repository."""
    if not graph.referrers(repository, aws.ECR_LIFECYCLE, "repository"):
        yield "no lifecycle policy: old images stay, and can be run"


RULE = stack_rule(
    __doc__, check, on=aws.ECR_REPOSITORY, severity=Severity.LOW, house=True, covers=("ECR.3",)
)
