from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def domain(kind: str = aws.SEARCH_DOMAINS[0], **options: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(kind, advancedSecurityOptions=options)


FIXTURE = Fixture(
    holds={
        "users": domain(enabled=True),
        "Elasticsearch": domain(aws.SEARCH_DOMAINS[1], enabled=True),
    },
    breaks={
        "none": made(aws.SEARCH_DOMAINS[0]),
        "off": domain(enabled=False),
        "anyone": domain(enabled=True, anonymousAuthEnabled=True),
        "Elasticsearch": domain(aws.SEARCH_DOMAINS[1]),
    },
    mutation=put("advancedSecurityOptions.enabled", False),  # noqa: FBT003  # the property's value
)
