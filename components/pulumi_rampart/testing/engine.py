"""The engine's small service beside the resource monitor: messages and the root resource."""

import threading

from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2

from pulumi_rampart.testing.graph import LogLine


class Engine:
    """Collects what a program says; `protocol.ENGINE` says which method answers which call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._root = ""
        self.lines: list[LogLine] = []

    def log(self, request: engine_pb2.LogRequest) -> empty_pb2.Empty:
        """Keep a message; the SDK's own debugging is of no use to anybody here."""
        if request.severity != engine_pb2.DEBUG and not request.ephemeral:
            severity = engine_pb2.LogSeverity.Name(request.severity).lower()
            self.say(severity, request.message, request.urn)
        return empty_pb2.Empty()

    def say(self, severity: str, message: str, urn: str = "") -> None:
        """Keep a message of the recorder's own."""
        with self._lock:
            self.lines.append(LogLine(severity=severity, message=message, urn=urn))

    def root(
        self, _request: engine_pb2.GetRootResourceRequest
    ) -> engine_pb2.GetRootResourceResponse:
        """Return the stack's URN, once an SDK has said it."""
        return engine_pb2.GetRootResourceResponse(urn=self._root)

    def set_root(
        self, request: engine_pb2.SetRootResourceRequest
    ) -> engine_pb2.SetRootResourceResponse:
        """Keep the stack's URN."""
        self._root = request.urn
        return engine_pb2.SetRootResourceResponse()

    def require_version(
        self, _request: engine_pb2.RequirePulumiVersionRequest
    ) -> engine_pb2.RequirePulumiVersionResponse:
        """Accept any demand on the CLI's version: there is no CLI here."""
        return engine_pb2.RequirePulumiVersionResponse()
