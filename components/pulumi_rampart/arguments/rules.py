"""What a value may be beyond its type; stands in the annotation of the argument it is about.

Example:
    class QueueArgs(TypedDict):
        max_receives: NotRequired[Annotated[int, Between(1, 1000)]]

`AlsoCalled` and `Hidden` judge nothing: they say how messages name the argument.
"""

import ipaddress
import json
import re
from collections.abc import Collection, Sized
from dataclasses import dataclass
from typing import Any, Protocol, cast, runtime_checkable


@runtime_checkable
class Rule(Protocol):
    """Judges one plain value of the annotated type."""

    def problem(self, value: Any) -> str | None:  # noqa: ANN401  # of the annotated type
        """Return what is allowed and what to do, or None when the value is fine."""
        ...


@dataclass(frozen=True)
class AlsoCalled:
    """Other words for an argument, those of AWS above all; whoever writes one is told ours."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Hidden:
    """Marks a value that no message shows, because it may be a secret."""


@dataclass(frozen=True)
class Between:
    """A number within the limits of the service, both included."""

    low: float
    high: float
    remedy: str = "these are the service's limits."

    def problem(self, value: float) -> str | None:
        """Judge a number."""
        if self.low <= value <= self.high:
            return None
        kind = "a whole number" if isinstance(value, int) else "a number"
        return f"{kind} from {self.low} to {self.high} is allowed; {self.remedy}"


@dataclass(frozen=True)
class OneOf:
    """One of a few values that the service knows."""

    allowed: Collection[Any]
    remedy: str

    def problem(self, value: object) -> str | None:
        """Judge a value."""
        if value in self.allowed:
            return None
        return f"allowed are {', '.join(map(repr, self.allowed))}; {self.remedy}"


@dataclass(frozen=True)
class Matching:
    """A text of a form."""

    pattern: str
    remedy: str

    def problem(self, value: str) -> str | None:
        """Judge a text, which has to match as a whole."""
        if re.fullmatch(self.pattern, value):
            return None
        return f"must match {self.pattern}; {self.remedy}"


@dataclass(frozen=True)
class Length:
    """A text or a list of a size."""

    low: int
    high: int
    remedy: str

    def problem(self, value: Sized) -> str | None:
        """Judge something that has a length."""
        if self.low <= len(value) <= self.high:
            return None
        what = "characters" if isinstance(value, str) else "entries"
        return f"{self.low} to {self.high} {what} are allowed, not {len(value)}; {self.remedy}"


@dataclass(frozen=True)
class Distinct:
    """A list that names nothing twice."""

    def problem(self, value: Collection[Any]) -> str | None:
        """Judge a list."""
        seen: list[Any] = []
        for each in value:
            if each in seen:
                return f"{each!r} stands twice; name each once."
            seen.append(each)
        return None


@dataclass(frozen=True)
class Address:
    """An IPv4 range in CIDR form."""

    def problem(self, value: str) -> str | None:
        """Judge a range."""
        example = "write a range such as 192.0.2.0/24 or 192.0.2.7/32."
        # Python also takes masks such as /255.255.255.0, which AWS does not.
        if not re.search(r"/[0-9]{1,2}$", value, re.ASCII):
            return f"a range needs the length of its mask; {example}"
        try:
            ipaddress.IPv4Network(value)
        except ValueError as error:
            return f"{error}; {example}"
        return None


_ORIGIN = re.compile(
    r"(?P<scheme>https?)://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:(?P<port>[1-9][0-9]{0,4}))?"
)
_DEFAULT_PORTS = {"http": "80", "https": "443"}


@dataclass(frozen=True)
class Origin:
    """A web origin as browsers send it: scheme, host and port, nothing after.

    https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
    """

    subdomains: bool = False
    """Whether `https://*.example.com` stands for every host below it, as S3 reads it."""

    def problem(self, value: str) -> str | None:
        """Judge an origin."""
        plain = value.replace("://*.", "://any.", 1) if self.subdomains else value
        parts = _ORIGIN.fullmatch(plain)
        if parts and parts["port"] != _DEFAULT_PORTS[parts["scheme"]]:
            return None
        return (
            "an origin is scheme, host and port, compared letter by letter with what the browser "
            "sends; write it in lower case, without the scheme's own port, without a path and "
            "without a slash at the end: https://app.example.com"
        )


@dataclass(frozen=True)
class Json:
    """A JSON document that is an object."""

    remedy: str

    def problem(self, value: str) -> str | None:
        """Judge a document."""
        try:
            document: Any = json.loads(value)
        except ValueError as error:
            return f"no JSON: {error}; {self.remedy}"
        if not isinstance(document, dict):
            return f"a JSON object is wanted; {self.remedy}"
        return self.problem_of(cast("dict[str, Any]", document))

    def problem_of(self, document: dict[str, Any]) -> str | None:  # noqa: ARG002  # for subclasses
        """Judge the object itself; subclasses know what it is about."""
        return None
