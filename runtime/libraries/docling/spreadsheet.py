"""How far the cells of a worksheet reach, read from its XML (ECMA-376, part 1, 18.3.1)."""

import re
from dataclasses import dataclass

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass
class Sheet:
    """One worksheet, as its elements are told in order."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0
    """Of all that was seen, counted from 1; 0 before the first cell."""
    _row: int = 0
    _column: int = 0

    def seen(self, element: str, attributes: dict[str, str]) -> int:
        """Take one element into account and return how many cells it is."""
        if element == "row":
            number = attributes.get("r", "")
            self._row = int(number) if re.fullmatch(r"\d{1,7}", number) else self._row + 1
            self._column = 0
        elif element == "c":
            self._cell(attributes.get("r"))
            return 1
        elif element == "mergeCell":
            # Readers make a cell for each that is merged.
            for corner in attributes.get("ref", "").split(":"):
                self._reach(*_place(corner))
        return 0

    @property
    def columns(self) -> int:
        """Columns between the outermost cells."""
        return self.right - self.left + 1 if self.right else 0

    @property
    def spanned(self) -> int:
        """Cells between the corners, empty ones too."""
        return self.columns * (self.bottom - self.top + 1)

    def _cell(self, reference: str | None) -> None:
        """Take a cell; one without a reference stands right of the one before it."""
        if reference:
            self._column, self._row = _place(reference)
        else:
            self._column += 1
        self._reach(self._column, self._row)

    def _reach(self, column: int, row: int) -> None:
        first = not self.right
        self.left = column if first else min(self.left, column)
        self.top = row if first else min(self.top, row)
        self.right, self.bottom = max(self.right, column), max(self.bottom, row)


def _place(reference: str) -> tuple[int, int]:
    """Return column and row of `XFD1048576`, from 1; the first cell for what is no reference."""
    found = _REFERENCE.fullmatch(reference.replace("$", ""))
    if not found:
        return 1, 1
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(found[2])
