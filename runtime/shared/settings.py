"""A function's settings, read once from its environment."""

import os
from typing import Self

from pydantic import ConfigDict

from runtime.shared.shape import Shape


class Settings(Shape):
    """Base of each function's settings: field `table_name` reads the variable `TABLE_NAME`.

    The fields of a subclass are exactly the variables its component sets; a sweep holds that.
    """

    model_config = ConfigDict(alias_generator=str.upper, frozen=True, extra="ignore")

    @classmethod
    def read(cls) -> Self:
        """Read and validate the environment; a missing variable fails the cold start by name."""
        return cls.model_validate(dict(os.environ))
