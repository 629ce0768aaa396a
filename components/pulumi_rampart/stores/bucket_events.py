"""What S3 tells of: the kinds of events that a bucket's notifications may name."""

from typing import Annotated, TypedDict

from pulumi_rampart.arguments import Length, OneOf
from pulumi_rampart.stores.bucket_lifecycle import MAX_KEY_LENGTH

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
EVENTS = (
    "s3:IntelligentTiering",
    "s3:LifecycleExpiration:*",
    "s3:LifecycleExpiration:Delete",
    "s3:LifecycleExpiration:DeleteMarkerCreated",
    "s3:LifecycleTransition",
    "s3:ObjectAcl:Put",
    "s3:ObjectAnnotation:*",
    "s3:ObjectAnnotation:Delete",
    "s3:ObjectAnnotation:Put",
    "s3:ObjectCreated:*",
    "s3:ObjectCreated:CompleteMultipartUpload",
    "s3:ObjectCreated:Copy",
    "s3:ObjectCreated:Post",
    "s3:ObjectCreated:Put",
    "s3:ObjectRemoved:*",
    "s3:ObjectRemoved:Delete",
    "s3:ObjectRemoved:DeleteMarkerCreated",
    "s3:ObjectRestore:*",
    "s3:ObjectRestore:Completed",
    "s3:ObjectRestore:Delete",
    "s3:ObjectRestore:Post",
    "s3:ObjectRetention:Put",
    "s3:ObjectTagging:*",
    "s3:ObjectTagging:Delete",
    "s3:ObjectTagging:Put",
    "s3:ReducedRedundancyLostObject",
    "s3:Replication:*",
    "s3:Replication:OperationFailedReplication",
    "s3:Replication:OperationMissedThreshold",
    "s3:Replication:OperationNotTracked",
    "s3:Replication:OperationReplicatedAfterThreshold",
)


class NotificationArgs(TypedDict):
    """What a queue is told of."""

    events: Annotated[
        list[Annotated[str, OneOf(EVENTS, "most want s3:ObjectCreated:*.")]],
        Length(1, len(EVENTS), "name at least one event."),
    ]
    """As S3 calls them."""
    prefix: Annotated[str, Length(0, MAX_KEY_LENGTH, "no key is longer.")]
    """Beginning of the keys; empty for all."""
