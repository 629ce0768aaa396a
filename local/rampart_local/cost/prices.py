"""The price table of one region."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("prices.json")


class PriceError(LookupError):
    """The table has no prices for a region."""


@dataclass(frozen=True)
class Prices:
    """What AWS takes in one region, in USD."""

    region: str
    as_of: str
    source: str
    hours: float
    """Of a month."""
    by_name: dict[str, float]

    def __getitem__(self, name: str) -> float:
        """Return a price by its name, whose last words are its unit."""
        return self.by_name[name]

    def monthly(self, name: str, count: float = 1) -> float:
        """Return what `count` of something paid by the hour cost in a month."""
        return self[name] * self.hours * count


@cache
def _table() -> dict[str, Any]:
    return json.loads(FILE.read_text())


def prices_of(region: str) -> Prices:
    """Return the prices of a region.

    Raises:
        PriceError: it is not in the table; the message says which are.
    """
    table = _table()
    if region not in table["regions"]:
        known = ", ".join(sorted(table["regions"]))
        raise PriceError(f"no prices of region {region} are known, only of {known}.")
    return Prices(
        region,
        table["as_of"],
        table["source"],
        float(table["hours_a_month"]),
        {**table["everywhere"], **table["regions"][region]},
    )
