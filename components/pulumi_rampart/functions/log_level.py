"""How much a function writes down."""

from pulumi import Input, Output

from pulumi_rampart.arguments import OneOf

# https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
LEVELS = ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")
LOG_LEVEL = OneOf(LEVELS, "DEBUG and TRACE may show content.")


def of_powertools(level: Input[str]) -> Input[str]:
    """Return a level as Powertools for Python knows it.

    It has no TRACE: a logger that reads this level from the environment raises a TypeError.
    https://docs.aws.amazon.com/powertools/python/latest/core/logger/#setting-a-log-level

    Args:
        level: one of `LEVELS`.
    """
    return _known(level) if isinstance(level, str) else Output.from_input(level).apply(_known)


def _known(level: str) -> str:
    return "DEBUG" if level == "TRACE" else level
