"""The shop's own test of its infrastructure, as components/README.md shows it."""

from pathlib import Path

from pulumi_rampart import packaging
from pulumi_rampart.testing import record


def test_the_queue_hides_a_message_for_six_timeouts() -> None:
    with packaging.using(packaging.described):
        graph = record(
            Path(__file__).parent / "__main__.py",
            project="shop",
            config={"aws:region": "eu-central-1"},
        )
    assert graph.one("aws:sqs/queue:Queue", "jobs").inputs["visibilityTimeoutSeconds"] == 360
