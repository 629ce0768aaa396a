from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def function(name: str, reserved: int) -> Made:
    return made(aws.LAMBDA_FUNCTION, name, reservedConcurrentExecutions=reserved)


FIXTURE = Fixture(
    holds={
        "little": function("worker", 10),
        "all that there is": [function("worker", 450), function("other", 450)],
    },
    breaks={
        "too much": function("worker", 901),
        "too much together": [function("worker", 450), function("other", 451)],
    },
    not_applicable={
        "none": made(aws.LAMBDA_FUNCTION),
        "switched off": function("worker", 0),
        "the provider's none": function("worker", -1),
    },
    mutation=put("reservedConcurrentExecutions", 5000),
)
