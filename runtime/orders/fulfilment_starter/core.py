"""A paid order begins its workflow, once: the execution has the order's name."""

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import ClientError

from runtime.orders.shared.events import PaymentCaptured
from runtime.shared.aws_errors import calling, error_code

if TYPE_CHECKING:
    from types_boto3_stepfunctions import SFNClient


class Workflow(Protocol):
    """The state machine."""

    def start(self, name: str, content: dict[str, str | int]) -> None:
        """Start an execution with this name, unless there is or was one."""
        ...


class StartStep:
    """The step, as `runtime.shared.worker` runs it."""

    def __init__(self, workflow: Workflow) -> None:
        self._workflow = workflow

    def run(self, event: PaymentCaptured, trace_id: str) -> None:
        """Start the fulfilment; its input has ids and the amount, no personal data."""
        del trace_id
        self._workflow.start(
            execution_name(event),
            {
                "tenant": event.tenant,
                "order_id": event.order_id,
                "correlation_id": event.correlation_id,
                "amount_cents": event.amount_cents,
            },
        )

    def expect_end(self, event: PaymentCaptured, until: dt.datetime) -> None:
        """Note nothing: the order stays `paid` until it is replayed."""

    def fail(self, event: PaymentCaptured, reason: str) -> None:
        """Note nothing: the order stays `paid` until it is replayed."""


def execution_name(event: PaymentCaptured) -> str:
    """Return the name of an order's execution: its id and a hash of its tenant.

    AWS takes 80 letters; a tenant's name may have 63 and an id has 36.
    """
    return f"{event.order_id}-{hashlib.sha256(event.tenant.encode()).hexdigest()[:16]}"


class StateMachine:
    """Implements `Workflow`."""

    def __init__(self, states: "SFNClient", arn: str) -> None:
        self._states, self._arn = states, arn

    def start(self, name: str, content: dict[str, str | int]) -> None:
        """Start an execution; one of the same name within 90 days is the same order's.

        https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
        """
        try:
            with calling("states"):
                self._states.start_execution(
                    stateMachineArn=self._arn, name=name, input=json.dumps(content)
                )
        except ClientError as error:
            if error_code(error) != "ExecutionAlreadyExists":
                raise
