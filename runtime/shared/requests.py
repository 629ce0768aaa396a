"""Requests of library functions: checked before anything else happens, refused by field."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from runtime.shared.errors import InvalidRequestError

Request = TypeVar("Request")


def decode(shape: TypeAdapter[Request], event: object) -> Request:
    """Return the event as `shape`, or raise InvalidRequestError naming each wrong field."""
    with naming_fields():
        return shape.validate_python(event)


@contextmanager
def naming_fields() -> Generator[None]:
    """Turn pydantic's verdict on content from outside into an InvalidRequestError.

    The message has the fields and the rules they break, never their values; the original error,
    which quotes the values, is not shown with it.
    """
    try:
        yield
    except ValidationError as error:
        faults = [
            f"{'.'.join(str(part) for part in fault['loc']) or 'request'}: {fault['msg']}"
            for fault in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise InvalidRequestError("; ".join(faults[:10])) from None
