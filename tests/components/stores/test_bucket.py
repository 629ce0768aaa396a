from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_rampart._arguments import ArgumentError
from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.permission import policy_document
from pulumi_rampart.stores.bucket import SecureBucket, SecureBucketArgs
from pulumi_rampart.testing import Graph
from tests.components.wall import BOUNDARY, KEY, recorded, refusal, statements

NOTIFICATION = "aws:s3/bucketNotification:BucketNotification"
VIA_S3 = {"StringEquals": {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}}


def granted(verb: str, keys: str) -> list[dict[str, Any]]:
    """Return the statements of one verb's permission."""
    documents: list[str] = []

    def program() -> None:
        bucket = SecureBucket("files", {"boundary": BOUNDARY})
        policy_document([getattr(bucket, verb)(keys)]).apply(documents.append)

    recorded(program)
    return statements(documents[0])


def bucket(**more: object) -> Graph:
    args: SecureBucketArgs = {"boundary": BOUNDARY, **more}  # type: ignore[typeddict-item]
    return recorded(lambda: SecureBucket("files", args))


@settings(max_examples=10, deadline=None)
@given(keys=st.from_regex(r"\A[a-z]{1,8}/(\*|[a-z]{1,8})\Z"))
def test_reading_is_of_these_keys_and_decrypts_through_s3_only(keys: str) -> None:
    # when
    objects, key = granted("read", keys)

    # then
    assert objects["Action"] == ["s3:GetObject", "s3:GetObjectVersion"]
    assert objects["Resource"] == [f"arn:aws:s3:::files-private/{keys}"]
    assert (key["Action"], key["Resource"], key["Condition"]) == (["kms:Decrypt"], [KEY], VIA_S3)


def test_writing_is_of_these_keys_and_reads_none() -> None:
    # when
    objects, key = granted("write", "work/*")

    # then
    assert objects["Action"] == ["s3:PutObject", "s3:AbortMultipartUpload"]
    assert objects["Resource"] == ["arn:aws:s3:::files-private/work/*"]
    assert (key["Action"], key["Condition"]) == (["kms:Decrypt", "kms:GenerateDataKey"], VIA_S3)


def test_deleting_is_of_these_keys_and_never_of_old_versions() -> None:
    # when
    (only,) = granted("delete", "work/*")

    # then
    assert only["Action"] == ["s3:DeleteObject"]
    assert only["Resource"] == ["arn:aws:s3:::files-private/work/*"]


def test_tagging_is_of_these_keys() -> None:
    # when
    (only,) = granted("tag", "*/thumbnails/*")

    # then
    assert only["Action"] == ["s3:PutObjectTagging"]
    assert only["Resource"] == ["arn:aws:s3:::files-private/*/thumbnails/*"]


def test_listing_is_below_a_prefix() -> None:
    # when
    (only,) = granted("list_keys", "uploads/")

    # then
    assert only["Resource"] == ["arn:aws:s3:::files-private"]
    assert only["Condition"] == {"StringLike": {"s3:prefix": "uploads/*"}}


def test_a_queue_hears_of_the_keys_it_asked_for_once_it_lets_s3_in() -> None:
    # given
    def program() -> None:
        files = SecureBucket("files", {"boundary": BOUNDARY})
        jobs = ObservedQueue("jobs", {"boundary": BOUNDARY, "consumer_timeout_seconds": 60})
        files.notify(jobs, ["s3:ObjectCreated:*"], prefix="uploads/")

    # when
    graph = recorded(program)

    # then
    notification = graph.one(NOTIFICATION, "files-notification")
    (told,) = notification.inputs["queues"]
    assert told == {
        "queueArn": graph.one("aws:sqs/queue:Queue", "jobs").outputs["arn"],
        "events": ["s3:ObjectCreated:*"],
        "filterPrefix": "uploads/",
    }
    policy = graph.one("aws:sqs/queuePolicy:QueuePolicy", "jobs-policy")
    assert policy.urn in notification.dependencies


@pytest.mark.parametrize("events", [True, False])
def test_a_second_consumer_is_refused_because_the_first_would_be_lost(
    events: bool,  # noqa: FBT001  # a case of the law
) -> None:
    # given
    def program() -> None:
        files = SecureBucket("files", {"boundary": BOUNDARY, "events": events})
        jobs = ObservedQueue("jobs", {"boundary": BOUNDARY, "consumer_timeout_seconds": 60})
        for _ in range(2):
            files.notify(jobs, ["s3:ObjectCreated:*"], prefix="uploads/")

    # when
    with pytest.raises(ArgumentError) as caught:
        recorded(program)

    # then
    assert str(caught.value).startswith("files.notify: S3 keeps one notification configuration")


def test_eventbridge_hears_of_every_object_if_asked_for() -> None:
    # when
    graph = bucket(events=True)

    # then
    assert graph.one(NOTIFICATION, "files-notification").inputs["eventbridge"] is True


def test_pages_of_a_named_origin_may_upload_and_others_not() -> None:
    # when
    graph = bucket(cors_origins=["https://app.example.com"])

    # then
    cors = graph.one("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration", "files-cors")
    (rule,) = cors.inputs["corsRules"]
    assert (rule["allowedMethods"], rule["allowedOrigins"]) == (
        ["POST"],
        ["https://app.example.com"],
    )
    assert bucket().of("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration") == ()


def test_what_nobody_reads_is_archived_if_asked_for() -> None:
    # when
    graph = bucket(archive_after_days=180)

    # then
    tiering = graph.one(
        "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration",
        "files-tiering",
    )
    assert tiering.inputs["tierings"] == [{"accessTier": "ARCHIVE_ACCESS", "days": 180}]


def test_archiving_sooner_than_s3_can_is_refused() -> None:
    # when
    message = refusal(
        lambda: SecureBucket("files", {"boundary": BOUNDARY, "archive_after_days": 30})
    )

    # then
    assert message == (
        "files.archive_after_days=30: a whole number from 90 to 730 is allowed; "
        "reading an archived object takes hours."
    )


def test_it_carries_the_class_of_its_data_and_logs_its_readers() -> None:
    # when
    graph = bucket()

    # then
    assert graph.of("aws:s3/bucket:Bucket")[0].inputs["tags"] == {"data-class": "internal"}
    (logging,) = graph.of("aws:s3/bucketLogging:BucketLogging")
    assert logging.inputs["targetBucket"] == "access-logs"
