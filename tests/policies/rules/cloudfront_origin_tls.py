from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, made


def distribution(policy: str, *protocols: str, viewers: str = "redirect-to-https") -> Made:
    custom = {"originProtocolPolicy": policy, "originSslProtocols": [*protocols]}
    return made(
        aws.CLOUDFRONT_DISTRIBUTION,
        defaultCacheBehavior={"viewerProtocolPolicy": viewers},
        origins=[{"originId": "shop", "customOriginConfig": custom}],
    )


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Reach every origin over plain HTTP."""
    for origin in judged["inputs"]["origins"]:
        origin["customOriginConfig"] = {"originProtocolPolicy": "http-only"}
    return resources


FIXTURE = Fixture(
    holds={
        "HTTPS": distribution("https-only", "TLSv1.2"),
        "as the viewers, who must": distribution("match-viewer", "TLSv1.2"),
        "a bucket": made(aws.CLOUDFRONT_DISTRIBUTION, origins=[{"originId": "files"}]),
    },
    breaks={
        "plain HTTP": distribution("http-only", "TLSv1.2"),
        "as the viewers, who need not": distribution(
            "match-viewer", "TLSv1.2", viewers="allow-all"
        ),
        "older TLS": distribution("https-only", "TLSv1.1", "TLSv1.2"),
        "SSL": distribution("https-only", "SSLv3"),
    },
    mutation=change,
)
