"""The text recognizer: PP-OCRv6 (small) on ONNX Runtime, with the models its wheel carries."""

from dataclasses import dataclass
from typing import Any, Protocol, cast

import numpy as np
from PIL import Image
from rapidocr import RapidOCR

MODEL = "PP-OCRv6-small"
# Recognition gets no better beyond this and memory grows with the square; pixels.
LONGEST_SIDE = 2000
LEAST_CONFIDENCE = 0.6
# The function's 2,048 MiB come with 1.2 cores: a second thread would double the CPU time by waiting
# and be no faster. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
THREADS = 1


@dataclass(frozen=True)
class Line:
    """One line of text as it lies in the image."""

    text: str
    confidence: float
    """0 to 1."""
    box: tuple[int, int, int, int]
    """Left, top, right, bottom in pixels of the image given."""


class Engine(Protocol):
    """Reads images."""

    def read(self, image: Image.Image) -> list[Line]:
        """Return the lines from top to bottom."""
        ...


class RapidEngine:
    """Implements `Engine`; loading takes about half a second, so keep it."""

    def __init__(self) -> None:
        """Load the models from the package; nothing is downloaded."""
        self._ocr = RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.max_side_len": LONGEST_SIDE,
                "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            }
        )

    def read(self, image: Image.Image) -> list[Line]:
        """Return the lines from top to bottom; those too uncertain to be of use are left out."""
        # The package types its answer by what was asked of it; these three are always there.
        found = cast("Any", self._ocr(np.asarray(image)))
        if found.txts is None:
            return []
        lines = zip(found.txts, found.scores, found.boxes, strict=True)
        return [
            Line(str(text), round(float(score), 3), _around(np.asarray(corners)))
            for text, score, corners in lines
            if score >= LEAST_CONFIDENCE and str(text).strip()
        ]


def _around(corners: "np.ndarray[Any, np.dtype[np.float32]]") -> tuple[int, int, int, int]:
    """Return the upright box around four corners."""
    left, top = corners.min(axis=0)
    right, bottom = corners.max(axis=0)
    return int(left), int(top), int(right), int(bottom)
