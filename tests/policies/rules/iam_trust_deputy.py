from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, document, made

FROM_US = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
ONE_SCHEDULE = {"ArnLike": {"aws:SourceArn": f"arn:aws:scheduler:eu-west-1:{ACCOUNT}:schedule/*"}}


def trust(*services: str, **more: object) -> str:
    principal = {"Service": [f"{service}.amazonaws.com" for service in services]}
    return document({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal, **more})


def role(*services: str, **more: object) -> Made:
    return made(aws.IAM_ROLE, assumeRolePolicy=trust(*services, **more))


FIXTURE = Fixture(
    holds={
        "our schedules": role("scheduler", Condition=ONE_SCHEDULE),
        "our account": role("states", Condition=FROM_US),
        "functions, which say no source": role("lambda"),
    },
    breaks={
        "any schedule": role("scheduler"),
        "one of several": role("lambda", "events"),
        "everyone but us": role("states", Condition={"StringNotEquals": FROM_US["StringEquals"]}),
    },
    mutation=put("assumeRolePolicy", trust("events")),
)
