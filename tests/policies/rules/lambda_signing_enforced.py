from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

JOB = made(aws.SIGNING_JOB, "deps-signed")


def config(**policies: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.CODE_SIGNING_CONFIG, "signing", policies=policies)


ENFORCED = config(untrustedArtifactOnDeployment="Enforce")


def stack(**layer: Any) -> list[Made]:  # noqa: ANN401  # wire values are any JSON
    deps = made(aws.LAMBDA_LAYER, "deps", **layer)
    function = made(
        aws.LAMBDA_FUNCTION, "worker", codeSigningConfigArn=ENFORCED.arn, layers=[deps.arn]
    )
    return [ENFORCED, JOB, deps, function]


FIXTURE = Fixture(
    holds={
        "enforced": ENFORCED,
        "a signed layer": stack(s3Bucket="code", s3Key=JOB.id),
        "a layer from a version": stack(s3Bucket="code", s3Key="deps.zip", s3ObjectVersion="7"),
    },
    breaks={
        "only warns": config(untrustedArtifactOnDeployment="Warn"),
        "the default": made(aws.CODE_SIGNING_CONFIG),
        "an uploaded layer": stack(code={"path": "deps.zip"}),
        "a layer from whatever lies there": stack(s3Bucket="code", s3Key="deps.zip"),
    },
    mutation=put("policies.untrustedArtifactOnDeployment", "Warn"),
)
