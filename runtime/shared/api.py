"""The HTTP edge of a function behind API Gateway: bodies in, answers and problem documents out."""

import json
import re
from http import HTTPStatus
from typing import Any, TypeVar, cast

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.metrics import MetricUnit
from pydantic import BaseModel, TypeAdapter, ValidationError

from runtime.shared.errors import NotConfiguredError, UnavailableError
from runtime.shared.identity import Caller, caller_of
from runtime.shared.problem import CONTENT_TYPE, ProblemError, not_found, wrong_field, wrong_fields

Body = TypeVar("Body", bound=BaseModel)
Name = TypeVar("Name")

_RETRY_AFTER_SECONDS = "5"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Api:
    """Routes of one function, with the error answers that all functions share.

    Use `api.routes` to declare routes; a route returns `api.answer(...)` or raises.
    """

    def __init__(self, logger: Logger, metrics: Metrics, allowed_origins: str) -> None:
        """`allowed_origins`: comma-separated origins for browsers; "" allows none."""
        self.routes = APIGatewayRestResolver(cors=_cors(allowed_origins))
        self._logger, self._metrics = logger, metrics
        self.routes.use([self._identified])  # pyright: ignore[reportUnknownMemberType]  # any body
        self.routes.exception_handler(ProblemError)(self._problem)
        self.routes.exception_handler(NotFoundError)(self._no_such_path)
        self.routes.exception_handler([UnavailableError, NotConfiguredError])(self._unavailable)
        # The one broad catch of an HTTP function: whatever else happens leaves as a bare 500.
        self.routes.exception_handler(Exception)(self._unexpected)

    @property
    def caller(self) -> Caller:
        """The verified caller of the current request."""
        return caller_of(self.routes.current_event)

    @property
    def correlation_id(self) -> str:
        """API Gateway's id of the current request; the logs carry it too."""
        return self.routes.current_event.request_context.request_id or ""

    def body(self, shape: type[Body]) -> Body:
        """Return the request's JSON body as `shape`; a wrong one ends the request with a 400."""
        try:
            fields: object = json.loads(self.routes.current_event.decoded_body or "")
        except ValueError as error:
            raise wrong_field("body", "is not valid JSON") from error
        return parsed(shape, fields)

    def query(self, shape: type[Body]) -> Body:
        """Return the request's query string as `shape`; a wrong one ends the request with a 400."""
        return parsed(shape, self.routes.current_event.query_string_parameters)

    def header(self, name: str) -> str | None:
        """Return a header of the request, whatever the case of its name, or None."""
        return self.routes.current_event.headers.get(name)

    def answer(
        self, content: BaseModel | None, status: HTTPStatus = HTTPStatus.OK, **headers: str
    ) -> Response[str]:
        """Return a JSON response; header names are given with `_` for `-`."""
        self._metrics.add_metric("Answers", MetricUnit.Count, 1)
        return Response(
            status_code=status.value,
            content_type="application/json" if content else None,
            body=content.model_dump_json(exclude_none=True) if content else "",
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )

    def _identified(
        self, app: APIGatewayRestResolver, next_middleware: NextMiddleware
    ) -> Response[str]:
        """Judge who asks before what is asked for: a stranger learns nothing about names."""
        caller_of(app.current_event)
        return next_middleware(app)  # pyright: ignore[reportUnknownVariableType]  # any body

    def _no_such_path(self, _: NotFoundError) -> Response[str]:
        return self._problem(not_found("path"))

    def _problem(self, error: ProblemError) -> Response[str]:
        self._logger.info("request refused", extra={"status": error.status, "detail": error.detail})
        return self._document(error)

    def _unavailable(self, error: Exception) -> Response[str]:
        self._logger.error("a service is not available", exc_info=error)
        detail = "A service this request needs is not available. Please try again later."
        response = self._document(ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, detail))
        response.headers["Retry-After"] = _RETRY_AFTER_SECONDS
        return response

    def _unexpected(self, error: Exception) -> Response[str]:
        self._logger.error("request failed", exc_info=error)
        detail = "The request failed. Report the correlation id to the operator."
        return self._document(ProblemError(HTTPStatus.INTERNAL_SERVER_ERROR, detail))

    def _document(self, error: ProblemError) -> Response[str]:
        self._metrics.add_metric(f"Problems{error.status.value}", MetricUnit.Count, 1)
        path = self.routes.current_event.path
        document = error.document(instance=path, correlation_id=self.correlation_id)
        return Response(
            status_code=error.status.value,
            content_type=CONTENT_TYPE,
            body=document.model_dump_json(exclude_none=True),
        )


def named(kind: TypeAdapter[Name], value: str, thing: str) -> Name:
    """Return a part of the path as the name of a `thing`.

    What cannot be one names nothing, so the request ends with a 404. No store is asked: keys have
    limits of their own (DynamoDB takes 1,024 bytes in a sort key), and other rows have other names.
    """
    try:
        return kind.validate_python(value)
    except ValidationError:
        raise not_found(thing) from None


def parsed(shape: type[Body], fields: object) -> Body:
    """Return `fields` as `shape`; wrong ones end the request with a 400 that names each."""
    if field := unstorable(fields, "body"):
        raise wrong_field(field, "must be text without NUL characters and lone surrogates")
    try:
        return shape.model_validate(fields)
    except ValidationError as error:
        raise wrong_fields(error, whole="body") from error


def unstorable(content: Any, place: str) -> str | None:  # noqa: ANN401  # any JSON
    """Return the field with a text that JSON can carry and stores cannot, or None.

    PostgreSQL takes no NUL, and nothing that encodes text takes half of a surrogate pair.
    """
    match content:
        case str():
            return place if _UNSTORABLE.search(content) else None
        case dict():
            fields = cast("dict[str, Any]", content).items()
            parts = [(place, key) for key, _ in fields] + [(key, value) for key, value in fields]
        case list():
            parts = [(place, value) for value in cast("list[Any]", content)]
        case _:
            return None
    return next(filter(None, (unstorable(part, name) for name, part in parts)), None)


def _cors(allowed_origins: str) -> CORSConfig | None:
    origins = [origin.strip() for origin in allowed_origins.split(",") if origin.strip()]
    if not origins:
        return None
    return CORSConfig(
        allow_origin=origins[0],
        extra_origins=origins[1:],
        expose_headers=["ETag", "Location"],
    )
