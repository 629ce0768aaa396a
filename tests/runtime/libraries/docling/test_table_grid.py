"""The geometry of tables, on words placed by hand. Units are points; words are 10 high."""

from collections.abc import Iterable

from runtime.libraries.docling.table_geometry import Box, Word
from runtime.libraries.docling.table_grid import Grid, recover_grid


def word(text: str, left: float, top: float) -> Word:
    return Word(text, Box(left, top, left + 5 * len(text), top + 10))


def words(line: str, left: float, top: float) -> list[Word]:
    """Words with a usual blank between them."""
    placed: list[Word] = []
    for text in line.split():
        placed.append(word(text, left, top))
        left += 5 * len(text) + 3
    return placed


def page(rows: Iterable[tuple[float, dict[float, str]]]) -> list[Word]:
    """Words of rows given as (top, {left: text})."""
    return [
        placed
        for top, row in rows
        for left, text in row.items()
        for placed in words(text, left, top)
    ]


def rows_of(grid: Grid) -> list[list[str]]:
    texts = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        texts[cell.row][cell.column] = cell.text
    return texts


def horizontal(top: float) -> Box:
    return Box(0, top, 300, top)


def vertical(left: float) -> Box:
    return Box(left, 0, left, 100)


def test_columns_are_found_by_the_white_gaps_that_all_full_lines_share() -> None:
    # given
    table = page(
        [
            (0, {0: "Name", 100: "Built in", 200: "State"}),
            (20, {0: "Old mill", 100: "1871", 200: "ruin"}),
            (40, {0: "New mill", 100: "1990", 200: "in use"}),
        ]
    )

    # when
    grid = recover_grid(table, [])

    # then
    assert rows_of(grid) == [
        ["Name", "Built in", "State"],
        ["Old mill", "1871", "ruin"],
        ["New mill", "1990", "in use"],
    ]
    assert grid.header_rows == 1


def test_an_empty_cell_stays_empty() -> None:
    # given
    table = page(
        [
            (0, {0: "Name", 100: "Count", 200: "State"}),
            (20, {0: "mill", 200: "ruin"}),
            (40, {0: "barn", 100: "12"}),
        ]
    )

    # when
    grid = recover_grid(table, [])

    # then
    assert rows_of(grid)[1:] == [["mill", "", "ruin"], ["barn", "12", ""]]


def test_lines_of_one_cell_are_joined_where_rows_are_set_further_apart() -> None:
    # given: lines 2 points apart within a cell, rows 12 apart
    table = page(
        [
            (0, {0: "Part", 100: "Remark"}),
            (22, {0: "pump", 100: "feeds the boiler"}),
            (34, {100: "and the chiller"}),
            (56, {0: "valve of the", 100: "shut in winter"}),
            (68, {0: "drain"}),
        ]
    )

    # when
    grid = recover_grid(table, [])

    # then
    assert rows_of(grid) == [
        ["Part", "Remark"],
        ["pump", "feeds the boiler and the chiller"],
        ["valve of the drain", "shut in winter"],
    ]


def test_rows_set_as_close_as_lines_stay_apart_below_a_header_with_more_space() -> None:
    # given
    table = page(
        [
            (0, {0: "Part", 100: "Count"}),
            (24, {0: "pump", 100: "2"}),
            (36, {0: "valve", 100: "14"}),
            (48, {0: "lamp", 100: "3"}),
        ]
    )

    # when
    grid = recover_grid(table, [])

    # then
    assert rows_of(grid)[1:] == [["pump", "2"], ["valve", "14"], ["lamp", "3"]]


def test_rules_decide_where_the_spacing_says_nothing() -> None:
    # given: every line equally far from the next, in a grid of three rows
    table = page(
        [
            (5, {5: "Part", 105: "Remark"}),
            (25, {5: "pump", 105: "feeds"}),
            (37, {5: "house", 105: "boilers"}),
            (57, {5: "lamp", 105: "lights"}),
        ]
    )
    rules = [horizontal(top) for top in (0, 20, 52, 72)] + [
        vertical(left) for left in (0, 100, 300)
    ]

    # when
    grid = recover_grid(table, rules)

    # then
    assert rows_of(grid) == [
        ["Part", "Remark"],
        ["pump house", "feeds boilers"],
        ["lamp", "lights"],
    ]


def test_a_heading_across_columns_spans_them() -> None:
    # given
    table = page(
        [
            (0, {120: "Sold in the year before"}),
            (20, {0: "Shop", 100: "Spring", 200: "Autumn"}),
            (40, {0: "North", 100: "1,200", 200: "900"}),
            (60, {0: "South", 100: "800", 200: "1,100"}),
        ]
    )

    # when
    grid = recover_grid(table, [])

    # then
    heading = grid.cells[0]
    assert (heading.text, heading.column, heading.column_span) == ("Sold in the year before", 1, 2)
    assert grid.header_rows == 2
    assert rows_of(grid)[2] == ["North", "1,200", "900"]


def test_a_first_row_of_numbers_is_no_header_but_years_may_be() -> None:
    # given
    numbers = page(
        [(0, {0: "a", 100: "1.5"}), (20, {0: "b", 100: "2.5"}), (40, {0: "c", 100: "3"})]
    )
    years = page(
        [(0, {0: "Sum", 100: "2025"}), (20, {0: "b", 100: "2.5"}), (40, {0: "c", 100: "3"})]
    )

    # when
    headers = [recover_grid(table, []).header_rows for table in (numbers, years)]

    # then
    assert headers == [0, 1]


def test_no_words_make_no_rows() -> None:
    assert recover_grid([], [horizontal(0)]) == Grid(rows=0, columns=0, header_rows=0, cells=())
