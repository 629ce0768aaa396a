"""The first code of a function's process: sets its import path, files and network, then serves.

Started by path in the function's own interpreter, so it uses the standard library only.

    python launcher.py HANDLER IMPORT_PATH [PORT,PORT]

IMPORT_PATH entries are joined by os.pathsep. With ports, nothing but those on loopback can be
reached: the function's subnets have no route to the internet.
"""

import ctypes
import errno
import os
import sys
from importlib import import_module
from typing import Any

_BOOTSTRAP = "/var/runtime/bootstrap.py"
"""What a handler finds in `sys.argv` on AWS."""
# Of unshare(2) and mount(2).
_NEW_MOUNTS, _NEW_USER = 0x00020000, 0x10000000
_READ_ONLY, _NO_SUID, _NO_DEVICES, _NO_EXECUTION, _REMOUNT, _BIND = 1, 2, 4, 8, 32, 4096
_RECURSIVE, _PRIVATE = 0x4000, 0x4000 | 0x40000
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
    _close_files(
        os.environ["LAMBDA_TASK_ROOT"], os.environ["TMPDIR"], import_path.split(os.pathsep)
    )
    if ports:
        _close_network({int(port) for port in ports[0].split(",")})
    # Only now on the import path.
    runtime = import_module("awslambdaric.__main__")
    sys.argv[:] = [_BOOTSTRAP]
    runtime.main([_BOOTSTRAP, handler])


def _close_files(task: str, private: str, import_path: list[str]) -> None:
    """Make the task root read-only and /tmp the environment's own, where the kernel lets us.

    It takes a mount namespace, which root may have, and others where user namespaces are allowed;
    elsewhere the files stay as they are.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_MOUNTS) != 0:
        if libc.unshare(_NEW_MOUNTS | _NEW_USER) != 0:
            return
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{user} {user} 1"),
            ("gid_map", f"{group} {group} 1"),
        ):
            with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123  # no pathlib yet
                file.write(text)

    def mount(source: str, target: str, flags: int) -> bool:
        return libc.mount(source.encode(), target.encode(), None, flags, None) == 0

    mount("none", "/", _PRIVATE)
    # What the process needs may itself lie in /tmp, which is about to be covered.
    needed = [each for each in _needed(task, import_path) if each.startswith("/tmp/")]  # noqa: S108  # as above
    held = [(each, os.open(each, os.O_PATH)) for each in needed]
    if not mount(private, "/tmp", _BIND):  # noqa: S108  # what functions call it
        return
    for path, descriptor in held:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103  # no pathlib yet
        mount(f"/proc/self/fd/{descriptor}", path, _BIND | _RECURSIVE)
        os.close(descriptor)
    if mount(task, task, _BIND):
        # A namespace of a user may not drop what the file system was mounted with.
        kept = os.statvfs(task).f_flag & (_NO_SUID | _NO_DEVICES | _NO_EXECUTION)
        mount("none", task, _REMOUNT | _BIND | _READ_ONLY | kept)
    os.chdir(task)
    os.environ.pop("TMPDIR")
    os.environ["HOME"] = "/tmp"  # noqa: S108  # as above


def _needed(task: str, import_path: list[str]) -> set[str]:
    """Return the folders that code is read from; the runtime's packages are links to others."""
    found = {task, sys.prefix, sys.base_prefix, *filter(os.path.isdir, import_path)}
    for folder in list(found - {sys.prefix, sys.base_prefix, task}):
        links = [entry.path for entry in os.scandir(folder) if entry.is_symlink()]
        found |= {os.path.dirname(os.path.realpath(link)) for link in links}  # noqa: PTH120  # as above
    return found


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
