"""The errors that cross a function's edge.

The class name is the `errorType` an invoking function receives, so these names are a protocol:
a library function raises them, `runtime.shared.library` raises them again on the caller's side.
"""


class FunctionError(Exception):
    """Base of every error that is meant to be read by another function or by a person."""


class InvalidRequestError(FunctionError):
    """The request itself is wrong: repeating it unchanged will fail again."""


class RejectedError(FunctionError):
    """The content cannot be processed (corrupt, empty, unsupported): `code: explanation`."""

    def __init__(self, code: str, explanation: str) -> None:
        super().__init__(f"{code}: {explanation}")
        self.code, self.explanation = code, explanation


class NotConfiguredError(FunctionError):
    """The function lacks a key or an address that an operator has to provide."""


class UnavailableError(FunctionError):
    """A service behind the function did not answer; trying again later may work."""


class ExpiredUrlError(UnavailableError):
    """A signed URL of the request is no longer valid; the same with a new URL may work."""


class DeniedError(FunctionError):
    """A permission is missing: neither the caller nor a retry can fix it."""
