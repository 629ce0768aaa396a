"""Who looks at a picture: one protocol for vision models and for what works without any."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from runtime.gallery.analyzer.answer import Answer
from runtime.gallery.analyzer.facts import Facts
from runtime.gallery.analyzer.picture import Picture


@dataclass(frozen=True)
class Subject:
    """What there is to look at."""

    bucket: str
    key: str
    version_id: str | None
    """Of the object; None in a bucket without versions."""
    filename: str
    picture: Picture
    facts: Facts


@dataclass(frozen=True)
class Looked:
    """A validated answer and where it came from."""

    answer: Answer
    provider: str
    model: str
    details: dict[str, Any] = field(default_factory=dict[str, Any])
    """What else is worth keeping: the prompt's version, tokens used, the provider's request id."""


class Provider(Protocol):
    """Looks at pictures."""

    def look(self, subject: Subject) -> Looked:
        """Return what it shows.

        Raises RejectedError when the provider refuses this image, UnavailableError when it cannot
        be reached or its answer does not have the structure, NotConfiguredError for a wrong key.
        """
        ...
