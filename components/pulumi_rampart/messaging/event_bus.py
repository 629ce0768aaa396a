"""A bus for the events of one system, with a memory.

Creates, in order:
    <name>          aws.cloudwatch.EventBus         encrypted with the customer key
    <name>-policy   aws.cloudwatch.EventBusPolicy   this account only
    <name>-archive  aws.cloudwatch.EventArchive     what was published, to be replayed
"""

from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi
from pulumi import Output
from pulumi_aws import cloudwatch

from pulumi_rampart._arguments import require_between
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.boundary.security_boundary import Boundary
from pulumi_rampart.permission import Permission

ARCHIVE_DAYS = 30


class EventBusArgs(TypedDict):
    """What a system decides about its bus."""

    boundary: Boundary
    """The wall: key, account."""
    sources: list[str]
    """Who publishes, as events say in `source`; roles may publish as nobody else."""
    archive_days: NotRequired[int]
    """How long events can be replayed, 1 to 3650. Default 30."""


@dataclass(frozen=True, kw_only=True)
class EventBusTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    bus: Transform[cloudwatch.EventBusArgs] = unchanged
    policy: Transform[cloudwatch.EventBusPolicyArgs] = unchanged
    archive: Transform[cloudwatch.EventArchiveArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class EventBusNodes:
    """The raw resources."""

    bus: cloudwatch.EventBus
    policy: cloudwatch.EventBusPolicy
    archive: cloudwatch.EventArchive


class EventBus(pulumi.ComponentResource):
    """An encrypted bus whose events are archived.

    Example:
        bus = EventBus("shop", {"boundary": boundary.args, "sources": ["shop.orders"]})
    """

    bus: Output[str]
    """The name, what publishers and rules use."""
    arn: Output[str]
    """The bus's ARN."""

    def __init__(
        self,
        name: str,
        args: EventBusArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: EventBusTransforms = EventBusTransforms(),
    ) -> None:
        super().__init__("rampart:index:EventBus", name, None, opts)
        self._archive_days = require_between(
            f"{name}.archive_days",
            args.get("archive_days", ARCHIVE_DAYS),
            1,
            3650,
            "events that are worth more belong into a store.",
        )
        self._name, self._args, self._transforms = name, args, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        bus = self._bus()
        policy = self._policy(bus)
        archive = self._archive(bus)

        self.nodes = EventBusNodes(bus=bus, policy=policy, archive=archive)
        self.bus, self.arn = bus.name, bus.arn
        self.register_outputs({"bus": self.bus, "arn": self.arn})

    def _bus(self) -> cloudwatch.EventBus:
        args = cloudwatch.EventBusArgs(
            name=f"{self._boundary['prefix']}-{self._name}",
            kms_key_identifier=self._boundary["key_arn"],
        )
        self._transforms.bus(args)
        return cloudwatch.EventBus(self._name, args, opts=self._child)

    def _policy(self, bus: cloudwatch.EventBus) -> cloudwatch.EventBusPolicy:
        args = cloudwatch.EventBusPolicyArgs(
            event_bus_name=bus.name,
            policy=Output.json_dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": "NobodyOutsideTheAccount",
                            "Effect": "Deny",
                            "Principal": "*",
                            "Action": "events:PutEvents",
                            "Resource": bus.arn,
                            "Condition": {
                                "StringNotEquals": {
                                    "aws:PrincipalAccount": self._boundary["account_id"]
                                }
                            },
                        }
                    ],
                }
            ),
        )
        self._transforms.policy(args)
        return cloudwatch.EventBusPolicy(f"{self._name}-policy", args, opts=self._child)

    def _archive(self, bus: cloudwatch.EventBus) -> cloudwatch.EventArchive:
        args = cloudwatch.EventArchiveArgs(
            name=f"{self._boundary['prefix']}-{self._name}",
            event_source_arn=bus.arn,
            retention_days=self._archive_days,
            kms_key_identifier=self._boundary["key_arn"],
        )
        self._transforms.archive(args)
        return cloudwatch.EventArchive(f"{self._name}-archive", args, opts=self._child)

    def publish(self, detail_type: str, *more: str) -> Permission:
        """Allow putting events of this bus's sources, and of these `detail-type`s only."""
        return {
            "statements": [
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
                }
            ]
        }
