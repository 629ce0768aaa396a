"""What can stand under one condition key in somebody's requests."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from rampart_policies.iam.conditions import Test
from rampart_policies.iam.known import Shape, known_texts
from rampart_policies.iam.wildcards import ANY_TEXT, Texts


class Presence(Enum):
    """Whether a key is in the requests."""

    ALWAYS = "always"
    MAYBE = "maybe"
    NEVER = "never"


@dataclass(frozen=True)
class Domain:
    """What stands under one key in the requests of one kind of requester."""

    presence: Presence
    shape: Shape | None = None
    """How values look that are theirs alone, so none that the policy names; None for any."""
    only: tuple[str, ...] = ()
    """The only values, where they are few."""
    sure: bool = True
    """False where it is not known which values there are."""

    def texts(self, tests: Iterable[Test]) -> Texts:
        """Return the texts a requester can have here, given what the policy tests."""
        return known_texts(self.shape, tests) if self.shape else ANY_TEXT


FREE = Domain(Presence.MAYBE)
ABSENT = Domain(Presence.NEVER)
UNKNOWN = Domain(Presence.MAYBE, sure=False)


def own(shape: Shape, presence: Presence = Presence.MAYBE) -> Domain:
    """Describe values that belong to the requester."""
    return Domain(presence, shape)


def fixed(*values: str, presence: Presence = Presence.ALWAYS) -> Domain:
    """Describe a key whose values are these only."""
    return Domain(presence, only=values)
