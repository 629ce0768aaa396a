from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

SECRET = made(aws.SECRET, "login")


def rotation(secret: str = SECRET.arn, **rules: object) -> Made:
    return made(aws.SECRET_ROTATION, secretId=secret, rotationRules=rules)


FIXTURE = Fixture(
    holds={
        "each month": [SECRET, rotation(automaticallyAfterDays=30)],
        "on a schedule": [SECRET, rotation(scheduleExpression="cron(0 6 1 * ? *)")],
        "by a rate": [SECRET, rotation(scheduleExpression="rate(30 days)")],
        "by a rate in hours": [SECRET, rotation(scheduleExpression="rate(12 hours)")],
    },
    breaks={
        "never": SECRET,
        "each year": [SECRET, rotation(automaticallyAfterDays=365)],
        "every ten years": [SECRET, rotation(scheduleExpression="rate(3650 days)")],
        "on a schedule of a year": [SECRET, rotation(scheduleExpression="cron(0 6 1 1 ? *)")],
        "without interval": [SECRET, rotation()],
        "another secret's": [SECRET, rotation("other", automaticallyAfterDays=30)],
        "another tag": made(aws.SECRET, tags={"owner": "search"}),
    },
    undecided={"in another form": [SECRET, rotation(scheduleExpression="every month")]},
    not_applicable={"a key of another service": made(aws.SECRET, tags={"issued-by": "openai"})},
    mutation=put("rotationRules", {"automaticallyAfterDays": 365}, on=aws.SECRET_ROTATION),
)
