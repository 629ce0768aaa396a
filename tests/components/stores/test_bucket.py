from typing import Any

import pytest
from botocore import session
from botocore.model import StringShape
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_rampart.arguments import ArgumentError
from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.permission import policy_document
from pulumi_rampart.stores.bucket import SecureBucket, SecureBucketArgs
from pulumi_rampart.stores.bucket_events import EVENTS
from pulumi_rampart.testing import Graph
from tests.components.inside import BOUNDARY, KEY, recorded, refusal, statements

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


def arguments(**more: object) -> SecureBucketArgs:
    return {"boundary": BOUNDARY, **more}  # type: ignore[typeddict-item]  # some are wrong


def bucket(**more: object) -> Graph:
    return recorded(lambda: SecureBucket("files", arguments(**more)))


@settings(max_examples=10)
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


def told(
    *,
    events: list[str] | None = None,
    prefix: str = "uploads/",
    senders: bool = True,
    times: int = 1,
    eventbridge: bool = False,
) -> None:
    """Declare a bucket and a queue that hears of it."""
    files = SecureBucket("files", {"boundary": BOUNDARY, "events": eventbridge})
    jobs = ObservedQueue(
        "jobs",
        {
            "boundary": BOUNDARY,
            "consumer_timeout_seconds": 60,
            "senders": [{"service": "s3.amazonaws.com", "source_arn": files.arn}]
            if senders
            else [],
        },
    )
    for _ in range(times):
        files.notify(jobs, ["s3:ObjectCreated:*"] if events is None else events, prefix)


def test_a_queue_hears_of_the_keys_it_asked_for_once_it_lets_s3_in() -> None:
    # when
    graph = recorded(told)

    # then
    notification = graph.one(NOTIFICATION, "files-notification")
    (only,) = notification.inputs["queues"]
    assert only == {
        "queueArn": graph.one("aws:sqs/queue:Queue", "jobs").outputs["arn"],
        "events": ["s3:ObjectCreated:*"],
        "filterPrefix": "uploads/",
    }
    policy = graph.one("aws:sqs/queuePolicy:QueuePolicy", "jobs-policy")
    assert policy.urn in notification.dependencies


ONE_EACH = "files.notify: S3 keeps one notification configuration a bucket and this bucket has one;"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        # the first would be lost
        ({"times": 2}, ONE_EACH),
        ({"eventbridge": True}, ONE_EACH),
        ({"senders": False}, "files.notify.queue: the queue takes nothing from S3; add "),
        ({"events": ["ObjectCreated"]}, "files.notify.events[0]='ObjectCreated': allowed are "),
        ({"events": "s3:ObjectCreated:*"}, "files.notify.events='s3:ObjectCreated:*': a list is"),
        ({"events": []}, "files.notify.events: 1 to 31 entries are allowed, not 0; name at least"),
        ({"prefix": "x" * 1025}, f"files.notify.prefix='{'x' * 1025}': 0 to 1024 characters are"),
    ],
)
def test_a_notification_that_s3_would_refuse_or_lose_is_refused(
    wrong: dict[str, Any], why: str
) -> None:
    # when
    with pytest.raises(ArgumentError) as caught:
        recorded(lambda: told(**wrong))

    # then
    assert str(caught.value).startswith(why)


def test_the_events_are_those_that_aws_knows() -> None:
    # given: the service's own description, as the SDK carries it
    known = session.get_session().get_service_model("s3").shape_for("Event")

    # then
    assert isinstance(known, StringShape)
    assert set(EVENTS) == set(known.enum)


def test_eventbridge_hears_of_every_object_if_asked_for() -> None:
    # when
    graph = bucket(events=True)

    # then
    assert graph.one(NOTIFICATION, "files-notification").inputs["eventbridge"] is True


def test_pages_of_a_named_origin_may_upload_and_others_not() -> None:
    # when
    origins = ["https://app.example.com", "https://*.preview.example.com"]
    graph = bucket(cors_origins=origins)

    # then
    cors = graph.one("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration", "files-cors")
    (rule,) = cors.inputs["corsRules"]
    assert (rule["allowedMethods"], rule["allowedOrigins"]) == (["POST"], origins)
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


OTHER_KEYS = (
    "Allowed are `boundary`, `expire`, `cors_origins`, `archive_after_days`, "
    "`intelligent_tiering`, `events`."
)
WORK = {"prefix": "work/", "days": 1}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (
            {"archive_after_days": 30},
            (
                ".archive_after_days=30: a whole number from 90 to 730 is allowed; reading an "
                "archived object takes hours."
            ),
        ),
        ({"archive_after_days": 731}, ".archive_after_days=731: a whole number from 90 to 730"),
        ({"archive_after_days": "90"}, ".archive_after_days='90': a whole number is wanted, not"),
        ({"events": "yes"}, ".events='yes': true or false is wanted, not str."),
        (
            {"cors_origin": ["https://a.example"]},
            f".cors_origin: there is no such argument; did you mean `cors_origins`? {OTHER_KEYS}",
        ),
        (
            {"lifecycle_rules": []},
            f".lifecycle_rules: there is no such argument; did you mean `expire`? {OTHER_KEYS}",
        ),
        (
            {"cors_origins": "https://a.example"},
            ".cors_origins='https://a.example': a list is wanted; put the text in brackets.",
        ),
        (
            {"cors_origins": ["https://a.example", "https://b.example/"]},
            ".cors_origins[1]='https://b.example/': an origin is scheme, host and port,",
        ),
        ({"cors_origins": ["*"]}, ".cors_origins[0]='*': an origin is scheme, host and port,"),
        (
            {"cors_origins": ["https://*.*.example"]},
            ".cors_origins[0]='https://*.*.example': an origin is scheme, host and port,",
        ),
        ({"expire": WORK}, ".expire: a list is wanted, not dict."),
        ({"expire": [{"prefix": "work/"}]}, ".expire[0].days: is missing; it has no default."),
        ({"expire": [{"days": 3}]}, ".expire[0].prefix: is missing; it has no default."),
        (
            {"expire": [{**WORK, "tags": "a=b"}]},
            ".expire[0].tags: there is no such argument; did you mean `tag`? Allowed are ",
        ),
        ({"expire": [WORK, {**WORK, "days": 0}]}, ".expire[1].days=0: a whole number from 1 to "),
        ({"expire": [{**WORK, "days": 1.5}]}, ".expire[0].days=1.5: a whole number is wanted"),
        ({"expire": [{**WORK, "days": 2**31}]}, ".expire[0].days=2147483648: a whole number from"),
        (
            {"expire": [{**WORK, "prefix": "é" * 1025}]},
            f".expire[0].prefix='{'é' * 1025}': 0 to 1024 characters are allowed, not 1025;",
        ),
        ({"expire": [{**WORK, "tag": "draft"}]}, ".expire[0].tag='draft': must match "),
        ({"expire": [{**WORK, "tag": "=draft"}]}, ".expire[0].tag='=draft': must match "),
        ({"expire": [{**WORK, "tag": "a;b=c"}]}, ".expire[0].tag='a;b=c': must match "),
        ({"expire": [WORK] * 999}, ".expire: 0 to 998 entries are allowed, not 999; S3 takes 1000"),
    ],
)
def test_what_s3_would_refuse_is_refused_by_its_name(wrong: dict[str, Any], why: str) -> None:
    # when
    message = refusal(lambda: SecureBucket("files", arguments(**wrong)))

    # then
    assert message.startswith(f"files{why}")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("fi les", "S3 allows no ' ' in 'fi les-private-1234567'."),
        ("my_files", "S3 allows no '_' in 'my_files-private-1234567'."),
        ("f" * 48, f"S3 allows 63 characters, and '{'f' * 48}-private-1234567' has 64; take a"),
        ("-files", "in S3 a name begins with a letter or a digit, "),
    ],
)
def test_a_name_that_no_bucket_can_have_is_refused(name: str, why: str) -> None:
    # when
    message = refusal(lambda: SecureBucket(name, {"boundary": BOUNDARY}))

    # then
    assert message.startswith(f"{name}: is not possible as a name: {why}")


def test_it_carries_the_class_of_its_data_and_logs_its_readers() -> None:
    # when
    graph = bucket()

    # then
    assert graph.of("aws:s3/bucket:Bucket")[0].inputs["tags"] == {"data-class": "internal"}
    (logging,) = graph.of("aws:s3/bucketLogging:BucketLogging")
    assert logging.inputs["targetBucket"] == "access-logs"
