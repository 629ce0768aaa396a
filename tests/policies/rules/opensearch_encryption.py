from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

KEY = made(aws.KMS_KEY, "key")
ON = {"enabled": True}


def domain(kind: str = aws.SEARCH_DOMAINS[0], **inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    given = {"encryptAtRest": {**ON, "kmsKeyId": KEY.arn}, "nodeToNodeEncryption": ON}
    return made(kind, **{**given, **inputs})


FIXTURE = Fixture(
    holds={"ours": [KEY, domain()], "Elasticsearch": [KEY, domain(aws.SEARCH_DOMAINS[1])]},
    breaks={
        "none": made(aws.SEARCH_DOMAINS[0]),
        "readable": domain(encryptAtRest={"enabled": False, "kmsKeyId": KEY.arn}),
        "the account's": domain(encryptAtRest=ON),
        "between nodes": domain(nodeToNodeEncryption={}),
        "Elasticsearch": domain(aws.SEARCH_DOMAINS[1], encryptAtRest=ON),
    },
    mutation=put("nodeToNodeEncryption.enabled", False),  # noqa: FBT003  # the property's value
)
