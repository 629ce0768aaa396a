from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import ACCOUNT, Made, document, made

FROM_US = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
SCHEDULES = f"arn:aws:scheduler:eu-west-1:{ACCOUNT}:schedule/*"
ANCHOR = f"arn:aws:rolesanywhere:eu-west-1:{ACCOUNT}:trust-anchor/0123"


def trust(*services: str, **more: object) -> str:
    principal = {"Service": [f"{service}.amazonaws.com" for service in services]}
    return document({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal, **more})


def role(*services: str, **more: object) -> Made:
    return made(aws.IAM_ROLE, assumeRolePolicy=trust(*services, **more))


def source(arn: str) -> dict[str, object]:
    return {"ArnLike": {"aws:SourceArn": arn}}


FIXTURE = Fixture(
    holds={
        "our schedules": role("scheduler", Condition=source(SCHEDULES)),
        "our account": role("states", Condition=FROM_US),
        "our account, in a region": role("states.eu-central-1", Condition=FROM_US),
        "functions, which say no source": role("lambda"),
        "certificates of our authority": role("rolesanywhere", Condition=source(ANCHOR)),
        "one certificate": role(
            "rolesanywhere",
            Condition={"StringEquals": {"aws:PrincipalTag/x509Subject/CN": "build.example.com"}},
        ),
    },
    breaks={
        "any schedule": role("scheduler"),
        "in a region": role("states.eu-central-1"),
        "in China": made(
            aws.IAM_ROLE,
            assumeRolePolicy=trust("states")
            .replace("states.", "states.cn-north-1.")
            .replace(".com", ".com.cn"),
        ),
        "one of several": role("lambda", "events"),
        "everyone but us": role("states", Condition={"StringNotEquals": FROM_US["StringEquals"]}),
        "any account's schedule": role(
            "scheduler", Condition=source(SCHEDULES.replace(ACCOUNT, "*"))
        ),
        "our account, if one is said": role(
            "states", Condition={"StringEqualsIfExists": FROM_US["StringEquals"]}
        ),
        "any certificate": role("rolesanywhere"),
        "any authority": role("rolesanywhere", Condition=source("arn:aws:rolesanywhere:*:*:*")),
    },
    mutation=put("assumeRolePolicy", trust("events")),
)
