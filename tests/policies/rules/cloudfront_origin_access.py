from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, made

FILES = "files.s3.eu-west-1.amazonaws.com"


def distribution(domain: str, **origin: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(
        aws.CLOUDFRONT_DISTRIBUTION,
        origins=[{"originId": "files", "domainName": domain, **origin}],
    )


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Sign nothing."""
    for origin in judged["inputs"]["origins"]:
        origin["originAccessControlId"] = ""
    return resources


FIXTURE = Fixture(
    holds={
        "signed": distribution(FILES, originAccessControlId="E1"),
        "an identity, the older way": distribution(
            FILES, s3OriginConfig={"originAccessIdentity": "origin-access-identity/cloudfront/E1"}
        ),
        "no bucket": distribution("shop.example.com"),
    },
    breaks={
        "unsigned": distribution(FILES),
        "unsigned, without region": distribution("files.s3.amazonaws.com"),
        "an empty identity": distribution(FILES, s3OriginConfig={"originAccessIdentity": ""}),
    },
    mutation=change,
)
