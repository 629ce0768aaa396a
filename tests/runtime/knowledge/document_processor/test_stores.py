"""Records, leases, chunk rows and files in a real table and a real bucket."""

import time
from dataclasses import replace

import pytest

from runtime.knowledge.document_processor.bucket import MarkdownFiles, S3Uploads
from runtime.knowledge.document_processor.chunk_rows import ChunkRows
from runtime.knowledge.document_processor.leases import DynamoLeases
from runtime.knowledge.document_processor.ports import (
    Chunk,
    Conversion,
    Delivery,
    Edition,
    Lease,
    NotNowError,
    RecordGoneError,
    UploadedObject,
)
from runtime.knowledge.document_processor.records import DynamoRecords
from runtime.shared.documents import UNSEEN, Document, DocumentRecord, named
from runtime.shared.errors import UnavailableError
from tests.runtime.knowledge.cloud import BUCKET, Cloud, new_tenant
from tests.runtime.knowledge.document_processor.world import version_of

OLD, NEW = version_of("old"), version_of("new")


@pytest.fixture
def document() -> Document:
    return named(new_tenant(), "manual.md")


@pytest.fixture
def records(cloud: Cloud) -> DynamoRecords:
    return DynamoRecords(cloud.documents)


@pytest.fixture
def leases(cloud: Cloud) -> DynamoLeases:
    return DynamoLeases(cloud.documents)


def delivery(*, attempt: int = 1, is_last: bool = False, seconds: float = 60) -> Delivery:
    return Delivery(attempt, is_last, time.time() + seconds)


def edition(document: Document, version: str, chunks: int) -> Edition:
    content = Conversion(
        title="Manual",
        pages=None,
        markdown="# Manual",
        chunks=[
            Chunk(index=index, text=f"text {index}", headings=["A"], page=None, keywords=["a"])
            for index in range(chunks)
        ],
    )
    return Edition(document, version, "manual.md", content, [[1.0]] * chunks)


def an_object(document: Document) -> UploadedObject:
    return UploadedObject(document.upload_key("manual.md"), "v1", "manual.md", "text/markdown", 3)


def held(leases: DynamoLeases, document: Document) -> Lease:
    lease = leases.acquire(document, delivery())
    assert lease is not None
    return lease


def found(records: DynamoRecords, document: Document) -> DocumentRecord:
    record = records.find(document)
    assert record is not None
    return record


def test_a_lease_is_held_by_one_and_can_be_had_again_after_its_release(
    leases: DynamoLeases, document: Document
) -> None:
    # given
    lease = held(leases, document)
    # when
    second = leases.acquire(document, delivery())
    released = [leases.release(lease), leases.release(lease)]
    third = leases.acquire(document, delivery())
    # then
    assert second is None
    assert released == [False, True]  # first it has to look again, as the second one asked
    assert third is not None


def test_a_lease_ends_when_its_holder_must_be_dead(
    leases: DynamoLeases, document: Document
) -> None:
    # given
    dead = leases.acquire(document, delivery(seconds=-5))
    # when
    lease = leases.acquire(document, delivery())
    # then
    assert lease is not None
    assert dead is not None
    leases.drop(dead)
    assert leases.acquire(document, delivery()) is None  # the dead one's lease was not this one


def test_a_holder_at_its_last_attempt_is_not_asked(
    leases: DynamoLeases, document: Document
) -> None:
    leases.acquire(document, delivery(is_last=True))
    with pytest.raises(NotNowError):
        leases.acquire(document, delivery())


def test_a_record_tells_its_stages(records: DynamoRecords, document: Document) -> None:
    # when
    records.start(document, OLD, an_object(document), delivery(attempt=2))
    records.stage(document, "converting")
    records.index(document, OLD)
    # then
    record = found(records, document)
    assert (record.status, record.version, record.attempt) == ("indexing", OLD, 2)
    assert (record.traces, record.abandoned_after) == ({OLD}, None)


def test_publishing_flips_the_live_version_and_keeps_the_users_title(
    records: DynamoRecords, leases: DynamoLeases, document: Document, cloud: Cloud
) -> None:
    # given
    lease = held(leases, document)
    records.start(document, NEW, an_object(document), delivery(is_last=True))
    cloud.documents.update_item(
        Key=document.record_key,
        UpdateExpression="SET title = :mine",
        ExpressionAttributeValues={":mine": "Mine"},
    )
    # when
    records.publish(lease, edition(document, NEW, 3), an_object(document))
    # then
    record = found(records, document)
    assert (record.status, record.live_version, record.chunk_count) == ("ready", NEW, 3)
    assert (record.title, record.abandoned_after, record.attempt) == ("Mine", None, None)


def test_nothing_is_published_without_the_lease(
    records: DynamoRecords, leases: DynamoLeases, document: Document
) -> None:
    # given
    lease = held(leases, document)
    records.start(document, NEW, an_object(document), delivery())
    leases.drop(lease)
    # when
    with pytest.raises(UnavailableError):
        records.publish(lease, edition(document, NEW, 3), an_object(document))
    # then
    assert found(records, document).live_version is None


def test_a_deleted_record_stays_deleted(
    records: DynamoRecords, leases: DynamoLeases, document: Document
) -> None:
    # given
    lease = held(leases, document)
    # when, then
    with pytest.raises(RecordGoneError):
        records.stage(document, "converting")
    with pytest.raises(RecordGoneError):
        records.publish(lease, edition(document, NEW, 1), an_object(document))
    assert records.find(document) is None


def test_a_failure_keeps_what_is_live(
    records: DynamoRecords, leases: DynamoLeases, document: Document
) -> None:
    # given
    lease = held(leases, document)
    records.start(document, OLD, an_object(document), delivery())
    records.index(document, OLD)
    records.publish(lease, edition(document, OLD, 1), an_object(document))
    # when
    records.start(document, NEW, an_object(document), delivery())
    records.index(document, NEW)
    replaced = replace(an_object(document), version_id="replaced")
    records.fail(document, replaced, "The file is damaged.")
    records.erase_traces(document, NEW)
    # then
    record = found(records, document)
    assert (record.status, record.reason) == ("failed", "The file is damaged.")
    assert (record.live_version, record.traces) == (OLD, {OLD})
    assert record.object_version == "replaced"


def test_a_failure_to_look_says_that_nothing_was_seen(
    records: DynamoRecords, document: Document
) -> None:
    # given
    records.start(document, OLD, an_object(document), delivery())
    # when
    records.fail(document, None, "A service was not available.")
    # then
    assert found(records, document).object_version == UNSEEN


def test_forgetting_removes_a_record_but_not_one_that_awaits_an_upload(
    records: DynamoRecords, document: Document, cloud: Cloud
) -> None:
    # given
    records.forget(document)  # there is none
    records.start(document, OLD, an_object(document), delivery())
    cloud.documents.update_item(
        Key=document.record_key,
        UpdateExpression="SET #status = :status, live_version = :old",
        ExpressionAttributeNames={"#status": "status"},
        ExpressionAttributeValues={":status": "awaiting_upload", ":old": OLD},
    )
    # when
    records.forget(document)
    awaiting = found(records, document)
    records.start(document, OLD, an_object(document), delivery())
    records.forget(document)
    # then
    assert (awaiting.status, awaiting.live_version) == ("awaiting_upload", None)
    assert records.find(document) is None


def test_chunk_rows_are_counted_and_removed_by_version(cloud: Cloud, document: Document) -> None:
    # given
    rows = ChunkRows(cloud.documents)
    rows.write(edition(document, OLD, 30))
    rows.write(edition(document, NEW, 40))
    rows.write(edition(document, NEW, 40))
    # when
    both = (rows.count(document, OLD), rows.count(document, NEW))
    rows.delete(document, OLD)
    one = (rows.count(document, OLD), rows.count(document, NEW))
    rows.delete(document, None)
    # then
    assert (both, one, rows.count(document, NEW)) == ((30, 40), (0, 40), 0)


def test_removing_all_chunk_rows_leaves_the_lease(
    cloud: Cloud, leases: DynamoLeases, document: Document
) -> None:
    # given
    lease = held(leases, document)
    ChunkRows(cloud.documents).delete(document, None)
    # when, then
    assert leases.acquire(document, delivery()) is None
    assert leases.release(lease) is False


def test_an_uploads_current_version_and_digest_are_found(cloud: Cloud, document: Document) -> None:
    # given
    uploads, key = S3Uploads(cloud.s3, BUCKET), document.upload_key("handbuch.md")
    missing = uploads.current(key)
    cloud.s3.put_object(Bucket=BUCKET, Key=key, Body=b"old")
    first = uploads.current(key)
    cloud.s3.put_object(
        Bucket=BUCKET, Key=key, Body=b"new", Metadata={"filename": "%C3%9Cbersicht.md"}
    )
    # when
    second = uploads.current(key)
    # then
    assert missing is None
    assert first is not None
    assert second is not None
    assert (first.filename, second.filename) == ("handbuch.md", "Übersicht.md")
    assert (uploads.digest(first), uploads.digest(second)) == (OLD, NEW)
    cloud.s3.delete_object(Bucket=BUCKET, Key=key)
    assert uploads.current(key) is None


def test_markdown_is_kept_by_version(cloud: Cloud, document: Document) -> None:
    # given
    files = MarkdownFiles(cloud.s3, BUCKET)
    files.write(edition(document, OLD, 1))
    files.write(edition(document, NEW, 1))
    # when
    files.delete(document, OLD)
    # then
    listed = cloud.s3.list_objects_v2(Bucket=BUCKET, Prefix=document.markdown_prefix)
    assert [found.get("Key") for found in listed.get("Contents", [])] == [
        document.markdown_key(NEW)
    ]
    files.delete(document, None)
    listed = cloud.s3.list_objects_v2(Bucket=BUCKET, Prefix=document.markdown_prefix)
    assert "Contents" not in listed
