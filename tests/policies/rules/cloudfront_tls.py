from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

SAFE = {"viewerProtocolPolicy": "redirect-to-https"}
PLAIN = {"viewerProtocolPolicy": "allow-all"}


def distribution(
    *behaviours: dict[str, str],
    default: dict[str, str] = SAFE,
    **certificate: Any,  # noqa: ANN401  # wire values are any JSON
) -> Made:
    return made(
        aws.CLOUDFRONT_DISTRIBUTION,
        defaultCacheBehavior=default,
        orderedCacheBehaviors=[*behaviours],
        viewerCertificate={
            "acmCertificateArn": "arn:aws:acm:::certificate/x",
            "minimumProtocolVersion": "TLSv1.2_2021",
            **certificate,
        },
    )


FIXTURE = Fixture(
    holds={
        "redirects": distribution(),
        "HTTPS only, for some": distribution({"viewerProtocolPolicy": "https-only"}),
        "TLS 1.3": distribution(minimumProtocolVersion="TLSv1.3_2025"),
    },
    breaks={
        "plain HTTP": distribution(default=PLAIN),
        "plain HTTP for some": distribution({"pathPattern": "/api/*", **PLAIN}),
        "TLS 1.1": distribution(minimumProtocolVersion="TLSv1.1_2016"),
        "TLS 1.0": distribution(minimumProtocolVersion=None),
        "CloudFront's own certificate": distribution(cloudfrontDefaultCertificate=True),
    },
    mutation=put("viewerCertificate.minimumProtocolVersion", "TLSv1"),
)
