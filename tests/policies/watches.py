"""Alarms, for fixtures."""

from rampart_policies import aws
from tests.policies.stacks import Made, made

ACTIONS = ["arn:aws:sns:eu-west-1:111122223333:alarms"]


def alarm(namespace: str, metric: str, **dimensions: str) -> Made:
    """Make an alarm with an action on a metric."""
    return made(
        aws.ALARM,
        f"{metric}-alarm",
        namespace=namespace,
        metricName=metric,
        dimensions=dimensions,
        alarmActions=ACTIONS,
    )
