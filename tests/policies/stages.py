"""A REST API's stage and its settings, for fixtures."""

from typing import Any

from rampart_policies import aws
from tests.policies.stacks import Made, made

API = made(aws.REST_API, "shop", securityPolicy="TLS_1_2")
STAGE = made(aws.API_STAGE, "stage", restApi=API.id, stageName="live")


def settings(path: str = "*/*", stage: str = "live", **given: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    """Make settings of methods of a stage."""
    return made(
        aws.API_METHOD_SETTINGS,
        path,
        restApi=API.id,
        stageName=stage,
        methodPath=path,
        settings=given,
    )
