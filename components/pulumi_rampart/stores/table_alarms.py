"""When a table, and the function that reads its stream, are worth an alarm."""

from typing import Annotated, NotRequired

from pulumi_rampart.alarm import COUNT, AlarmChoices
from pulumi_rampart.arguments import Distinct, OneOf

# A few are part of how an on-demand table grows, and the SDK repeats them.
MANY_THROTTLES, MANY_ERRORS = 10, 10
OFF = OneOf(("throttles", "errors"), "these are a table's alarms.")


class TableAlarmChoices(AlarmChoices):
    """When a table is worth an alarm."""

    throttles: NotRequired[Annotated[float, COUNT]]
    """Reads and writes turned away in a period above which it fires. Default 10."""
    errors: NotRequired[Annotated[float, COUNT]]
    """Failures of DynamoDB itself in a period above which it fires. Default 10."""
    off: NotRequired[Annotated[list[Annotated[str, OFF]], Distinct()]]
    """Alarms that are not made: throttles, errors. Default both are made."""
