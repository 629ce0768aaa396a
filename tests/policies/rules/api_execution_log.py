from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stages import API, STAGE, settings

FIXTURE = Fixture(
    holds={
        "errors": [API, STAGE, settings(loggingLevel="ERROR")],
        "everything": [API, STAGE, settings(loggingLevel="INFO")],
        "an API of another stack": [
            STAGE,
            settings(loggingLevel="INFO") | {"property_dependencies": {"stageName": [STAGE.urn]}},
        ],
    },
    breaks={
        "no settings": [API, STAGE],
        "off": [API, STAGE, settings(loggingLevel="OFF")],
        "nothing said": [API, STAGE, settings()],
        "one method": [API, STAGE, settings(path="orders/GET", loggingLevel="INFO")],
        "another stage": [API, STAGE, settings(stage="test", loggingLevel="INFO")],
    },
    mutation=put("settings.loggingLevel", "OFF", on=aws.API_METHOD_SETTINGS),
)
