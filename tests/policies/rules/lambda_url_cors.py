from rampart_policies import aws
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made


def url(**inputs: object) -> Made:
    return made(aws.LAMBDA_FUNCTION_URL, authorizationType="AWS_IAM", **inputs)


FIXTURE = Fixture(
    holds={
        "one origin": url(cors={"allowOrigins": ["https://shop.example.com"]}),
        "no browsers": url(),
    },
    breaks={
        "every origin": url(cors={"allowOrigins": ["*"]}),
        "every origin, among others": url(
            cors={"allowOrigins": ["https://a.example", "https://*"]}
        ),
    },
    mutation=put("cors", {"allowOrigins": ["*"]}),
)
