"""What no client of ours sends: every route of Knowledge refuses it, and none fails over it."""

import importlib
import json
import re
from types import ModuleType
from typing import Any

import pytest

from tests.runtime.knowledge.cloud import Client, Cloud, new_tenant

FUNCTIONS = ("chat_orchestrator", "dynamodb_crud_handler", "s3_unified_handler")
NAMES = [
    "INTERACTION",
    "x" * 1500,
    "\x00",
    "a#b",
    "..",
    "%2e%2e",
    "\u202e",
    "' OR 1=1",
    "00000000-0000-0000-0000-00000000000",
]
TEXTS = ["\x00", "a\x00b", "\ud800"]


@pytest.fixture(params=FUNCTIONS)
def module(request: pytest.FixtureRequest, cloud: Cloud) -> ModuleType:  # noqa: ARG001
    return importlib.import_module(f"runtime.knowledge.{request.param}.handler")


def routes(module: ModuleType) -> list[tuple[str, str]]:
    """Return method and path of each route that the function declares."""
    declared: list[Any] = module.api.routes._static_routes + module.api.routes._dynamic_routes
    return [(method, route.path) for route in declared for method in route.method]


def test_every_function_declares_routes(module: ModuleType) -> None:
    assert routes(module)


@pytest.mark.parametrize("name", NAMES)
def test_a_path_that_names_nothing_is_not_found(module: ModuleType, name: str) -> None:
    # given
    client = Client(module.handler, tenant=new_tenant())

    for method, path in routes(module):
        if "<" in path:
            # when
            place = path.partition("<")[0] + name
            body = {"title": "t"} if method == "PUT" else None
            answer = client.send(method, place, body, headers={"If-Match": '"1"'})

            # then
            assert answer.status == 404, (method, path, answer.text)


@pytest.mark.parametrize("tenant", ["", "Acme/.."])
def test_who_asks_is_judged_before_what_is_asked_for(module: ModuleType, tenant: str) -> None:
    # given
    client = Client(module.handler, tenant=tenant)

    for method, path in routes(module):
        # when
        answer = client.send(method, re.sub("<.*>", "x", path), "{")

        # then
        assert answer.status == 401, (method, path, answer.text)


@pytest.mark.parametrize("text", TEXTS)
def test_text_that_cannot_be_stored_is_refused_by_its_field(module: ModuleType, text: str) -> None:
    # given
    client = Client(module.handler, tenant=new_tenant())

    for method, path in routes(module):
        if method == "POST":
            # then
            for body in ({"title": text}, {"question": [text]}, {text: "x"}, [text], text):
                answer = client.send(method, path, json.dumps(body))
                assert answer.status == 400, (path, body, answer.text)
        elif method == "GET" and "<" not in path:
            assert client.send(method, path, query={"cursor": text}).status == 400
