"""Which records of a queue or stream reach a function, checked before Lambda would refuse it."""

from collections.abc import Sequence
from typing import Annotated

from pulumi_aws import lambda_

from pulumi_rampart.arguments import Distinct, Length
from pulumi_rampart.messaging.event_pattern import EventPattern

# https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
MAX_FILTERS = 5

Filters = Annotated[
    list[
        Annotated[
            str, EventPattern('write a pattern such as {"body": {"kind": ["order"]}}.', "Lambda")
        ]
    ],
    Length(1, MAX_FILTERS, "join patterns by `$or`, or leave `filters` out."),
    Distinct(),
]
"""Patterns as JSON, of which one has to match."""


def filter_criteria(
    patterns: Sequence[str],
) -> lambda_.EventSourceMappingFilterCriteriaArgsDict | None:
    """Return patterns as an event source mapping takes them; None lets everything through."""
    return {"filters": [{"pattern": one} for one in patterns]} if patterns else None
