"""Documents become text and structure: markdown, and chunks with headings, page and keywords."""

import os

# ONNX Runtime reports its use to Microsoft unless this is set before its import.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
