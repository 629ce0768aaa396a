"""CloudFront distributions."""

from typing import Any

from rampart_policies import aws
from tests.policies.pair import pair, same, switch
from tests.policies.stacks import made

SITE: dict[str, Any] = {
    "enabled": True,
    "origins": [{"originId": "o", "domainName": "shop.example.com"}],
}
DOMAIN = "files.s3.eu-west-1.amazonaws.com"
BUCKET = made(aws.BUCKET[0], "files")
BUCKET["outputs"]["bucketRegionalDomainName"] = DOMAIN
FILES = {"originId": "o", "domainName": DOMAIN}
BEHAVIOUR = {"targetOriginId": "o", "viewerProtocolPolicy": "redirect-to-https"}
CERTIFICATE = {
    "acmCertificateArn": "arn:aws:acm:us-east-1:111122223333:certificate/x",
    "minimumProtocolVersion": "TLSv1.2_2021",
    "sslSupportMethod": "sni-only",
}


def custom(**config: Any) -> dict[str, Any]:  # noqa: ANN401  # wire values are any JSON
    given = {"originProtocolPolicy": "https-only", "originSslProtocols": ["TLSv1.2"], **config}
    return {"originId": "o", "domainName": "shop.example.com", "customOriginConfig": given}


PAIRS = {
    **same(
        switch(
            aws.CLOUDFRONT_DISTRIBUTION,
            "defaultCacheBehavior",
            BEHAVIOUR,
            {**BEHAVIOUR, "viewerProtocolPolicy": "allow-all"},
            viewerCertificate=CERTIFICATE,
            **SITE,
        ),
        *("CKV_AWS_34", "CloudFront.3"),
    ),
    **same(
        switch(
            aws.CLOUDFRONT_DISTRIBUTION,
            "viewerCertificate.minimumProtocolVersion",
            "TLSv1.2_2021",
            "TLSv1",
            viewerCertificate=CERTIFICATE,
            defaultCacheBehavior=BEHAVIOUR,
            **SITE,
        ),
        *("CKV_AWS_174", "CFR4"),
    ),
    "CFR5": switch(
        aws.CLOUDFRONT_DISTRIBUTION,
        "origins",
        [custom()],
        [custom(originSslProtocols=["SSLv3", "TLSv1"])],
    ),
    "CloudFront.9": switch(
        aws.CLOUDFRONT_DISTRIBUTION,
        "origins",
        [custom()],
        [custom(originProtocolPolicy="http-only")],
    ),
    "CloudFront.10": switch(
        aws.CLOUDFRONT_DISTRIBUTION, "origins", [custom()], [custom(originSslProtocols=["SSLv3"])]
    ),
    **same(
        switch(
            aws.CLOUDFRONT_DISTRIBUTION,
            "loggingConfig",
            {"bucket": "logs.s3.amazonaws.com"},
            None,
            **SITE,
        ),
        *("CKV_AWS_86", "CFR3", "CloudFront.5"),
    ),
    **same(
        switch(
            aws.CLOUDFRONT_DISTRIBUTION,
            "webAclId",
            "arn:aws:wafv2:us-east-1:111122223333:global/webacl/x/y",
            None,
            **SITE,
        ),
        *("CKV_AWS_68", "CFR2", "CloudFront.6"),
    ),
    **same(
        pair(
            [
                BUCKET,
                made(
                    aws.CLOUDFRONT_DISTRIBUTION,
                    origins=[{**FILES, "originAccessControlId": "E1"}],
                ),
            ],
            [BUCKET, made(aws.CLOUDFRONT_DISTRIBUTION, origins=[FILES])],
        ),
        *("CKV2_AWS_46", "CFR7", "CloudFront.13"),
    ),
}
