"""The components as a Pulumi package, for programs in TypeScript, Go, C#, Java and YAML.

`pulumi package add PATH/components` generates the SDK; this file answers the engine.
"""

import sys
from pathlib import Path

from pulumi.provider.experimental import component_provider_host

# The engine runs this folder as a program; the components import each other from its parent.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from components.package import COMPONENTS, PACKAGE

if __name__ == "__main__":
    component_provider_host(components=list(COMPONENTS), name=PACKAGE)
