"""A bus for the events of one system, whose events can be replayed.

Creates, in order:
    <name>          aws.cloudwatch.EventBus         encrypted with the customer key
    <name>-policy   aws.cloudwatch.EventBusPolicy   this account only
    <name>-archive  aws.cloudwatch.EventArchive     what was published, to be replayed
"""

from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch

from pulumi_rampart.arguments import Between, Length, Matching, checked
from pulumi_rampart.boundary.args import Boundary, boundary_of, prefixed
from pulumi_rampart.component import Component
from pulumi_rampart.documents import own_account_only, policy
from pulumi_rampart.permission import Permission, permission

ARCHIVE_DAYS = 30
# https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html
MAX_ARCHIVE_DAYS = 3650
# https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
SOURCE = Matching(
    r"(?!aws\.).{1,256}", "only AWS services publish as `aws.`; name the program: shop.orders."
)


class EventBusArgs(TypedDict):
    """What a system decides about its bus."""

    boundary: Input[Boundary]
    """Key and account."""
    sources: Annotated[list[Annotated[str, SOURCE]], Length(1, 100, "name who publishes.")]
    """Who publishes, as events say in `source`; roles may publish as nobody else."""
    archive_days: NotRequired[
        Annotated[
            int, Between(1, MAX_ARCHIVE_DAYS, "events that are worth more belong in a store.")
        ]
    ]
    """How long events can be replayed, 1 to 3650 days. Default 30."""


class EventBus(Component):
    """An encrypted bus whose events are archived.

    Example:
        bus = EventBus("shop", {"boundary": boundary.args, "sources": ["shop.orders"]})
    """

    NAMES = (
        ("{prefix}-{name}", cloudwatch.EventBus),
        ("{prefix}-{name}", cloudwatch.EventArchive),
    )

    bus: Output[str]
    """The name, what publishers and rules use."""
    arn: Output[str]
    """The bus's ARN."""

    def __init__(
        self, name: str, args: EventBusArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, EventBusArgs)
        self._boundary = boundary_of(self._args["boundary"])
        super().__init__(name, opts, boundary=self._boundary)

        self.event_bus = self._bus()
        self.policy = self._policy()
        self.archive = self._archive()

        self.bus, self.arn = self.event_bus.name, self.event_bus.arn
        self.register_outputs()

    def _bus(self) -> cloudwatch.EventBus:
        return self.child(
            cloudwatch.EventBus,
            "",
            name=prefixed(self._boundary, self._name),
            kms_key_identifier=self._boundary["key_arn"],
        )

    def _policy(self) -> cloudwatch.EventBusPolicy:
        account_id = self._boundary["account_id"]
        return self.child(
            cloudwatch.EventBusPolicy,
            "policy",
            event_bus_name=self.event_bus.name,
            policy=policy(own_account_only("events:PutEvents", self.event_bus.arn, account_id)),
        )

    def _archive(self) -> cloudwatch.EventArchive:
        return self.child(
            cloudwatch.EventArchive,
            "archive",
            name=prefixed(self._boundary, self._name),
            event_source_arn=self.event_bus.arn,
            retention_days=self._args.get("archive_days", ARCHIVE_DAYS),
            kms_key_identifier=self._boundary["key_arn"],
        )

    def publish(self, detail_type: str, *more: str) -> Permission:
        """Allow putting events of this bus's sources, and of these `detail-type`s only."""
        return permission(
            self._name,
            self._boundary,
            {
                "actions": ["events:PutEvents"],
                "resources": [self.arn],
                # AWS always sends the key with PutEvents; embedded clouds may not know it.
                "conditions": {
                    "StringEqualsIfExists": {
                        "events:source": list(self._args["sources"]),
                        "events:detail-type": [detail_type, *more],
                    }
                },
            },
        )
