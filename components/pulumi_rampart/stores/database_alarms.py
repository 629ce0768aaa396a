"""When a database is worth an alarm.

Creates, in order, unless it is off:
    <name>-capacity     aws.cloudwatch.MetricAlarm   it is at the end of its capacity
    <name>-connections  aws.cloudwatch.MetricAlarm   it has many connections
"""

from typing import Annotated, NotRequired

from pulumi import Input
from pulumi_aws import cloudwatch

from pulumi_rampart.alarm import COUNT, PERCENT, AlarmChoices, alarm
from pulumi_rampart.arguments import Distinct, OneOf
from pulumi_rampart.component import Component

MANY_CONNECTIONS, FULL_PERCENT, PERIOD_SECONDS = 150, 90.0, 600
OFF = OneOf(("capacity", "connections"), "these are a database's alarms.")


class DatabaseAlarmChoices(AlarmChoices):
    """When a database is worth an alarm; a peak of some minutes is what it scales for."""

    capacity_percent: NotRequired[Annotated[float, PERCENT]]
    """Part of `max_capacity` in use on average above which it fires. Default 90."""
    connections: NotRequired[Annotated[float, COUNT]]
    """Open connections on average above which it fires. Default 150."""
    off: NotRequired[Annotated[list[Annotated[str, OFF]], Distinct()]]
    """Alarms that are not made: capacity, connections. Default both are made."""


def database_alarms(
    component: Component,
    name: str,
    choices: DatabaseAlarmChoices,
    *,
    topic_arn: Input[str],
    cluster_identifier: Input[str],
) -> dict[str, cloudwatch.MetricAlarm]:
    """Make the alarms of a cluster as children of `component`; those that are off are absent.

    Args:
        component: the database.
        name: its logical name, for whoever is told.
        choices: limits of the alarms.
        topic_arn: who is told.
        cluster_identifier: what the metrics are about.
    """
    watched = {
        "capacity": (
            "ACUUtilization",
            "is at the end of its capacity",
            choices.get("capacity_percent", FULL_PERCENT),
        ),
        "connections": (
            "DatabaseConnections",
            "has many connections",
            choices.get("connections", MANY_CONNECTIONS),
        ),
    }
    return {
        part: component.child(
            cloudwatch.MetricAlarm,
            part,
            **alarm(
                topic_arn=topic_arn,
                description=f"{name} {what}",
                namespace="AWS/RDS",
                metric=metric,
                dimensions={"DBClusterIdentifier": cluster_identifier},
                statistic="Average",
                threshold=threshold,
                period_seconds=choices.get("period_seconds", PERIOD_SECONDS),
            ),
        )
        for part, (metric, what, threshold) in watched.items()
        if part not in choices.get("off", [])
    }
