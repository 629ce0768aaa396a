"""When an API is worth an alarm."""

from typing import Annotated, NotRequired

from pulumi_rampart.alarm import COUNT, FaultChoices
from pulumi_rampart.arguments import Distinct, OneOf

OFF = OneOf(("errors", "latency"), "these are an API's alarms.")


class ApiAlarmChoices(FaultChoices):
    """When an API is worth an alarm; errors are answers with a status of 500 and above."""

    latency_ms: NotRequired[Annotated[float, COUNT]]
    """Time that requests of a period take on average above which it fires, in milliseconds.
    Default 10,000."""
    off: NotRequired[Annotated[list[Annotated[str, OFF]], Distinct()]]
    """Alarms that are not made: errors, latency. Default both are made."""
