"""The components as a Pulumi package, for programs in TypeScript, Go, C#, Java and YAML.

`pulumi package add PATH/components` generates the SDK; this file answers the engine.
"""

from pulumi.provider.experimental import component_provider_host

from pulumi_rampart.package import COMPONENTS, PACKAGE
from pulumi_rampart.version import __version__

if __name__ == "__main__":
    component_provider_host(components=list(COMPONENTS), name=PACKAGE, version=__version__)
