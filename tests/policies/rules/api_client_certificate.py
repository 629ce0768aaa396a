from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made
from tests.policies.stages import API, STAGE

SHOWN = made(aws.API_STAGE, "stage", restApi=API.id, stageName="live", clientCertificateId="c1")


def backend(kind: str) -> Made:
    return made(
        aws.API_INTEGRATION, f"to-{kind}", restApi=API.id, type=kind, uri="https://b.example"
    )


FIXTURE = Fixture(
    holds={"shown": [API, SHOWN, backend("HTTP_PROXY")]},
    breaks={
        "passed on": [API, STAGE, backend("HTTP_PROXY")],
        "rewritten": [API, STAGE, backend("HTTP"), backend("MOCK")],
    },
    not_applicable={
        "functions": [API, STAGE, backend("AWS_PROXY")],
        "an API of another stack": STAGE,
    },
    mutation=put("clientCertificateId", None),
)
