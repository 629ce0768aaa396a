"""The components' provider, which Pulumi's engine starts (`pulumi package add THIS_FOLDER`)."""

import sys

from pulumi.provider import main

from pulumi_rampart.package.provider import RampartProvider

if __name__ == "__main__":
    main(RampartProvider(), sys.argv[1:])
