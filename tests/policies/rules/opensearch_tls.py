from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

NEW = "Policy-Min-TLS-1-2-PFS-2023-10"


def domain(kind: str = aws.SEARCH_DOMAINS[0], **options: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(kind, domainEndpointOptions=options)


FIXTURE = Fixture(
    holds={
        "both": domain(enforceHttps=True, tlsSecurityPolicy=NEW),
        "Elasticsearch": domain(
            aws.SEARCH_DOMAINS[1],
            enforceHttps=True,
            tlsSecurityPolicy="Policy-Min-TLS-1-2-2019-07",
        ),
    },
    breaks={
        "none": made(aws.SEARCH_DOMAINS[0]),
        "plain HTTP": domain(tlsSecurityPolicy=NEW),
        "the default policy": domain(enforceHttps=True),
        "TLS 1.0": domain(enforceHttps=True, tlsSecurityPolicy="Policy-Min-TLS-1-0-2019-07"),
        "Elasticsearch": domain(aws.SEARCH_DOMAINS[1], tlsSecurityPolicy=NEW),
    },
    mutation=put("domainEndpointOptions.enforceHttps", False),  # noqa: FBT003  # the property's value
)
