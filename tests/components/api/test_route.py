import re
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_rampart.api.route import (
    MAX_SCHEMA_BYTES,
    METHODS,
    BodySchema,
    Route,
    RoutePath,
    has_body,
    large_bodies,
    method_arn_part,
    parameters,
    route_problems,
)

WORD = st.text(string.ascii_letters + string.digits + "._:$-", min_size=1, max_size=8)
SEGMENT = WORD | WORD.map(lambda word: f"{{{word}}}")
LAST = SEGMENT | WORD.map(lambda word: f"{{{word}+}}")
PATHS = st.builds(
    lambda parts, last: "/" + "/".join([*parts, last]), st.lists(SEGMENT, max_size=4), LAST
).filter(lambda path: len(set(parameters(path))) == len(parameters(path)))


def route(method: str = "GET", path: str = "/hello", seconds: int = 5, **more: object) -> Route:
    handler = {"name": "hello", "invoke_arn": "arn:invoke", "timeout_seconds": seconds}
    return {"method": method, "path": path, "handler": handler, **more}  # type: ignore[typeddict-item]  # any field


def problems(*routes: Route, answers_preflight: bool = False) -> list[str]:
    return [str(one) for one in route_problems(routes, answers_preflight=answers_preflight)]


@given(path=PATHS | st.just("/"))
def test_any_path_that_api_gateway_takes_is_taken(path: str) -> None:
    assert RoutePath().problem(path) is None


@given(path=PATHS)
def test_every_parameter_is_a_star_in_the_arn_and_has_a_name_without_braces(path: str) -> None:
    # when
    arn = method_arn_part(route(path=path))

    # then
    assert arn.count("*") == 1 + len(parameters(path))  # the first stands for the stage
    assert not set("".join(parameters(path))) & set("{}+/")
    assert not set(arn) & set("{}+")


@given(path=PATHS, letter=st.sampled_from(" #?%&=+*@,;|~!é\\\n"))
def test_a_letter_that_api_gateway_refuses_is_refused(path: str, letter: str) -> None:
    assert "API Gateway refuses the segment" in str(RoutePath().problem(f"/a{letter}{path}"))


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("", "a path begins with a slash"),
        ("hello", "a path begins with a slash"),
        ("/a//b", "API Gateway has no empty segments"),
        ("/a/", "API Gateway has no empty segments"),
        ("//", "API Gateway has no empty segments"),
        ("/{}", "API Gateway refuses the segment '{}'"),
        ("/{a}.json", "API Gateway refuses the segment '{a}.json'"),
        ("/{a", "API Gateway refuses the segment '{a'"),
        ("/a+", "API Gateway refuses the segment 'a+'"),
        ("/{proxy+}/a", "a greedy parameter takes all that follows"),
        ("/a/{x}/b/{x}", "two parameters have one name"),
        ("/a/{x}/b/{x+}", "two parameters have one name"),
    ],
)
def test_a_path_that_api_gateway_could_not_make_a_resource_of_is_refused(
    path: str, why: str
) -> None:
    assert str(RoutePath().problem(path)).startswith(why)


@pytest.mark.parametrize(
    ("method", "path", "arn"),
    [
        ("GET", "/", "/*/GET/"),
        ("GET", "/notes/{note_id}", "/*/GET/notes/*"),
        ("ANY", "/{proxy+}", "/*/*/*"),
    ],
)
def test_a_route_is_named_in_execution_arns_as_api_gateway_does(
    method: str, path: str, arn: str
) -> None:
    assert method_arn_part(route(method, path)) == arn


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        ("{nope", "no JSON: "),
        ("[]", "a JSON object is wanted; write a schema such as"),
        (
            f'{{"title": "{"é" * (MAX_SCHEMA_BYTES // 2)}"}}',
            f"API Gateway takes {MAX_SCHEMA_BYTES} bytes, not {MAX_SCHEMA_BYTES + 13}; shorten",
        ),
    ],
)
def test_a_schema_that_api_gateway_cannot_read_is_refused(schema: str, why: str) -> None:
    assert str(BodySchema().problem(schema)).startswith(why)


def test_the_longest_schema_that_api_gateway_takes_is_taken() -> None:
    assert BodySchema().problem(f'{{"title": "{"x" * (MAX_SCHEMA_BYTES - 13)}"}}') is None


def test_an_api_without_a_route_is_refused() -> None:
    assert problems() == [".routes: API Gateway deploys no API without methods; add a route."]


def test_a_route_that_is_repeated_is_refused_with_its_first_place() -> None:
    # when
    found = problems(route("GET"), route("POST"), route("GET"), route("GET", "/b"), route("GET"))

    # then
    assert found == [
        ".routes[2]: GET /hello is `routes[0]` already; keep one of the two.",
        ".routes[4]: GET /hello is `routes[0]` already; keep one of the two.",
    ]


@given(seconds=st.integers(29, 900))
def test_a_function_that_outlives_the_integration_is_refused(seconds: int) -> None:
    (only,) = problems(route(seconds=28), route("POST", seconds=seconds))
    assert only == (
        f".routes[1].handler.timeout_seconds={seconds}: API Gateway gives up after 29 s and "
        "nobody would see the answer; set `timeout_seconds` of the function to at most 28."
    )


def test_options_is_a_route_unless_the_api_answers_it_itself() -> None:
    assert problems(route("OPTIONS")) == []
    (only,) = problems(route("OPTIONS"), answers_preflight=True)
    assert only == (
        ".routes[0].method='OPTIONS': OPTIONS is answered by the API itself because of "
        "`allowed_origin`; leave one out."
    )


@pytest.mark.parametrize("one", [route("GET"), route("ANY"), route("POST", body=False)])
def test_a_schema_that_nothing_would_be_held_to_is_refused(one: Route) -> None:
    # given
    with_schema: Route = {**one, "schema": "{}"}

    # then
    (only,) = problems(with_schema)
    assert only == (
        ".routes[0].schema: nothing would be held to it, for the route has no body; set `body` to "
        "true, or leave `schema` out."
    )
    assert problems({**with_schema, "body": True}) == []


@pytest.mark.parametrize("method", METHODS)
def test_a_body_is_expected_where_the_method_is_made_for_one_unless_the_route_says_otherwise(
    method: str,
) -> None:
    assert has_body(route(method)) is (method in {"PATCH", "POST", "PUT"})
    assert has_body(route(method, body=True))
    assert not has_body(route(method, body=False))


def test_everything_that_is_wrong_with_the_routes_is_told_at_once() -> None:
    # when
    found = problems(route(seconds=30), route(seconds=30))

    # then
    assert [one.split(":")[0].split("=")[0] for one in found] == [
        ".routes[0].handler.timeout_seconds",
        ".routes[1]",
        ".routes[1].handler.timeout_seconds",
    ]


def test_a_path_with_large_bodies_is_a_pattern_that_matches_it_and_no_other() -> None:
    # given
    handler: Any = {"name": "n", "invoke_arn": "a", "timeout_seconds": 10}
    routes: Any = [
        {"method": "POST", "path": "/notes", "handler": handler, "large_body": True},
        {"method": "PUT", "path": "/notes/{id}", "handler": handler, "large_body": True},
        {"method": "PUT", "path": "/files/{path+}", "handler": handler, "large_body": True},
        {"method": "POST", "path": "/v1.0", "handler": handler, "large_body": True},
        {"method": "POST", "path": "/other", "handler": handler},
    ]

    # when
    patterns = large_bodies(routes, "v1")

    # then
    def allowed(path: str) -> bool:
        return any(re.search(one, path) for one in patterns)

    for path in ("/v1/notes", "/v1/notes/", "/v1/notes/7", "/v1/files/a/b", "/v1/v1.0"):
        assert allowed(path), path
    for path in (
        "/v1/other",
        "/v1/notes/7/more",
        "/v1/notesx",
        "/notes",
        "/v1/v1a0",
        "/x/v1/notes",
    ):
        assert not allowed(path), path
