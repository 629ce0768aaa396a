from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, made


def after(resource: Made, *others: Made) -> Made:
    return Made(resource | {"dependencies": [one.urn for one in others]})


VPC = made(aws.VPC, "vpc")
SUBNET = made(aws.SUBNET, "public", vpcId=VPC.id)
GATEWAY = made(aws.INTERNET_GATEWAY, "internet", vpcId=VPC.id)
WAY_OUT = after(made(aws.ROUTE, "out", gatewayId=GATEWAY.id), GATEWAY)
BUCKET = made(aws.BUCKET[0], "papers", bucket="papers")
VERSIONS = made(aws.BUCKET_VERSIONING[0], "versions", bucket="papers")
KEY = made(aws.BUCKET_ENCRYPTION[0], "encryption", bucket="papers")
PAPER = made(aws.BUCKET_OBJECT[1], "paper", bucket="papers")
LIFECYCLE = made(aws.BUCKET_LIFECYCLE[0], bucket="papers")
QUEUE = made(aws.SQS_QUEUE, "jobs")
LETS_IN = made(aws.SQS_QUEUE_POLICY, "lets-in", queueUrl=QUEUE.id)
TOLD = made(aws.BUCKET_NOTIFICATION, bucket="papers", queues=[{"queueArn": QUEUE.arn}])
LOG_ROLE = made(aws.API_ACCOUNT, "account")
STAGE = made(aws.API_STAGE, "stage", accessLogSettings={"destinationArn": "x"})
SETTINGS = made(aws.API_METHOD_SETTINGS, settings={"loggingLevel": "ERROR"})
ROLE = made(aws.IAM_ROLE, "role")
MAY = made(aws.IAM_ROLE_POLICY, "may", role=ROLE.id)
WORKER = made(aws.LAMBDA_FUNCTION, role=ROLE.arn, vpcConfig={"subnetIds": ["s"]})
NIGHTLY = made(aws.SCHEDULE, target={"roleArn": ROLE.arn})


def nat(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.NAT_GATEWAY, "nat", subnetId=SUBNET.id, **inputs)


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Let the judged one wait for nothing."""
    del resources[:0]
    judged["dependencies"], judged["property_dependencies"] = [], {}
    return resources


FIXTURE = Fixture(
    holds={
        "a NAT gateway": [VPC, SUBNET, GATEWAY, after(nat(), GATEWAY)],
        "through a route": [VPC, SUBNET, GATEWAY, WAY_OUT, after(nat(), WAY_OUT)],
        "a private NAT gateway": [VPC, SUBNET, GATEWAY, nat(connectivityType="private")],
        "an object": [BUCKET, VERSIONS, KEY, after(PAPER, VERSIONS, KEY)],
        "rules about versions": [BUCKET, VERSIONS, after(LIFECYCLE, VERSIONS)],
        "a notification": [BUCKET, QUEUE, LETS_IN, after(TOLD, LETS_IN)],
        "a stage": [LOG_ROLE, after(STAGE, LOG_ROLE)],
        "settings": [LOG_ROLE, after(SETTINGS, LOG_ROLE)],
        "no logs": [LOG_ROLE, made(aws.API_STAGE, "stage")],
        "a function": [ROLE, MAY, after(WORKER, MAY)],
        "a function in no network": [ROLE, MAY, made(aws.LAMBDA_FUNCTION, role=ROLE.arn)],
        "a schedule": [ROLE, MAY, after(NIGHTLY, MAY)],
    },
    breaks={
        "a NAT gateway": [VPC, SUBNET, GATEWAY, nat()],
        "an object, not versioned": [BUCKET, VERSIONS, KEY, after(PAPER, KEY)],
        "an object, not encrypted": [BUCKET, VERSIONS, KEY, after(PAPER, VERSIONS)],
        "rules about versions": [BUCKET, VERSIONS, LIFECYCLE],
        "a notification": [BUCKET, QUEUE, LETS_IN, TOLD],
        "a stage": [LOG_ROLE, STAGE],
        "settings": [LOG_ROLE, SETTINGS],
        "a function": [ROLE, MAY, WORKER],
        "a schedule": [ROLE, MAY, NIGHTLY],
    },
    mutation=change,
)
