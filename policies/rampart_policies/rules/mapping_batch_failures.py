"""mapping-batch-failures: a function that reads batches reports which of their items failed.

Why: otherwise one bad item fails the whole batch, and the good items are processed again.

Remedy: set `functionResponseTypes` to `ReportBatchItemFailures`, and return the failed items.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.triggers import source_service
from rampart_policies.values import NotApplicableError

SERVICES = ("sqs", "kinesis", "dynamodb")  # the sources that take partial responses


def check(mapping: Resource) -> Findings:
    """Read the response types; other sources have no such response."""
    if "ReportBatchItemFailures" in mapping.texts("functionResponseTypes"):
        return
    if source_service(mapping) not in SERVICES:
        raise NotApplicableError
    yield "functionResponseTypes lacks ReportBatchItemFailures: good items are processed again"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.LAMBDA_EVENT_SOURCE_MAPPING,
    severity=Severity.MEDIUM,
    house=True,
    covers=("SQS mapping uses ReportBatchItemFailures",),
)
