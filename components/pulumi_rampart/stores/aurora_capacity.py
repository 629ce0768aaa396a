"""How large an Aurora cluster may become: capacity units of about 2 GiB each, in halves.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
"""

from dataclasses import dataclass

from pulumi_aws.rds import ClusterServerlessv2ScalingConfigurationArgsDict as Scaling

from pulumi_rampart.arguments import refused

MAX_CAPACITY = 256
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
PAUSE_AFTER_SECONDS = 1800


@dataclass(frozen=True)
class Capacity:
    """A rule for one end of the range."""

    low: float

    def problem(self, value: float) -> str | None:
        """Judge a capacity."""
        if self.low <= value <= MAX_CAPACITY and float(value * 2).is_integer():
            return None
        return f"Aurora has {self.low} to {MAX_CAPACITY} in steps of 0.5; take one of these."


def scaling(component: str, low: float, high: float) -> Scaling:
    """Return the scaling of a cluster.

    Args:
        component: logical name, for messages.
        low: least capacity; a cluster that may have none pauses when it is idle.
        high: most capacity.

    Raises:
        ArgumentError: the most is less than the least.
    """
    if low > high:
        raise refused(
            component,
            "max_capacity",
            f"is below `min_capacity`, which is {low}; raise it to at least as much.",
            got=high,
        )
    range_: Scaling = {"min_capacity": low, "max_capacity": high}
    return {**range_, "seconds_until_auto_pause": PAUSE_AFTER_SECONDS} if low == 0 else range_
