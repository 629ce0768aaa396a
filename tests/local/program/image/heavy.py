"""Uses what only the image has."""

import pydantic


def handle(event, _context):
    return {"pydantic": pydantic.VERSION, "event": event}
