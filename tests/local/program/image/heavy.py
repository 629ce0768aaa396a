"""Uses what only the image has."""

from typing import Any

import pydantic


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    return {"pydantic": pydantic.VERSION, "event": event}
