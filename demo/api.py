"""An HTTP client of one tenant: a token, JSON, and a form for the file itself."""

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Self, TypeVar

import httpx
from pydantic import BaseModel

from demo.story import StoryError

# API Gateway gives an integration 29 s; an answer later than that does not come.
_TIMEOUT_SECONDS = 35

# The first request may find every function cold and be given up; the second finds them warm.
_ASK_AGAIN = {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}

_Model = TypeVar("_Model", bound=BaseModel)


class ApiError(StoryError):
    """The API refused; carries the problem document's words and its correlation id."""


class Form(BaseModel):
    """What S3 wants to be sent besides the file, signed by the API."""

    url: str
    fields: dict[str, str]

    def send(self, file: Path, content_type: str) -> None:
        """Upload a file straight to the bucket, with the form's own signature and no token."""
        stored = httpx.post(
            self.url,
            data=self.fields,
            files={"file": (file.name, file.read_bytes(), content_type)},
            timeout=_TIMEOUT_SECONDS,
        )
        if stored.is_error:
            raise ApiError(f"S3 refused {file.name} ({stored.status_code}): {stored.text}")


class Api:
    """Requests to one API, answered by models; use it in a `with` block."""

    def __init__(self, url: str, token: str) -> None:
        self._client = httpx.Client(
            base_url=url.rstrip("/"),
            headers={"Authorization": f"Bearer {token}"},
            timeout=_TIMEOUT_SECONDS,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, model: type[_Model], path: str, query: Mapping[str, str] | None = None) -> _Model:
        """Ask for a resource.

        Raises:
            ApiError: the API refused.
        """
        response = self._client.get(path, params=query)
        if response.status_code in _ASK_AGAIN:
            response = self._client.get(path, params=query)
        return _read(model, response)

    def post(
        self,
        model: type[_Model],
        path: str,
        body: object,
        *,
        ask_again: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> _Model:
        """Send JSON; `ask_again` where a second request does no harm.

        Raises:
            ApiError: the API refused.
        """
        response = self._client.post(path, json=body, headers=headers)
        if ask_again and response.status_code in _ASK_AGAIN:
            response = self._client.post(path, json=body, headers=headers)
        return _read(model, response)

    def put(self, model: type[_Model], path: str, body: object) -> _Model:
        """Put a resource in place of what is there.

        Raises:
            ApiError: the API refused.
        """
        response = self._client.put(path, json=body)
        if response.status_code in _ASK_AGAIN:
            response = self._client.put(path, json=body)
        return _read(model, response)


def _read(model: type[_Model], response: httpx.Response) -> _Model:
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        request = response.request
        raise ApiError(
            f"{request.method} {request.url.path} answered {response.status_code}: {response.text}"
        )
    return model.model_validate_json(response.content)
