"""A bucket for documents and images, behind the boundary.

Creates, in order:
    <name>               PrivateBucket              versioned, customer key, access logs
    <name>-cors          aws.s3.BucketCorsConfiguration   for browsers that upload, if any
    <name>-tiering       aws.s3.BucketIntelligentTieringConfiguration   if asked for
    <name>-notification  aws.s3.BucketNotification        who is told: EventBridge, or `notify`
"""

from dataclasses import dataclass, replace
from typing import NotRequired, TypedDict

import pulumi
from pulumi import Output
from pulumi_aws import s3

from pulumi_rampart._arguments import ArgumentError, require_between
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.boundary.security_boundary import Boundary
from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.permission import Permission, Statement, key_statement
from pulumi_rampart.stores.private_bucket import Expiry, PrivateBucket

# A browser may remember the preflight for as long; Chromium allows two hours.
CORS_MAX_AGE_SECONDS = 3600
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tiering.html
MIN_ARCHIVE_DAYS, MAX_ARCHIVE_DAYS = 90, 730


class SecureBucketArgs(TypedDict):
    """What a system decides about its bucket."""

    boundary: Boundary
    """The wall: key, access logs."""
    expire: NotRequired[list[Expiry]]
    """Objects that do not stay, by prefix. Default none."""
    cors_origins: NotRequired[list[str]]
    """Web origins whose pages may upload by presigned POST. Default none."""
    archive_after_days: NotRequired[int]
    """Days unread until Intelligent-Tiering archives an object, 90 to 730. Default never."""
    events: NotRequired[bool]
    """Whether EventBridge hears of every object, on the default bus. Default false."""


@dataclass(frozen=True, kw_only=True)
class SecureBucketTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    cors: Transform[s3.BucketCorsConfigurationArgs] = unchanged
    tiering: Transform[s3.BucketIntelligentTieringConfigurationArgs] = unchanged
    notification: Transform[s3.BucketNotificationArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class SecureBucketNodes:
    """The raw resources."""

    cors: s3.BucketCorsConfiguration | None
    tiering: s3.BucketIntelligentTieringConfiguration | None
    notification: s3.BucketNotification | None


class SecureBucket(pulumi.ComponentResource):
    """A private bucket that hands out permissions and tells others of its objects.

    Example:
        uploads = SecureBucket("uploads", {"boundary": boundary.args})
        reader = uploads.read("incoming/*")
    """

    bucket: Output[str]
    """The name."""
    arn: Output[str]
    """The ARN."""

    def __init__(
        self,
        name: str,
        args: SecureBucketArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: SecureBucketTransforms = SecureBucketTransforms(),
    ) -> None:
        super().__init__("rampart:index:SecureBucket", name, None, opts)
        self._archive_after_days = None
        if "archive_after_days" in args:
            self._archive_after_days = require_between(
                f"{name}.archive_after_days",
                args["archive_after_days"],
                MIN_ARCHIVE_DAYS,
                MAX_ARCHIVE_DAYS,
                "reading an archived object takes hours.",
            )
        self._name, self._args, self._transforms = name, args, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        self.private = self._private()
        cors = self._cors()
        tiering = self._tiering()
        notification = self._events()

        self.nodes = SecureBucketNodes(cors=cors, tiering=tiering, notification=notification)
        self.bucket, self.arn = self.private.bucket, self.private.arn
        self.register_outputs({"bucket": self.bucket, "arn": self.arn})

    def _private(self) -> PrivateBucket:
        return PrivateBucket(
            f"{self._name}-private",
            {
                "key_arn": self._boundary["key_arn"],
                "access_log_bucket": self._boundary["access_log_bucket"],
                "data_class": self._boundary["data_class"],
                "expire": self._args.get("expire", []),
                "intelligent_tiering": "archive_after_days" in self._args,
            },
            self._child,
        )

    def _cors(self) -> s3.BucketCorsConfiguration | None:
        origins = self._args.get("cors_origins", [])
        if not origins:
            return None
        args = s3.BucketCorsConfigurationArgs(
            bucket=self.private.bucket,
            cors_rules=[
                s3.BucketCorsConfigurationCorsRuleArgs(
                    allowed_methods=["POST"],
                    allowed_origins=origins,
                    allowed_headers=["*"],
                    max_age_seconds=CORS_MAX_AGE_SECONDS,
                )
            ],
        )
        self._transforms.cors(args)
        return s3.BucketCorsConfiguration(f"{self._name}-cors", args, opts=self._child)

    def _tiering(self) -> s3.BucketIntelligentTieringConfiguration | None:
        days = self._archive_after_days
        if days is None:
            return None
        args = s3.BucketIntelligentTieringConfigurationArgs(
            bucket=self.private.bucket,
            tierings=[
                s3.BucketIntelligentTieringConfigurationTieringArgs(
                    access_tier="ARCHIVE_ACCESS",
                    days=days,
                )
            ],
        )
        self._transforms.tiering(args)
        return s3.BucketIntelligentTieringConfiguration(
            f"{self._name}-tiering", args, opts=self._child
        )

    def _events(self) -> s3.BucketNotification | None:
        if not self._args.get("events", False):
            return None
        args = s3.BucketNotificationArgs(bucket=self.private.bucket, eventbridge=True)
        self._transforms.notification(args)
        return s3.BucketNotification(f"{self._name}-notification", args, opts=self._child)

    def notify(self, queue: ObservedQueue, events: list[str], prefix: str) -> None:
        """Send `events` (`s3:ObjectCreated:*`) about keys below `prefix` to the queue.

        The queue names this bucket among its `senders`. S3 keeps one configuration a bucket.

        Raises:
            ArgumentError: the bucket notifies somebody already.
        """
        if self.nodes.notification is not None:
            raise ArgumentError(
                f"{self._name}.notify: S3 keeps one notification configuration a bucket and this "
                "bucket has one; send its events to EventBridge to serve several consumers."
            )
        args = s3.BucketNotificationArgs(
            bucket=self.private.bucket,
            queues=[
                s3.BucketNotificationQueueArgs(
                    queue_arn=queue.arn, events=events, filter_prefix=prefix
                )
            ],
        )
        self._transforms.notification(args)
        # S3 sends a test message when this is set: the queue must let it in by then.
        notification = s3.BucketNotification(
            f"{self._name}-notification",
            args,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[queue.nodes.policy]),
        )
        self.nodes = replace(self.nodes, notification=notification)

    def read(self, keys: str) -> Permission:
        """Allow reading objects, e.g. `read("uploads/*")`."""
        return self._objects(["s3:GetObject", "s3:GetObjectVersion"], keys, ["kms:Decrypt"])

    def write(self, keys: str) -> Permission:
        """Allow creating and replacing objects, in several parts too."""
        return self._objects(
            ["s3:PutObject", "s3:AbortMultipartUpload"],
            keys,
            ["kms:Decrypt", "kms:GenerateDataKey"],
        )

    def tag(self, keys: str) -> Permission:
        """Allow tagging objects, while they are written or later."""
        return {"statements": [self._statement(["s3:PutObjectTagging"], keys)]}

    def delete(self, keys: str) -> Permission:
        """Allow deleting objects; versions stay until they expire."""
        return {"statements": [self._statement(["s3:DeleteObject"], keys)]}

    def list_keys(self, prefix: str) -> Permission:
        """Allow listing keys below a prefix; S3 then answers 404 instead of 403 for absent ones."""
        listing: Statement = {
            "actions": ["s3:ListBucket"],
            "resources": [self.arn],
            "conditions": {"StringLike": {"s3:prefix": f"{prefix}*"}},
        }
        return {"statements": [listing]}

    def _objects(self, actions: list[str], keys: str, key_actions: list[str]) -> Permission:
        key = key_statement(self._boundary["key_arn"], self._boundary["region"], "s3", key_actions)
        return {"statements": [self._statement(actions, keys), key]}

    def _statement(self, actions: list[str], keys: str) -> Statement:
        return {"actions": actions, "resources": [Output.concat(self.arn, "/", keys)]}
