from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def machine(**config: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.STATE_MACHINE, loggingConfiguration=config)


FIXTURE = Fixture(
    holds={"everything": machine(level="ALL", logDestination="arn:aws:logs:::log-group:x:*")},
    breaks={
        "nothing said": made(aws.STATE_MACHINE),
        "off": machine(level="OFF"),
        "only errors": machine(level="ERROR", logDestination="arn:aws:logs:::log-group:x:*"),
        "nowhere": machine(level="ALL"),
    },
    mutation=put("loggingConfiguration", {}),
)
