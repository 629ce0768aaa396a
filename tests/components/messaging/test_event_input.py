"""What the queue of a route gets in place of the event."""

from typing import Any, cast

import pytest

from pulumi_rampart.messaging.event_route import EventRoute, EventRouteArgs
from tests.components.inside import BOUNDARY, recorded, refusal


def paid(**more: object) -> EventRoute:
    args = {
        "boundary": BOUNDARY,
        "bus": "shop",
        "pattern": '{"source": ["shop.orders"]}',
        "consumer_timeout_seconds": 30,
        **more,
    }
    return EventRoute("paid", cast("EventRouteArgs", args))


def target(**more: object) -> dict[str, Any]:
    graph = recorded(lambda: paid(**more))
    return graph.one("aws:cloudwatch/eventTarget:EventTarget", "paid-target").inputs


def test_the_queue_gets_the_event_unless_a_template_says_what_is_made_of_it() -> None:
    # given
    paths = {"order": "$.detail.order_id", "first": "$.detail.items[0].sku"}
    template = '{"order": <order>, "sku": <first>, "at": <aws.events.event.ingestion-time>}'

    # then
    assert "inputTransformer" not in target()
    assert target(input_paths=paths, input_template=template)["inputTransformer"] == {
        "inputPaths": paths,
        "inputTemplate": template,
    }


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (
            {"input_paths": {"order": "$.detail"}},
            (".input_paths: no <order> is in `input_template`; name it there, or leave it out."),
        ),
        (
            {"input_template": "<order>"},
            (
                ".input_template: <order> is not among `input_paths`; say which part of the "
                "event it is."
            ),
        ),
        (
            {"input_paths": {"order": "detail"}, "input_template": "<order>"},
            ".input_paths.order='detail': must match",
        ),
        (
            {"input_paths": {"AWSorder": "$.detail"}, "input_template": "<AWSorder>"},
            ".input_paths.AWSorder='AWSorder': must match",
        ),
        (
            {
                "input_paths": {f"p{n}": "$.a" for n in range(101)},
                "input_template": "".join(f"<p{n}>" for n in range(101)),
            },
            ".input_paths: 101 are too many; EventBridge allows 100.",
        ),
        ({"input_template": ""}, ".input_template='': 1 to 8192 characters are allowed, not 0;"),
    ],
)
def test_what_eventbridge_refuses_is_refused(wrong: dict[str, object], why: str) -> None:
    assert refusal(lambda: paid(**wrong)).startswith(f"paid{why}")
