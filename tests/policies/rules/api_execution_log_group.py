from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, made

API = made(aws.REST_API, "front")
GROUP = made(aws.LOG_GROUP, "execution", name="API-Gateway-Execution-Logs_front/v1") | {
    "property_dependencies": {"name": [API.urn]}
}


def settings(level: str | None = "ERROR") -> Made:
    chosen = {"loggingLevel": level} if level else {}
    return made(
        aws.API_METHOD_SETTINGS, restApi=API.id, stageName="v1", methodPath="*/*", settings=chosen
    )


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Take the group away."""
    del judged
    return [
        one
        for one in resources
        if not str(one["inputs"].get("name", "")).startswith("API-Gateway-Execution-Logs_")
    ]


FIXTURE = Fixture(
    holds={"declared": [API, GROUP, settings()]},
    breaks={
        "none": [API, settings()],
        "another group": [API, made(aws.LOG_GROUP, name="/aws/apigateway/front"), settings("INFO")],
    },
    not_applicable={"no logs": [API, settings("OFF")], "not said": [API, settings(None)]},
    mutation=change,
)
