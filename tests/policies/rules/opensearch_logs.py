from typing import Any

from rampart_policies import aws
from rampart_policies.rules.opensearch_logs import KINDS
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def log(kind: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  # wire values are any JSON
    return {"logType": kind, "cloudwatchLogGroupArn": "arn:aws:logs:::log-group:search", **more}


def domain(*logs: dict[str, Any], kind: str = aws.SEARCH_DOMAINS[0]) -> Made:
    return made(kind, logPublishingOptions=[*logs])


ALL = [log(kind) for kind in KINDS]

FIXTURE = Fixture(
    holds={"all": domain(*ALL), "Elasticsearch": domain(*ALL, kind=aws.SEARCH_DOMAINS[1])},
    breaks={
        "none": domain(),
        "no audit": domain(*ALL[1:]),
        "one switched off": domain(*ALL[1:], log("AUDIT_LOGS", enabled=False)),
        "Elasticsearch": domain(kind=aws.SEARCH_DOMAINS[1]),
    },
    mutation=put("logPublishingOptions", []),
)
