from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def domain(kind: str = aws.SEARCH_DOMAINS[0], **cluster: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    given = {
        "zoneAwarenessEnabled": True,
        "dedicatedMasterEnabled": True,
        "dedicatedMasterCount": 3,
        "instanceCount": 3,
    }
    return made(kind, clusterConfig={**given, **cluster})


FIXTURE = Fixture(
    holds={
        "three zones": domain(),
        "with standby": domain(zoneAwarenessEnabled=False, multiAzWithStandbyEnabled=True),
        "Elasticsearch": domain(aws.SEARCH_DOMAINS[1]),
    },
    breaks={
        "nothing said": made(aws.SEARCH_DOMAINS[0]),
        "one zone": domain(zoneAwarenessEnabled=False),
        "no masters": domain(dedicatedMasterEnabled=False),
        "two masters": domain(dedicatedMasterCount=2),
        "Elasticsearch": domain(aws.SEARCH_DOMAINS[1], dedicatedMasterCount=1),
    },
    mutation=put("clusterConfig.dedicatedMasterCount", 1),
)
