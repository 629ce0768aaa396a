from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def stage(form: str | None) -> Made:
    log = {"destinationArn": "arn:aws:logs:::log-group:calls", "format": form}
    return made(aws.HTTP_API_STAGE, accessLogSettings=log)


FIXTURE = Fixture(
    holds={
        "an id": stage('{"id": "$context.requestId"}'),
        "a bare number": stage('{"id": "$context.requestId", "status": $context.status}'),
        "the longer id": stage('{"id": "$context.extendedRequestId"}'),
    },
    breaks={
        "common log": stage("$context.requestId $context.status"),
        "no id": stage('{"status": "$context.status"}'),
        "a list": stage('["$context.requestId"]'),
        "nothing": stage(None),
    },
    not_applicable={"no log": made(aws.API_STAGE)},
    mutation=put("accessLogSettings.format", "$context.requestId $context.status"),
)
