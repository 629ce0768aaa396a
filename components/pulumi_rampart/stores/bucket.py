"""A bucket for documents and images, behind the boundary.

Creates, in order:
    <name>-private       PrivateBucket              versioned, customer key, access logs
    <name>-cors          aws.s3.BucketCorsConfiguration   for browsers that upload, if any
    <name>-tiering       aws.s3.BucketIntelligentTieringConfiguration   if asked for
    <name>-notification  aws.s3.BucketNotification        who is told: EventBridge, or `notify`
"""

from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import s3

from pulumi_rampart.arguments import AlsoCalled, Between, Origin, checked, refused
from pulumi_rampart.boundary.args import Boundary, boundary_of
from pulumi_rampart.component import Component
from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.permission import Permission, Statement, key_statement, permission
from pulumi_rampart.stores.bucket_events import NotificationArgs
from pulumi_rampart.stores.bucket_lifecycle import Expiries
from pulumi_rampart.stores.private_bucket import PrivateBucket

# A browser may cache the preflight for as long; Chromium allows two hours.
CORS_MAX_AGE_SECONDS = 3600
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tiering.html
MIN_ARCHIVE_DAYS, MAX_ARCHIVE_DAYS = 90, 730


class SecureBucketArgs(TypedDict):
    """What a system decides about its bucket."""

    boundary: Input[Boundary]
    """Key, bucket for access logs, and how sensitive the data is."""
    expire: NotRequired[Expiries]
    """Objects that do not stay, by prefix or tag; at most 998 entries. Default none."""
    cors_origins: NotRequired[
        Annotated[
            list[Annotated[str, Origin(subdomains=True)]],
            AlsoCalled(("allowed_origins", "cors", "cors_rules")),
        ]
    ]
    """Web origins whose pages may upload by presigned POST; `https://*.example.com` stands for
    every host below it. Default none."""
    archive_after_days: NotRequired[
        Annotated[
            int,
            Between(MIN_ARCHIVE_DAYS, MAX_ARCHIVE_DAYS, "reading an archived object takes hours."),
        ]
    ]
    """Days unread until Intelligent-Tiering archives an object, 90 to 730: nobody can read it then
    before it was restored, which takes hours. Default never."""
    intelligent_tiering: NotRequired[bool]
    """Whether S3 moves objects that nobody reads to cheaper tiers that are read at once. Default
    false, but with `archive_after_days`."""
    events: NotRequired[Annotated[bool, AlsoCalled(("eventbridge", "notifications"))]]
    """Whether EventBridge is notified of every object, on the default bus. Default false."""


class SecureBucket(Component):
    """A private bucket that hands out permissions and tells others of its objects.

    Example:
        uploads = SecureBucket("uploads", {"boundary": boundary.args})
        reader = uploads.read("incoming/*")
    """

    NAMES = (("{name}-private", PrivateBucket),)

    bucket: Output[str]
    """The name."""
    arn: Output[str]
    """The ARN."""

    def __init__(
        self, name: str, args: SecureBucketArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, SecureBucketArgs)
        self._boundary = boundary_of(self._args["boundary"])
        super().__init__(name, opts, boundary=self._boundary)

        self.private = self._private()
        self.cors = self._cors()
        self.tiering = self._tiering()
        self.notification = self._events()

        self.bucket, self.arn = self.private.bucket, self.private.arn
        self.register_outputs()

    def _private(self) -> PrivateBucket:
        return self.child(
            PrivateBucket,
            "private",
            {
                "key_arn": self._boundary["key_arn"],
                "access_log_bucket": self._boundary["access_log_bucket"],
                "data_class": self._boundary["data_class"],
                "deletion_protection": self._boundary["deletion_protection"],
                "expire": self._args.get("expire", []),
                "intelligent_tiering": "archive_after_days" in self._args
                or self._args.get("intelligent_tiering", False),
            },
        )

    def _cors(self) -> s3.BucketCorsConfiguration | None:
        origins = self._args.get("cors_origins", [])
        if not origins:
            return None
        return self.child(
            s3.BucketCorsConfiguration,
            "cors",
            bucket=self.private.bucket,
            cors_rules=[
                {
                    "allowed_methods": ["POST"],
                    "allowed_origins": list(origins),
                    "allowed_headers": ["*"],
                    "max_age_seconds": CORS_MAX_AGE_SECONDS,
                }
            ],
        )

    def _tiering(self) -> s3.BucketIntelligentTieringConfiguration | None:
        if "archive_after_days" not in self._args:
            return None
        return self.child(
            s3.BucketIntelligentTieringConfiguration,
            "tiering",
            bucket=self.private.bucket,
            tierings=[{"access_tier": "ARCHIVE_ACCESS", "days": self._args["archive_after_days"]}],
        )

    def _events(self) -> s3.BucketNotification | None:
        if not self._args.get("events", False):
            return None
        return self.child(
            s3.BucketNotification, "notification", bucket=self.private.bucket, eventbridge=True
        )

    def notify(self, queue: ObservedQueue, events: list[str], prefix: str) -> None:
        """Send events about keys below `prefix` to a queue, which has this bucket as sender.

        S3 keeps one configuration a bucket.

        Args:
            queue: names this bucket among its `senders`.
            events: as S3 calls them, `s3:ObjectCreated:*`.
            prefix: beginning of the keys; empty for all.

        Raises:
            ArgumentError: the bucket notifies somebody already, S3 knows no such event, or the
                queue takes nothing from S3.
        """
        call = f"{self._name}.notify"
        given: NotificationArgs = {"events": events, "prefix": prefix}
        chosen = checked(call, given, NotificationArgs)
        if self.notification is not None:
            raise refused(
                call,
                "",
                "S3 keeps one notification configuration a bucket and this bucket has one; send "
                "its events to EventBridge to serve several consumers.",
            )
        if not queue.takes_from("s3.amazonaws.com"):
            raise refused(
                call,
                "queue",
                'the queue takes nothing from S3; add {"service": "s3.amazonaws.com", '
                '"source_arn": ...} with the ARN of this bucket to its `senders`.',
            )
        told: s3.BucketNotificationQueueArgsDict = {
            "queue_arn": queue.arn,
            "events": [*chosen["events"]],
            "filter_prefix": chosen["prefix"],
        }
        self.notification = self.child(
            s3.BucketNotification,
            "notification",
            bucket=self.private.bucket,
            queues=[told],
            # S3 sends a test message when this is set: the queue must let it in by then.
            opts=pulumi.ResourceOptions(depends_on=[queue.policy]),
        )

    def read(self, keys: str) -> Permission:
        """Allow reading objects, e.g. `read("uploads/*")`."""
        return self._objects(["s3:GetObject", "s3:GetObjectVersion"], keys, "kms:Decrypt")

    def write(self, keys: str) -> Permission:
        """Allow creating and replacing objects, in several parts too."""
        actions = ["s3:PutObject", "s3:AbortMultipartUpload"]
        return self._objects(actions, keys, "kms:Decrypt", "kms:GenerateDataKey")

    def tag(self, keys: str) -> Permission:
        """Allow tagging objects, while they are written or later."""
        return self._objects(["s3:PutObjectTagging"], keys)

    def delete(self, keys: str) -> Permission:
        """Allow deleting objects; versions stay until they expire."""
        return self._objects(["s3:DeleteObject"], keys)

    def list_keys(self, prefix: str) -> Permission:
        """Allow listing keys below a prefix; S3 then answers 404 instead of 403 for absent ones."""
        listing: Statement = {
            "actions": ["s3:ListBucket"],
            "resources": [self.arn],
            "conditions": {"StringLike": {"s3:prefix": f"{prefix}*"}},
        }
        return permission(self._name, self._boundary, listing)

    def list_versions(self, prefix: str) -> Permission:
        """Allow listing the versions of the objects below a prefix, deleted ones too."""
        listing: Statement = {
            "actions": ["s3:ListBucketVersions"],
            "resources": [self.arn],
            "conditions": {"StringLike": {"s3:prefix": f"{prefix}*"}},
        }
        return permission(self._name, self._boundary, listing)

    def erase(self, keys: str) -> Permission:
        """Allow deleting versions of objects for good: nothing brings them back.

        DeleteObjects "must always" have s3:DeleteObject, says the S3 API reference, also where each
        of its entries names a version.
        """
        return self._objects(["s3:DeleteObject", "s3:DeleteObjectVersion"], keys)

    def _objects(self, actions: list[str], keys: str, *key_actions: str) -> Permission:
        objects: Statement = {
            "actions": actions,
            "resources": [Output.concat(self.arn, "/", keys)],
        }
        key = [key_statement(self._boundary, "s3", *key_actions)] if key_actions else []
        return permission(self._name, self._boundary, objects, *key)
