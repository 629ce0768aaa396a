from typing import Any

from rampart_policies import aws
from tests.policies.documents import openapi, swagger
from tests.policies.fixture import Fixture, put
from tests.policies.stacks import Made, made

AUTHORIZER = made(aws.API_AUTHORIZER, "tokens")
SOCKETS = made(aws.HTTP_API, "chat", protocolType="WEBSOCKET")
TARGET = "arn:aws:lambda:eu-west-1:111122223333:function:shop"
ANY = "x-amazon-apigateway-any-method"
TOKENS: list[dict[str, list[str]]] = [{"tokens": []}]


def method(verb: str, authorization: str, **inputs: str) -> Made:
    return made(aws.API_METHOD, httpMethod=verb, authorization=authorization, **inputs)


def route(key: str, **inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.HTTP_API_ROUTE, key, apiId=SOCKETS.id, routeKey=key, **inputs)


def rest(body: str) -> Made:
    return made(aws.REST_API, "shop", body=body)


def put_beside(body: str) -> list[Made]:
    api = made(aws.REST_API, "shop")
    return [api, made(aws.REST_API_BODY, restApiId=api.id, body=body)]


def http(body: str) -> Made:
    return made(aws.HTTP_API, "shop", protocolType="HTTP", body=body)


FIXTURE = Fixture(
    holds={
        "a custom authorizer": [AUTHORIZER, method("POST", "CUSTOM", authorizerId=AUTHORIZER.id)],
        "signed requests": method("GET", "AWS_IAM"),
        "an HTTP API": made(
            aws.HTTP_API_ROUTE, routeKey="GET /x", authorizationType="JWT", authorizerId="a1"
        ),
        "a WebSocket API, when a client connects": [
            SOCKETS,
            route("$connect", authorizationType="CUSTOM", authorizerId="a1"),
            route("$disconnect"),
            route("$default"),
            route("send"),
        ],
        "a document, for all": rest(openapi(security=TOKENS)),
        "a document, for one": rest(openapi(operation={"security": TOKENS})),
        "a document, signed": rest(openapi(operation={"security": [{"sigv4": []}]})),
        "a document, signed by extension": rest(
            openapi(operation={"x-amazon-apigateway-auth": {"type": "AWS_IAM"}})
        ),
        "a document of version 2 in YAML": rest(swagger({"security": TOKENS})),
        "a document beside": put_beside(openapi(security=TOKENS)),
        "a document of an HTTP API": http(openapi(operation={"security": [{"jwt": ["read"]}]})),
        "two at once": rest(openapi(security=[{"key": [], "tokens": []}])),
    },
    breaks={
        "none": method("GET", "NONE"),
        "announced, not given": method("GET", "CUSTOM"),
        "an HTTP API's default": made(aws.HTTP_API_ROUTE, routeKey="GET /x"),
        "an HTTP API's catch-all": [
            made(aws.HTTP_API, "chat", protocolType="HTTP"),
            route("$default"),
        ],
        "quick create": made(aws.HTTP_API, protocolType="HTTP", target=TARGET),
        "quick create of one route": made(
            aws.HTTP_API, protocolType="HTTP", target=TARGET, routeKey="GET /x"
        ),
        "a WebSocket API lets anyone connect": [SOCKETS, route("$connect")],
        "a WebSocket API does not ask": [SOCKETS, route("send")],
        "a document without security": rest(openapi()),
        "a document without security, in YAML": rest(swagger({})),
        "a document of an HTTP API without": http(openapi()),
        "a document beside, without": put_beside(openapi()),
        "any method": rest(openapi(verb=ANY)),
        "an operation that lifts it": rest(openapi(operation={"security": []}, security=TOKENS)),
        "an operation that makes it optional": rest(
            openapi(operation={"security": [{"tokens": []}, {}]})
        ),
        "an API key, which proves nothing": rest(openapi(security=[{"key": []}])),
        "a scheme that is not defined": rest(openapi(security=[{"cookies": []}])),
        "switched off by extension": rest(
            openapi(operation={"x-amazon-apigateway-auth": {"type": "NONE"}}, security=TOKENS)
        ),
    },
    undecided={
        "a text that is no document": rest("{nope"),
        "a catch-all of an API elsewhere": route("$default"),
        "an API whose routes stand elsewhere": [
            made(aws.REST_API, "shop"),
            made(aws.API_STAGE, restApi="shop", stageName="live"),
        ],
        "an HTTP API whose routes stand elsewhere": [
            made(aws.HTTP_API, "shop", protocolType="HTTP"),
            made(aws.HTTP_API_STAGE, apiId="shop"),
        ],
        "a stage of an API elsewhere": made(aws.API_STAGE, restApi="a1b2c3", stageName="live"),
    },
    not_applicable={
        "preflight": method("OPTIONS", "NONE"),
        "preflight of an HTTP API": route("OPTIONS /x"),
        "a document of nothing else": rest(openapi(verb="options")),
        "an API nobody publishes": made(aws.REST_API),
        "another route of a WebSocket API": route("$disconnect"),
    },
    mutation=put("authorization", "NONE"),
)
