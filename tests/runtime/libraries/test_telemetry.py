"""What a function works with stays in the function: no library reports its use to its maker."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "module", ["runtime.libraries.ocr.engine", "runtime.libraries.docling.layout_engine"]
)
def test_onnx_runtime_keeps_no_device_id_and_no_events(module: str, tmp_path: Path) -> None:
    # when
    subprocess.run(
        [sys.executable, "-c", f"import {module}, onnxruntime"],
        cwd=ROOT,
        env={"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)},
        check=True,
    )

    # then
    assert [file for file in tmp_path.rglob("*") if "onnx" in str(file)] == []
