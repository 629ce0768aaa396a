"""Images become the text that can be read in them."""

import os

# ONNX Runtime reports its use to Microsoft unless this is set before its import.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
