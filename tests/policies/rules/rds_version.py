from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, made

AUTOMATIC = made(aws.RDS_CLUSTER_INSTANCE, "writer", clusterIdentifier="shop")
BY_HAND = made(
    aws.RDS_CLUSTER_INSTANCE, "writer", clusterIdentifier="shop", autoMinorVersionUpgrade=False
)


def cluster(version: str | None, engine: str = "aurora-postgresql") -> Made:
    inputs: dict[str, Any] = {"engine": engine}
    if version:
        inputs["engineVersion"] = version
    return made(aws.RDS_CLUSTER, "shop", **inputs)


def instance(version: str, **inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.RDS_INSTANCE, "shop", engineVersion=version, **inputs)


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Name a minor version, and let an instance upgrade."""
    judged["inputs"]["engineVersion"] = "17.5"
    for one in resources:
        if one["type"] == aws.RDS_CLUSTER_INSTANCE:
            one["inputs"]["autoMinorVersionUpgrade"] = True
    return resources


FIXTURE = Fixture(
    holds={
        "a major version": [cluster("17"), AUTOMATIC],
        "an exact one that stays": [cluster("17.5"), BY_HAND],
        "MySQL's major version": [cluster("8.0", "aurora-mysql"), AUTOMATIC],
        "none": [cluster(None), AUTOMATIC],
        "an instance": instance("16", engine="postgres"),
    },
    breaks={
        "a minor version": [cluster("17.5"), AUTOMATIC],
        "one of MySQL": [cluster("8.0.mysql_aurora.3.08.0", "aurora-mysql"), AUTOMATIC],
        "an instance": instance("16.3", engine="postgres"),
        "an instance of MySQL": instance("8.0.35", engine="mysql", autoMinorVersionUpgrade=True),
    },
    mutation=change,
)
