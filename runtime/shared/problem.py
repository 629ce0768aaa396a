"""Problem documents: how every HTTP error of ours looks (RFC 9457)."""

from collections.abc import Iterable
from http import HTTPStatus

from pydantic import ValidationError

from runtime.shared.shape import Shape

CONTENT_TYPE = "application/problem+json"


class FieldError(Shape):
    """One thing wrong with one field of the request."""

    field: str
    detail: str


class Problem(Shape):
    """The document itself; `about:blank` says that the status alone names the problem's type."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str | None = None
    correlation_id: str | None = None
    errors: list[FieldError] | None = None


class ProblemError(Exception):
    """Ends a request with this status; `detail` and `errors` are read by the client's user."""

    def __init__(self, status: HTTPStatus, detail: str, errors: Iterable[FieldError] = ()) -> None:
        super().__init__(f"{status.value} {status.phrase}: {detail}")
        self.status, self.detail, self.errors = status, detail, list(errors)

    def document(self, *, instance: str | None, correlation_id: str | None) -> Problem:
        """Return the document for the request at path `instance`."""
        return Problem(
            title=self.status.phrase,
            status=self.status.value,
            detail=self.detail,
            instance=instance,
            correlation_id=correlation_id,
            errors=self.errors or None,
        )


def not_found(what: str) -> ProblemError:
    """Also the answer for what exists but belongs to somebody else."""
    return ProblemError(HTTPStatus.NOT_FOUND, f"There is no such {what}.")


def wrong_field(
    field: str, detail: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST
) -> ProblemError:
    """Return a problem with one field of the request."""
    return ProblemError(status, f"{field}: {detail}", [FieldError(field=field, detail=detail)])


def wrong_fields(error: ValidationError, whole: str) -> ProblemError:
    """Return a problem that names every field a model refused; `whole` names the model itself.

    pydantic's messages describe the rule, never the value sent, so they may leave the function.
    """
    errors = [
        FieldError(
            field=".".join(str(part) for part in entry["loc"]) or whole,
            detail=entry["msg"].removeprefix("Value error, "),
        )
        for entry in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    detail = "; ".join(f"{each.field}: {each.detail}" for each in errors)
    return ProblemError(HTTPStatus.BAD_REQUEST, detail, errors)
