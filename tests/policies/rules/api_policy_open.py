from rampart_policies import aws
from rampart_policies.resource_policies import APIS
from tests.policies.carriers import granting, open_wide, opened, unclear, well_kept
from tests.policies.fixture import Fixture
from tests.policies.stacks import Made, made

PRIVATE = {"types": ["PRIVATE"]}
ENDPOINT = {"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d"}}


def api(authorization: str, *, private: bool = False, **policy: str) -> list[Made]:
    rest = made(aws.REST_API, "shop", endpointConfiguration=PRIVATE if private else None, **policy)
    method = made(aws.API_METHOD, restApi=rest.id, httpMethod="GET", authorization=authorization)
    preflight = made(
        aws.API_METHOD, "preflight", restApi=rest.id, httpMethod="OPTIONS", authorization="NONE"
    )
    return [rest, method, preflight]


def beside(*resources: Made) -> list[Made]:
    return [*resources, made(aws.REST_API_POLICY, restApiId="shop", policy=granting("*"))]


FIXTURE = Fixture(
    holds=well_kept(APIS)
    | {
        "tokens decide": api("CUSTOM", policy=granting("*")),
        "users of a pool decide": beside(*api("COGNITO_USER_POOLS")),
        "private, for one endpoint": api(
            "NONE", private=True, policy=granting("*", Condition=ENDPOINT)
        ),
    },
    breaks=open_wide(APIS)
    | {
        "any account's credentials": api("AWS_IAM", policy=granting("*")),
        "any account's credentials, beside": beside(*api("AWS_IAM")),
        "no credentials": api("NONE", policy=granting("*")),
        "private, for every VPC": api("CUSTOM", private=True, policy=granting("*")),
    },
    undecided=unclear(APIS),
    not_applicable={"no policy": made(aws.REST_API)},
    mutation=opened("policy"),
)
