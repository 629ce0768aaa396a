from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

NAMED = made(aws.LOG_GROUP, "audit", name="audit")
BY_DEFAULT = made(aws.LOG_GROUP, "group", name="/aws/lambda/worker")


def function(**config: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.LAMBDA_FUNCTION, "worker", name="worker", loggingConfig=config)


FIXTURE = Fixture(
    holds={
        "named": [NAMED, function(logFormat="JSON", logGroup="audit")],
        "Lambda's name": [BY_DEFAULT, function(logFormat="JSON")],
    },
    breaks={
        "none": function(logFormat="JSON"),
        "another": [NAMED, function(logFormat="JSON")],
        "not of this stack": [NAMED, function(logFormat="JSON", logGroup="theirs")],
        "text": [BY_DEFAULT, function(logFormat="Text")],
        "text by default": [BY_DEFAULT, made(aws.LAMBDA_FUNCTION, "worker", name="worker")],
    },
    mutation=put("loggingConfig.logFormat", "Text"),
)
