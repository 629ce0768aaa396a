"""A table structure engine for docling's PDF pipeline that needs no model.

docling's own engines come from a model hub. This one reads the words and strokes that the PDF
itself contains, so it needs a text layer; a scanned table keeps its text without cells.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from docling.datamodel.accelerator_options import AcceleratorOptions
from docling.datamodel.base_models import Cluster, Page, Table, TableStructurePrediction
from docling.datamodel.document import ConversionResult
from docling.datamodel.pipeline_options import BaseTableStructureOptions
from docling.models.base_table_model import BaseTableStructureModel
from docling_core.types.doc.base import BoundingBox
from docling_core.types.doc.items.table.table_data import TableCell
from docling_core.types.doc.labels import DocItemLabel

from runtime.libraries.docling.page_content import rules_of, words_of
from runtime.libraries.docling.table_geometry import Box, Word
from runtime.libraries.docling.table_grid import Cell, Grid, recover_grid

# The layout engine's boxes cut into the outermost words and rules now and then.
REGION_MARGIN_POINTS = 3.0


class GeometricTableOptions(BaseTableStructureOptions):
    """Selects `GeometricTableModel`; it has nothing to tune."""

    kind: ClassVar[str] = "geometric_table"


class GeometricTableModel(BaseTableStructureModel):
    """Recovers the rows and columns of the regions that the layout engine called tables."""

    def __init__(
        self,
        enabled: bool,  # noqa: FBT001 - docling's factory passes these to every engine
        artifacts_path: Path | None,  # noqa: ARG002
        options: GeometricTableOptions,
        accelerator_options: AcceleratorOptions,  # noqa: ARG002
        enable_remote_services: bool = False,  # noqa: ARG002, FBT001, FBT002
    ) -> None:
        self.enabled = enabled
        self.options = options

    @classmethod
    def get_options_type(cls) -> type[GeometricTableOptions]:
        """Return the options that select this engine."""
        return GeometricTableOptions

    def predict_tables(
        self,
        conv_res: ConversionResult,  # noqa: ARG002 - part of docling's interface
        pages: Sequence[Page],
    ) -> Sequence[TableStructurePrediction]:
        """Return the structure of every table of each page."""
        return [TableStructurePrediction(table_map=_tables(page)) for page in pages]


def _tables(page: Page) -> dict[int, Table]:
    layout = page.predictions.layout
    regions = [
        cluster
        for cluster in (layout.clusters if layout else ())
        if cluster.label in (DocItemLabel.TABLE, DocItemLabel.DOCUMENT_INDEX)
    ]
    if not regions:
        return {}
    words, rules = words_of(page), rules_of(page)
    return {region.id: _table(page, region, words, rules) for region in regions}


def _table(page: Page, region: Cluster, words: Sequence[Word], rules: Sequence[Box]) -> Table:
    inside = [word for word in words if _centre_in(word.box, region.bbox)]
    grid = recover_grid(inside, [rule for rule in rules if _centre_in(rule, region.bbox)])
    return Table(
        id=region.id,
        label=region.label,
        page_no=page.page_no,
        cluster=region,
        otsl_seq=[],
        num_rows=grid.rows,
        num_cols=grid.columns,
        table_cells=[_cell(grid, cell) for cell in grid.cells],
    )


def _cell(grid: Grid, cell: Cell) -> TableCell:
    return TableCell(
        text=cell.text,
        bbox=BoundingBox(l=cell.box.left, t=cell.box.top, r=cell.box.right, b=cell.box.bottom),
        start_row_offset_idx=cell.row,
        end_row_offset_idx=cell.row + 1,
        start_col_offset_idx=cell.column,
        end_col_offset_idx=cell.column + cell.column_span,
        col_span=cell.column_span,
        column_header=cell.row < grid.header_rows,
    )


def _centre_in(box: Box, region: BoundingBox) -> bool:
    across = (box.left + box.right) / 2
    return (
        region.l - REGION_MARGIN_POINTS <= across <= region.r + REGION_MARGIN_POINTS
        and region.t - REGION_MARGIN_POINTS <= box.middle <= region.b + REGION_MARGIN_POINTS
    )
