import re
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_rampart.api.handler import ApiHandler
from pulumi_rampart.api.paths import slug, unlike, with_prefixes
from pulumi_rampart.api.route import Route
from pulumi_rampart.api.routes import model_names
from pulumi_rampart.api.secure_api import SecureApi
from pulumi_rampart.testing import Graph
from tests.components.inside import BOUNDARY, recorded, refusal

RESOURCE = "aws:apigateway/resource:Resource"
METHOD = "aws:apigateway/method:Method"
SEGMENT = st.from_regex(re.compile(r"[a-c-]{1,3}|\{[a-c]\}"), fullmatch=True)
PATHS = st.lists(SEGMENT, min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts))
HELLO: ApiHandler = {"name": "hello", "invoke_arn": "arn:hello", "timeout_seconds": 5}


def route(path: str, method: str = "GET") -> Route:
    return {"method": method, "path": path, "handler": HELLO}


def api(*routes: Route) -> SecureApi:
    return SecureApi(
        "front",
        {
            "boundary": BOUNDARY,
            "authorizer": HELLO,
            "routes": list(routes),
            "allowed_origin": "https://shop.example",
        },
    )


def front(*paths: str, method: str = "GET") -> Graph:
    """Record an API with these routes, each with a schema of its own where there is a body."""
    schemas = {"POST": lambda path: {"schema": f'{{"title": "{path}"}}'}}
    more = schemas.get(method, lambda _: {})
    return recorded(lambda: api(*({**route(path, method), **more(path)} for path in paths)))  # type: ignore[typeddict-item]


def paths_made(graph: Graph) -> dict[str, str]:
    """Follow the parents of each API resource to its whole path, by the resource's id."""
    by_id = {one.id: one for one in graph.of(RESOURCE)}

    def whole(resource_id: str) -> str:
        if resource_id not in by_id:
            return ""
        made = by_id[resource_id].inputs
        return f"{whole(made['parentId'])}/{made['pathPart']}"

    return {one.id: whole(one.id) for one in by_id.values()}


def preflights(graph: Graph) -> list[str]:
    paths = paths_made(graph)
    options = [one for one in graph.of(METHOD) if one.inputs["httpMethod"] == "OPTIONS"]
    return sorted(paths[one.inputs["resourceId"]] for one in options)


@pytest.mark.parametrize(
    "paths", list(permutations(["/notes/{id}", "/notes", "/notes/{id}/pages"]))
)
def test_each_path_with_a_route_answers_preflights_in_any_order(paths: tuple[str, ...]) -> None:
    assert preflights(front(*paths)) == sorted(paths)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a/b", "/a-b"),
        ("/a/{id+}", "/a/id"),
        ("/a/{id}", "/a/id"),
        ("/a/b/c", "/a-b"),
        ("/a-b/c", "/a/b-c"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_paths_that_would_be_named_alike_are_both_made(one: str, other: str, method: str) -> None:
    # when
    graph, reversed_graph = front(one, other, method=method), front(other, one, method=method)

    # then: every resource of API Gateway once, and named the same in any order of the routes
    made = paths_made(graph)
    assert sorted(made.values()) == sorted({*with_prefixes(one), *with_prefixes(other)})
    routes = [r for r in graph.of(METHOD) if r.inputs["httpMethod"] == method]
    assert sorted(made[r.inputs["resourceId"]] for r in routes) == sorted([one, other])
    assert {r.urn for r in graph.resources} == {r.urn for r in reversed_graph.resources}


@given(paths=st.lists(PATHS, min_size=1, max_size=8))
def test_no_two_paths_share_a_name_and_their_order_does_not_matter(paths: list[str]) -> None:
    # given
    every = [part for path in paths for part in with_prefixes(path)]

    # when
    names = unlike(every, slug)

    # then
    assert len(set(names.values())) == len(set(every))
    assert unlike(reversed(every), slug) == names


def test_paths_that_are_named_apart_keep_their_plain_names() -> None:
    names = {one.name for one in front("/notes", "/notes/{id}", "/a-b").of(RESOURCE)}
    assert names == {"front-notes", "front-notes-id", "front-a-b"}


def test_each_schema_has_a_model_of_its_own_name() -> None:
    # given: the words of a name are letters and digits only
    paths = ["/notes", "/notes/{note_id}", "/no-tes", "/no/tes", "/No.tes", "/no.tes"]

    # when
    graph = front(*paths, method="POST")

    # then
    models = graph.of("aws:apigateway/model:Model")
    names = [one.inputs["name"] for one in models]
    assert len({one.inputs["schema"] for one in models}) == len(set(names)) == len(paths)
    assert all(name.isalnum() for name in names)
    by_schema = {one.inputs["schema"]: one.inputs["name"] for one in models}
    for method in graph.of(METHOD):
        if method.inputs["httpMethod"] == "POST":
            path = paths_made(graph)[method.inputs["resourceId"]]
            expected = by_schema[f'{{"title": "{path}"}}']
            assert method.inputs["requestModels"] == {"application/json": expected}


def test_routes_with_one_schema_share_a_model_named_after_the_first() -> None:
    routes = [route("/notes", "POST"), route("/notes/{id}", "PUT"), route("/notes")]
    assert model_names("front", routes) == {'{"type": "object"}': "FrontPostNotesBody"}


@pytest.mark.parametrize(
    ("first", "second", "where"),
    [
        ("/a/{x}", "/a/{y}", "/a"),
        ("/a/{x}/b", "/a/{y}/c", "/a"),
        ("/{x}", "/{y}/a", "/"),
        ("/a/{x}", "/a/{y+}", "/a"),
    ],
)
def test_two_parameters_in_one_place_are_refused(first: str, second: str, where: str) -> None:
    # given
    there = "{y+}" if "+" in second else "{y}"

    # when
    message = refusal(lambda: api(route(first), route(second)))

    # then
    assert message == (
        f"front.routes[1].path={second!r}: after {where} stands {there} here and {{x}} in {first}; "
        "API Gateway takes one parameter there. Name it alike in both."
    )


@pytest.mark.parametrize(
    ("first", "second"), [("/a/{x}", "/a/{x}/b"), ("/a/{x}", "/b/{y}"), ("/a/{x}", "/a/x")]
)
def test_one_parameter_in_a_place_is_taken(first: str, second: str) -> None:
    assert {*paths_made(front(first, second)).values()} >= {first, second}
