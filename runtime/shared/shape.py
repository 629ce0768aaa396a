"""What comes from outside: shapes and adapters whose errors never quote the value."""

from pydantic import BaseModel, ConfigDict

QUIET = ConfigDict(hide_input_in_errors=True)
"""For adapters of plain types, `TypeAdapter(list[str], config=QUIET)`."""


class Shape(BaseModel):
    """Base of everything that is validated.

    A validation error ends up in a log sooner or later, and the value may be somebody's document,
    question or signed URL: errors name the field and the rule it breaks.
    """

    model_config = QUIET
