"""An API with a few routes, as most tests of it want it."""

from pulumi_rampart.api.handler import ApiHandler
from pulumi_rampart.api.route import Route
from pulumi_rampart.api.secure_api import SecureApi, SecureApiArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import BOUNDARY, recorded

HELLO: ApiHandler = {"name": "hello", "invoke_arn": "arn:hello", "timeout_seconds": 5}


GUARD: ApiHandler = {"name": "guard", "invoke_arn": "arn:guard", "timeout_seconds": 5}


ROUTES: list[Route] = [
    {"method": "GET", "path": "/notes", "handler": HELLO},
    {"method": "POST", "path": "/notes", "handler": HELLO},
    {"method": "PUT", "path": "/notes/{note_id}", "handler": HELLO},
]


def front(routes: list[Route] = ROUTES, **more: object) -> Graph:
    args: SecureApiArgs = {
        "boundary": BOUNDARY,
        "authorizer": GUARD,
        "routes": routes,
        **more,  # type: ignore[typeddict-item]
    }
    return recorded(lambda: SecureApi("front", args))
