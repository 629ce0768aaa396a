from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

ROLE = "arn:aws:iam::111122223333:role/logs"


def api(level: str) -> Made:
    return made(aws.APPSYNC_API, logConfig={"cloudwatchLogsRoleArn": ROLE, "fieldLogLevel": level})


FIXTURE = Fixture(
    holds={"errors": api("ERROR"), "everything": api("ALL")},
    breaks={"nothing said": made(aws.APPSYNC_API), "no fields": api("NONE")},
    mutation=put("logConfig.fieldLogLevel", "NONE"),
)
