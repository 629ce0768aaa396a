"""Two doors to the same rules.

`python -m policies ...` is the offline command. Pulumi runs the folder by its path instead
(`pulumi preview --policy-pack policies`), which starts the CrossGuard server.
"""

import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def load_package() -> None:
    """Make `policies` importable wherever the pack was unpacked and whatever its folder is called.

    Run by path, Python knows this folder's files but no package around them.
    """
    sys.path[:] = [entry for entry in sys.path if Path(entry).resolve() != HERE]
    spec = importlib.util.spec_from_file_location("policies", HERE / "__init__.py")
    if spec is None or spec.loader is None:
        raise ImportError(f"no package in {HERE}")
    spec.submodule_search_locations = [str(HERE)]
    package = importlib.util.module_from_spec(spec)
    sys.modules["policies"] = package
    spec.loader.exec_module(package)


if __name__ == "__main__":
    if __package__:
        from policies.command import main

        sys.exit(main())

    load_package()
    from policies.crossguard import serve

    serve()
