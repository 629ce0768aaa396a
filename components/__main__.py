"""The components as a Pulumi package, for programs in TypeScript, Go, C#, Java and YAML.

`pulumi package add PATH/components` generates the SDK; this file answers the engine.
"""

import sys
from pathlib import Path

# The engine runs this folder as a program, so Python would look here first, and our queue.py would
# stand in for the standard library's. The components import each other from the folder above.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from pulumi.provider.experimental import component_provider_host  # noqa: E402  # sees that path

from components.package import COMPONENTS, PACKAGE  # noqa: E402  # sees that path

if __name__ == "__main__":
    component_provider_host(components=list(COMPONENTS), name=PACKAGE)
