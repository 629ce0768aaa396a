"""Notes above the header of a table become text, so that the header is the first row.

In spreadsheets people write above their tables, and a reader takes note and table for one.
"""

from docling_core.types.doc.document import DoclingDocument
from docling_core.types.doc.items.table.table import TableItem
from docling_core.types.doc.labels import DocItemLabel

MOST_NOTES = 12
"""Rows above a header."""


def notes_as_text(document: DoclingDocument) -> None:
    """Take the notes out of each table and put them before it."""
    for table in list(document.tables):
        notes = _rows_of_notes(table)
        if notes:
            document.insert_text(table, DocItemLabel.TEXT, _text(table, notes), after=False)
            _drop(table, notes)


def _rows_of_notes(table: TableItem) -> int:
    """Return how many rows stand above the first that names every column."""
    grid = table.data.grid
    for number, row in enumerate(grid[: MOST_NOTES + 1]):
        names = [cell.text.strip() for cell in row]
        if all(names) and len(set(names)) == len(names) and len(grid) > number + 1:
            return number
    return 0


def _text(table: TableItem, rows: int) -> str:
    lines = [
        " ".join(dict.fromkeys(cell.text.strip() for cell in row if cell.text.strip()))
        for row in table.data.grid[:rows]
    ]
    return "\n".join(line for line in lines if line)


def _drop(table: TableItem, rows: int) -> None:
    kept = [cell for cell in table.data.table_cells if cell.start_row_offset_idx >= rows]
    for cell in kept:
        cell.start_row_offset_idx -= rows
        cell.end_row_offset_idx -= rows
    table.data.table_cells = kept
    table.data.num_rows -= rows
