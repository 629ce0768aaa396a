"""The first code of a function's process: sets its import path and its network, then serves.

Started by path in the function's own interpreter, so it uses the standard library only.

    python launcher.py HANDLER IMPORT_PATH [PORT,PORT]

IMPORT_PATH entries are joined by os.pathsep. With ports, nothing but those on loopback can be
reached: the function's subnets have no route to the internet.
"""

import errno
import os
import sys
from importlib import import_module
from typing import Any

_BOOTSTRAP = "/var/runtime/bootstrap.py"
"""What a handler finds in `sys.argv` on AWS."""
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def main() -> None:
    """Hand over to AWS's runtime client, which never returns."""
    handler, import_path, *ports = sys.argv[1:]
    # Lambda's order: /var/task, the layers, /var/runtime, then the standard library.
    sys.path[:] = import_path.split(os.pathsep) + [
        entry
        for entry in sys.path
        if entry != os.path.dirname(__file__)  # noqa: PTH120  # no pathlib yet: cold starts count
    ]
    if ports:
        _close_network({int(port) for port in ports[0].split(",")})
    # Only now on the import path.
    runtime = import_module("awslambdaric.__main__")
    sys.argv[:] = [_BOOTSTRAP]
    runtime.main([_BOOTSTRAP, handler])


def _close_network(open_ports: set[int]) -> None:
    """Refuse every other address; an audit hook sees all of Python's sockets and cannot be undone.

    Libraries that open sockets in C (gRPC) are not seen by it.
    """

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in {"socket.connect", "socket.sendto"}:
            return
        address = arguments[1]
        # A string is a socket in the file system.
        if isinstance(address, str | bytes) or (
            address[0] in _LOOPBACK and address[1] in open_ports
        ):
            return
        raise OSError(
            errno.ENETUNREACH,
            f"no route to {address[0]}:{address[1]}: this function's subnets have no way out",
        )

    sys.addaudithook(refuse)


if __name__ == "__main__":
    main()
