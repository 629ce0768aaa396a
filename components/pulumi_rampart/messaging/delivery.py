"""Which messages of a topic reach a queue, and in which form."""

import json
from typing import Annotated, Any, NotRequired, TypedDict

from pulumi_rampart.arguments import OneOf, refused
from pulumi_rampart.messaging.event_pattern import EventPattern

# https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
MAX_KEYS = 5
SCOPES = {"attributes": "MessageAttributes", "body": "MessageBody"}
FILTER = EventPattern('write a policy such as {"kind": ["order"]}.', "SNS")


class DeliveryArgs(TypedDict):
    """How messages of a topic reach a queue."""

    filter: NotRequired[Annotated[str, FILTER]]
    """Filter policy as JSON: `{"kind": ["order"]}`, at most five keys; other messages do not reach
    this queue. Default all do."""
    filter_on: NotRequired[Annotated[str, OneOf(tuple(SCOPES), "a message has these two parts.")]]
    """What the filter looks at: attributes or body, a JSON object then. Default attributes."""
    raw: NotRequired[bool]
    """Whether the queue gets the message and its attributes as they were published. False wraps
    them in a JSON document about the delivery. Default true."""


class DeliveryInputs(TypedDict):
    """What of a subscription follows from the choices."""

    filter_policy: str | None
    filter_policy_scope: str | None
    raw_message_delivery: bool


def delivery_inputs(chosen: DeliveryArgs) -> DeliveryInputs:
    """Return the choices as `aws.sns.TopicSubscription` takes them."""
    scope = SCOPES[chosen.get("filter_on", "attributes")]
    return {
        "filter_policy": chosen.get("filter"),
        "filter_policy_scope": scope if "filter" in chosen else None,
        "raw_message_delivery": chosen.get("raw", True),
    }


def check_delivery(name: str, chosen: DeliveryArgs) -> None:
    """Refuse a filter policy that SNS does not take.

    Args:
        name: of the subscription.
        chosen: what was chosen.

    Raises:
        ArgumentError: names the choice and what to do.
    """
    if "filter" not in chosen:
        if "filter_on" in chosen:
            raise refused(name, "filter_on", "there is no `filter`; write one, or leave it out.")
        return
    policy: dict[str, Any] = json.loads(chosen["filter"])
    if _keys(policy) > MAX_KEYS:
        raise refused(
            name,
            "filter",
            f"{_keys(policy)} keys, and SNS allows {MAX_KEYS}; let the consumer look at the rest.",
        )
    nested = [key for key, value in policy.items() if isinstance(value, dict)]
    if nested and chosen.get("filter_on", "attributes") == "attributes":
        raise refused(
            name,
            "filter",
            f"{nested[0]} is an object, and attributes are not nested; set `filter_on` to `body`.",
        )


def _keys(policy: dict[str, Any]) -> int:
    return sum(_keys(value) if isinstance(value, dict) else 1 for value in policy.values())  # pyright: ignore[reportUnknownArgumentType]
