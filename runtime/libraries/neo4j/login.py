"""The login to the graph, as its secret holds it."""

from pydantic import ValidationError

from runtime.shared.errors import NotConfiguredError
from runtime.shared.shape import Shape


class Login(Shape):
    """A username and its password."""

    username: str
    password: str


def login(secret: str) -> Login:
    """Return the secret's login; a malformed one is the operator's to correct, and not repeated."""
    try:
        return Login.model_validate_json(secret)
    except ValidationError:
        message = 'the graph\'s secret is not {"username": ..., "password": ...} in JSON'
    raise NotConfiguredError(message)
