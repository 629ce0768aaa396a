import json

from rampart_policies import aws
from rampart_policies.values import SECRET
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def task(*variables: dict[str, str]) -> Made:
    containers = [{"name": "web", "environment": [*variables]}]
    return made(aws.ECS_TASK_DEFINITION, containerDefinitions=json.dumps(containers))


def build(**variable: str) -> Made:
    return made(aws.CODEBUILD_PROJECT, environment={"environmentVariables": [variable]})


PASSWORD = {"name": "DB_PASSWORD", "value": "hunter2"}

FIXTURE = Fixture(
    holds={
        "a stage's setting": made(aws.API_STAGE, variables={"alias": "live"}),
        "an HTTP stage's setting": made(aws.HTTP_API_STAGE, stageVariables={"alias": "live"}),
        "a container's setting": task({"name": "LOG_LEVEL", "value": "INFO"}),
    },
    breaks={
        "in a stage": made(aws.API_STAGE, variables={"apiKey": "hunter2"}),
        "in an HTTP stage": made(aws.HTTP_API_STAGE, stageVariables={"token": "hunter2"}),
        "in a container": task(PASSWORD),
        "in a build": build(**PASSWORD),
        "in a build, as its type says": build(**PASSWORD, type="PLAINTEXT"),
        "a task that the program marks": made(aws.ECS_TASK_DEFINITION, containerDefinitions=SECRET),
    },
    undecided={"a text that is no JSON": made(aws.ECS_TASK_DEFINITION, containerDefinitions="{")},
    not_applicable={
        "no variables": made(aws.API_STAGE),
        "a container without any": task(),
        "a build reads a secret": build(
            name="DB_PASSWORD", value="shop-db", type="SECRETS_MANAGER"
        ),
    },
    mutation=put("variables", {"token": "hunter2"}),
)
