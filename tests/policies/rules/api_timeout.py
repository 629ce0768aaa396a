from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded, put
from tests.policies.stacks import Made, made


def worker(seconds: int | None) -> Made:
    return made(aws.LAMBDA_FUNCTION, "worker", timeout=seconds)


def rest(milliseconds: int | None = None, arn: str = worker(1).arn) -> Made:
    path = f"arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{arn}/invocations"
    return made(aws.API_INTEGRATION, "call", uri=path, timeoutMilliseconds=milliseconds)


def http(milliseconds: int | None = None) -> Made:
    return made(
        aws.HTTP_API_INTEGRATION,
        "call",
        integrationUri=worker(1).arn,
        timeoutMilliseconds=milliseconds,
    )


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Give the judged integration a second of patience."""
    return put("timeoutMilliseconds", 1000)(resources, judged)


FIXTURE = Fixture(
    holds={
        "sooner": [worker(28), rest(29_000)],
        "the defaults": [worker(None), rest()],
        "HTTP": [worker(29), http()],
        "an alias": [
            worker(5),
            made(aws.LAMBDA_ALIAS, "live", functionName="worker"),
            rest(arn=made(aws.LAMBDA_ALIAS, "live").arn),
        ],
    },
    breaks={
        "later": [worker(60), rest(29_000)],
        "at once": [worker(29), rest()],
        "HTTP": [worker(30), http()],
        "little patience": [worker(None), rest(3_000)],
    },
    not_applicable={"a mock": made(aws.API_INTEGRATION, type="MOCK")},
    mutation=change,
)
