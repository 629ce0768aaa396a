"""The pack as Pulumi's engine runs it: a process, and requests as the engine sends them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import struct_pb2
from pulumi.runtime.proto import analyzer_pb2 as wire
from pulumi.runtime.proto import analyzer_pb2_grpc

from rampart_policies.version import __version__
from tests.policies.fixture import Recorded

PACK = Path(__file__).parents[2] / "policies"
# The engine's own limit for messages: sdk/go/common/util/rpcutil, 400 MB.
_LARGE = [("grpc.max_send_message_length", 400 * 1024 * 1024)]


@contextmanager
def analyzer(folder: Path, snapshot: str = "") -> Iterator[Any]:
    """Start the pack and yield a stub of its service.

    Args:
        folder: an empty folder, from which neither this repository nor a package called
            `policies` can be imported, as where Pulumi unpacks a pack.
        snapshot: content of a snapshot.json that a team put into its copy of the pack.
    """
    pack = folder / f"rampart-v{__version__}"
    if snapshot:
        shutil.copytree(PACK, pack, ignore=shutil.ignore_patterns("__pycache__", "venv", ".venv"))
        (pack / "rampart_policies" / "snapshot.json").write_text(snapshot)
    else:
        pack.symlink_to(PACK)
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(pack)],
        cwd=folder,
        # The copy comes before the package that is installed for these tests.
        env=os.environ | {"PYTHONPATH": str(pack)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        with grpc.insecure_channel(f"127.0.0.1:{port}", options=_LARGE) as channel:
            yield analyzer_pb2_grpc.AnalyzerStub(channel)
    finally:
        process.terminate()
        process.wait()


def properties(content: dict[str, Any]) -> struct_pb2.Struct:
    """Write properties as the engine does: every number is a float."""
    struct = struct_pb2.Struct()
    struct.update(content)
    return struct


def before_creation(one: Recorded) -> wire.AnalyzeRequest:
    """Ask about a resource by its inputs."""
    return wire.AnalyzeRequest(
        type=one["type"], properties=properties(one["inputs"]), urn=one["urn"], name=one["name"]
    )


def of_stack(resources: Iterable[Recorded]) -> wire.AnalyzeStackRequest:
    """Ask about a stack whose resources exist."""
    return wire.AnalyzeStackRequest(resources=[_existing(one) for one in resources])


def _existing(one: Recorded) -> wire.AnalyzerResource:
    return wire.AnalyzerResource(
        type=one["type"],
        name=one["name"],
        urn=one["urn"],
        properties=properties({**one["outputs"], **one["inputs"], "id": one["id"]}),
        options=wire.AnalyzerResourceOptions(),
        propertyDependencies={
            key: wire.AnalyzerPropertyDependencies(urns=urns)
            for key, urns in one["property_dependencies"].items()
        },
    )
