"""For each type that can be changed: inputs before and after, and how AWS shows the change."""

from tests.local.changed_resources import events, functions, identities, messaging, stores
from tests.local.changed_resources.case import Case

CASES: dict[str, list[Case]] = {
    **messaging.CASES,
    **identities.CASES,
    **functions.CASES,
    **events.CASES,
    **stores.CASES,
}
