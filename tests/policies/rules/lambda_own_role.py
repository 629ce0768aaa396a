from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import made

ROLE = made(aws.IAM_ROLE, "worker-role")
ONE = made(aws.LAMBDA_FUNCTION, "one", role=ROLE.arn)
TWO = made(aws.LAMBDA_FUNCTION, "two", role=ROLE.arn)
THREE = made(aws.LAMBDA_FUNCTION, "three", role="arn:aws:iam::111122223333:role/other")


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Let the last function of another role run under the judged one."""
    arn = judged["outputs"]["arn"]
    others = (one for one in reversed(resources) if one["inputs"].get("role", arn) != arn)
    next(one for one in others if one["type"] == aws.LAMBDA_FUNCTION)["inputs"]["role"] = arn
    return resources


FIXTURE = Fixture(
    holds={"one function": [ROLE, ONE, THREE]},
    breaks={"two functions": [ROLE, ONE, TWO], "two of three": [ROLE, ONE, TWO, THREE]},
    not_applicable={"a role of something else": ROLE, "only named like one": [ROLE, THREE]},
    mutation=change,
    # With the role the function gets its grants, and all that follows from them.
    also=("lambda-endpoints", "lambda-trigger-loop", "hidden-dependency"),
)
