"""`python -m pulumi_rampart.package`: the schema that other languages' SDKs are made from."""

import json
import sys

from pulumi_rampart.package.provider import RampartProvider


def main() -> None:
    """Write the schema to standard output."""
    schema = json.loads(RampartProvider().schema or "{}")
    sys.stdout.write(json.dumps(schema, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
