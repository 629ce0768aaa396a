"""mapping-retries: a stream's consumer gives a bad record up before the stream drops it.

Why: by default a batch that fails is tried until its records expire; they hold up their shard all
that time, and when they are given up there is nothing left to replay.

Remedy: set `maximumRetryAttempts` and `maximumRecordAgeInSeconds` below the stream's retention.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.triggers import source_service
from rampart_policies.values import NotApplicableError

STREAMS = ("dynamodb", "kinesis")
# https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
LIMITS, WITHOUT_END = ("maximumRetryAttempts", "maximumRecordAgeInSeconds"), (None, -1)


def check(mapping: Resource) -> Findings:
    """Read both limits; other sources have none."""
    without = [limit for limit in LIMITS if mapping.number(limit) in WITHOUT_END]
    if without and source_service(mapping) not in STREAMS:
        raise NotApplicableError
    for limit in without:
        yield f"{limit} has no end: a bad record holds up its shard until the stream drops it"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.LAMBDA_EVENT_SOURCE_MAPPING,
    severity=Severity.MEDIUM,
    house=True,
)
