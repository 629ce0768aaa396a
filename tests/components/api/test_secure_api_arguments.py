"""What an API is given is checked before anything is made."""

from typing import TYPE_CHECKING

import pytest
from pulumi import Output

from pulumi_rampart.api.secure_api import SecureApi, SecureApiArgs
from pulumi_rampart.arguments import ArgumentError
from pulumi_rampart.functions.zip_lambda import ZipLambda
from tests.components.api.front import GUARD, HELLO, ROUTES
from tests.components.inside import BOUNDARY, recorded, refusal

if TYPE_CHECKING:
    from pulumi_rampart.api.handler import ApiHandler

METHOD = "aws:apigateway/method:Method"


FIRST = ROUTES[0]


WRONG: list[tuple[dict[str, object], str]] = [
    ({"throttle": 5}, ".throttle: there is no such argument; "),
    ({"request_per_second": 5}, "did you mean `requests_per_second`?"),
    ({"routes": None}, ".routes: is None; it has no default"),
    ({"routes": []}, ".routes: API Gateway deploys no API without methods; add a route."),
    ({"routes": FIRST}, ".routes: a list is wanted, not dict."),
    ({"routes": ["GET /notes"]}, ".routes[0]: Route, a mapping, is wanted, not str."),
    ({"routes": [{"method": "GET", "path": "/n"}]}, ".routes[0].handler: is missing; it has no"),
    ({"routes": [{**FIRST, "methd": "GET"}]}, ".routes[0].methd: there is no such argument; did"),
    ({"routes": [{**FIRST, "method": "get"}]}, ".routes[0].method='get': allowed are 'ANY', "),
    ({"routes": [{**FIRST, "path": "notes"}]}, ".routes[0].path='notes': a path begins with a"),
    ({"routes": [{**FIRST, "path": "/a b"}]}, ".routes[0].path='/a b': API Gateway refuses the"),
    ({"routes": [{**FIRST, "body": "no"}]}, ".routes[0].body='no': true or false is wanted"),
    (
        {"routes": [{**FIRST, "body": True, "schema": "{nope"}]},
        ".routes[0].schema='{nope': no JSON: ",
    ),
    (
        {"routes": [{**FIRST, "handler": {**HELLO, "timeout_seconds": 0}}]},
        ".routes[0].handler.timeout_seconds=0: a whole number from 1 to 900 is allowed",
    ),
    (
        {"routes": [{**FIRST, "handler": {**HELLO, "timeout_seconds": 29}}]},
        ".routes[0].handler.timeout_seconds=29: API Gateway gives up after 29 s",
    ),
    ({"routes": [FIRST, FIRST]}, ".routes[1]: GET /notes is `routes[0]` already"),
    (
        {
            "routes": [{**FIRST, "method": "OPTIONS"}],
            "allowed_origin": "https://app.example.com",
        },
        ".routes[0].method='OPTIONS': OPTIONS is answered by the API itself",
    ),
    ({"authorizer": "guard"}, ".authorizer: ApiHandler, a mapping, is wanted, not str."),
    (
        {"allowed_origin": "https://app.example.com/"},
        ".allowed_origin='https://app.example.com/': an origin is scheme, host and port",
    ),
    ({"requests_per_second": -1}, ".requests_per_second=-1: a whole number from 0 to"),
    ({"requests_per_second": "5"}, ".requests_per_second='5': a number is wanted, not str."),
    ({"burst": 2.5}, ".burst=2.5: a whole number is wanted, not float."),
    ({"burst": 2**31}, ".burst=2147483648: a whole number from 0 to 2147483647 is allowed"),
    ({"requests_per_day": -1}, ".requests_per_day=-1: a whole number from 0 to"),
    ({"clients": "web"}, ".clients='web': a list is wanted; put the text in brackets."),
    ({"clients": [""]}, ".clients[0]='': must match"),
    ({"clients": ["web", "web"]}, ".clients: 'web' stands in it twice; name each once."),
    ({"requests_per_five_minutes": 9}, ".requests_per_five_minutes=9: a whole number from 10 to"),
    ({"blocked_addresses": ["192.0.2.7"]}, ".blocked_addresses[0]='192.0.2.7': a range needs"),
    ({"blocked_addresses": ["0.0.0.0/0"]}, ".blocked_addresses[0]='0.0.0.0/0': WAF takes no"),
]


@pytest.mark.parametrize(("more", "why"), WRONG, ids=lambda each: str(each)[:60])
def test_what_aws_would_refuse_is_refused_before_anything_is_made(
    more: dict[str, object], why: str
) -> None:
    # given
    args: SecureApiArgs = {
        "boundary": BOUNDARY,
        "authorizer": GUARD,
        "routes": ROUTES,
        **more,  # type: ignore[typeddict-item]  # wrong on purpose
    }

    # when
    message = refusal(lambda: SecureApi("front", args))

    # then
    assert message.startswith("front.")
    assert why in message
    assert message.count("\n") == 0, "one fault, one line"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("my front", "allows no ' ' in '/aws/apigateway/shop-dev-my front-stage'"),
        ("front.door", "allows no '.' in 'front.door-"),
        ("a" * 104, "WAF allows 128 characters"),
    ],
)
def test_a_name_that_a_part_of_the_api_cannot_carry_is_refused(name: str, why: str) -> None:
    # given
    args: SecureApiArgs = {"boundary": BOUNDARY, "authorizer": GUARD, "routes": ROUTES}

    # then
    assert why in refusal(lambda: SecureApi(name, args))


@pytest.mark.usefixtures("functions")
def test_a_function_in_place_of_its_handler_is_explained() -> None:
    # given
    messages: list[str] = []

    def program() -> None:
        hello = ZipLambda("hello", {"boundary": BOUNDARY, "source": "functions/hello"})
        args: SecureApiArgs = {
            "boundary": BOUNDARY,
            "authorizer": GUARD,
            "routes": [{"method": "GET", "path": "/hello", "handler": hello}],  # type: ignore[typeddict-item]  # wrong on purpose
        }
        with pytest.raises(ArgumentError) as caught:
            SecureApi("front", args)
        messages.append(str(caught.value))

    # when
    recorded(program)

    # then
    assert messages == [
        "front.routes[0].handler: got the ZipLambda itself; pass its `handler` attribute."
    ]


def test_a_boundary_that_only_the_deployment_knows_is_taken() -> None:
    # when
    graph = recorded(
        lambda: SecureApi(
            "front",
            {"boundary": Output.from_input(BOUNDARY), "authorizer": GUARD, "routes": ROUTES},
        )
    )

    # then
    (api,) = graph.of("aws:apigateway/restApi:RestApi")
    assert api.inputs["name"] == "shop-dev-front"
    names = {one.inputs["name"] for one in graph.of("aws:cloudwatch/logGroup:LogGroup")}
    assert names == {
        f"API-Gateway-Execution-Logs_{api.id}/v1",
        "/aws/apigateway/shop-dev-front-stage",
        "aws-waf-logs-shop-dev-front-firewall",
    }


def test_a_timeout_that_only_the_deployment_knows_is_taken() -> None:
    # given
    def program() -> None:
        later: ApiHandler = {**HELLO, "timeout_seconds": Output.from_input(60)}
        SecureApi(
            "front",
            {
                "boundary": BOUNDARY,
                "authorizer": GUARD,
                "routes": [{"method": "GET", "path": "/notes", "handler": later}],
            },
        )

    # then
    assert len(recorded(program).of(METHOD)) == 1
