"""docs/events.md: the events of Orders, from the models that producers and consumers share.

Write it anew with `python -m tests.runtime.orders.event_page`.
"""

from pathlib import Path
from typing import get_args

from runtime.orders.shared.events import SOURCE, AnyEvent, OrderEvent

PAGE = Path(__file__).parents[3] / "docs" / "events.md"
_HEAD = f"""# Events of Orders

On the bus of Orders with source `{SOURCE}`, archived for 30 days, and on its topic, whose
subscribers filter by the attributes `detail_type`, `tenant`, `schema_version` and
`correlation_id`. An event may arrive twice or late; it is known by its `event_id`. No event has
personal data.

This page is written from `runtime/orders/shared/events.py`.
"""


def page() -> str:
    """Return the content of the page."""
    union, *_ = get_args(AnyEvent)
    return "\n".join([_HEAD, *(_section(event) for event in get_args(union))])


def _section(event: type[OrderEvent]) -> str:
    schema = event.model_json_schema()
    rows = [
        f"| `{name}` | {_type(described)} | {described.get('description', '')} |"
        for name, described in schema["properties"].items()
    ]
    title = f"## {event.detail_type}\n\n{schema['description']}\n"
    return "\n".join([title, "| field | type | |", "|---|---|---|", *rows, ""])


def _type(described: dict[str, str]) -> str:
    return f'"{described["const"]}"' if "const" in described else described["type"]


if __name__ == "__main__":
    PAGE.write_text(page())
