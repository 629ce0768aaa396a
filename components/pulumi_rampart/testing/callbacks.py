"""Calls back into the program: transforms and hooks run where the program runs."""

# The SDK's stubs import each other by names that do not exist (`pulumi.callback_pb2`).
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import threading

import grpc
from google.protobuf import message
from pulumi.runtime.proto import callback_pb2, callback_pb2_grpc

# The SDK's own limit for its servers, in bytes; archives and policies can be long.
MESSAGE_BYTES = 400 << 20
CHANNEL = (("grpc.max_receive_message_length", MESSAGE_BYTES),)


class CallbackError(Exception):
    """A function of the program that Pulumi calls back raised."""


class Callbacks:
    """Connections to the programs, opened when they are needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._channels: dict[str, grpc.Channel] = {}

    def call(self, callback: callback_pb2.Callback, asked: message.Message, what: str) -> bytes:
        """Run a function of the program and return its serialized answer.

        Raises:
            CallbackError: it raised; `what` and the function's own traceback say which and why.
        """
        with self._lock:
            if callback.target not in self._channels:
                self._channels[callback.target] = grpc.insecure_channel(
                    callback.target, options=CHANNEL
                )
            channel = self._channels[callback.target]
        request = callback_pb2.CallbackInvokeRequest(
            token=callback.token, request=asked.SerializeToString()
        )
        try:
            return callback_pb2_grpc.CallbacksStub(channel).Invoke(request).response
        except grpc.RpcError as error:
            raise CallbackError(f"{what} failed: {error.details()}") from error

    def close(self) -> None:
        """Close the connections; a further call opens a new one."""
        with self._lock:
            for channel in self._channels.values():
                channel.close()
            self._channels.clear()
