"""The protocol for programs and providers in processes of their own: gRPC on this machine."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any, NoReturn

import grpc
from google.protobuf import message
from pulumi.runtime.proto import engine_pb2, resource_pb2

from pulumi_rampart.testing.callbacks import MESSAGE_BYTES
from pulumi_rampart.testing.engine import Engine
from pulumi_rampart.testing.monitor import Monitor
from pulumi_rampart.testing.protocol import ENGINE, MONITOR, Methods

# Whoever asks for a remote component waits in a thread of its own until that component's children
# are registered, in further threads. They are made when they are needed.
_MOST_THREADS = 1_000


class Server:
    """Serves a monitor and an engine on a free port of the loopback address.

    The first exception of one of their methods is kept in `failure`: gRPC carries its text only.
    """

    def __init__(self, monitor: Monitor, engine: Engine) -> None:
        self.failure: BaseException | None = None
        self._lock = threading.Lock()
        self._server = grpc.server(
            ThreadPoolExecutor(_MOST_THREADS, thread_name_prefix="recorder"),
            options=[("grpc.max_receive_message_length", MESSAGE_BYTES)],
        )
        self._server.add_generic_rpc_handlers(
            (
                self._handlers(resource_pb2, "ResourceMonitor", monitor, MONITOR),
                self._handlers(engine_pb2, "Engine", engine, ENGINE),
            )
        )
        self.address = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()

    def stop(self) -> None:
        """Stop serving; calls that still wait are broken off."""
        self._server.stop(grace=None).wait()

    def _handlers(
        self, module: ModuleType, name: str, service: Monitor | Engine, methods: Methods
    ) -> grpc.GenericRpcHandler:
        described = module.DESCRIPTOR.services_by_name[name].methods_by_name
        return grpc.method_handlers_generic_handler(
            f"pulumirpc.{name}",
            {
                each: grpc.unary_unary_rpc_method_handler(
                    self._answering(method, service),
                    request_deserializer=described[each].input_type._concrete_class.FromString,  # noqa: SLF001  # protobuf's way to a message's class
                    response_serializer=_serialized,
                )
                for each, method in methods.items()
            },
        )

    def _answering(
        self, method: Callable[[Any, Any], message.Message], service: Monitor | Engine
    ) -> Callable[[Any, grpc.ServicerContext], message.Message]:
        def answer(request: Any, context: grpc.ServicerContext) -> message.Message:  # noqa: ANN401  # any message
            try:
                return method(service, request)
            except Exception as error:  # noqa: BLE001  # whatever it is goes to the program
                self._fail(error, context)

        return answer

    def _fail(self, error: Exception, context: grpc.ServicerContext) -> NoReturn:
        with self._lock:
            self.failure = self.failure or error
        context.abort(grpc.StatusCode.UNKNOWN, str(error) or type(error).__name__)
        raise AssertionError("abort raises")


def _serialized(answer: message.Message) -> bytes:
    return answer.SerializeToString()
