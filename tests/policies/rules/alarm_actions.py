from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

TOPIC = made(aws.SNS_TOPIC, "alarms")


def alarm(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.ALARM, **inputs)


FIXTURE = Fixture(
    holds={"an action": alarm(alarmActions=[TOPIC.arn])},
    breaks={
        "none": alarm(),
        "an empty list": alarm(alarmActions=[]),
        "switched off": alarm(alarmActions=[TOPIC.arn], actionsEnabled=False),
    },
    mutation=put("actionsEnabled", False),  # noqa: FBT003  # the property's value
    also=("alarm-coverage", "dead-letter-alarm"),
)
