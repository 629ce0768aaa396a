"""What deletion leaves of versioned objects, and of its receipt, in a real bucket and table."""

import pytest

from runtime.knowledge.document_processor.bucket import S3Uploads
from runtime.knowledge.document_processor.deletions import DynamoDeletions
from runtime.knowledge.document_processor.folders import DeletedUploads, Folder
from runtime.shared.deletions import Counts, Deletion
from runtime.shared.documents import Document, named
from runtime.shared.object_versions import ObjectVersions
from tests.runtime.knowledge.cloud import BUCKET, Cloud, new_tenant
from tests.runtime.knowledge.document_processor.world import version_of

OLD = version_of("old")


@pytest.fixture
def document() -> Document:
    return named(new_tenant(), "manual.md")


def test_erasing_a_folder_leaves_no_version_of_any_object_in_it(
    cloud: Cloud, document: Document
) -> None:
    # given
    versions = ObjectVersions(cloud.s3, BUCKET)
    work = Folder(versions, lambda one: one.work_folder)
    for name in ("a", "a", "b"):
        key = f"{document.work_prefix(OLD)}{name}.json"
        cloud.s3.put_object(Bucket=BUCKET, Key=key, Body=b"full text")
    cloud.s3.delete_object(Bucket=BUCKET, Key=f"{document.work_prefix(OLD)}b.json")
    before = work.count(document, None)
    # when
    work.delete(document, None)
    # then
    assert (before, work.count(document, None)) == (4, 0)
    assert versions.below(document.work_folder) == []


def test_of_deleted_uploads_every_version_is_erased_and_a_file_that_came_since_stays(
    cloud: Cloud, document: Document
) -> None:
    # given
    versions, key = ObjectVersions(cloud.s3, BUCKET), document.upload_key("manual.md")
    uploads = DeletedUploads(versions, lambda one: one.uploads_prefix)
    for body in (b"old", b"new"):
        cloud.s3.put_object(Bucket=BUCKET, Key=key, Body=body)
    cloud.s3.delete_object(Bucket=BUCKET, Key=key)
    deleted = versions.current(key)
    cloud.s3.put_object(Bucket=BUCKET, Key=key, Body=b"since")
    before = uploads.count(document, None)
    # when
    uploads.delete(document, None)
    # then
    assert deleted is None
    assert (before, uploads.count(document, None)) == (3, 0)
    [left] = versions.below(document.uploads_prefix)
    assert left.version_id == versions.current(key)
    assert cloud.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() == b"since"


def test_a_refused_file_is_erased_and_what_lay_below_is_current_again(
    cloud: Cloud, document: Document
) -> None:
    # given
    uploads, key = S3Uploads(cloud.s3, BUCKET), document.upload_key("manual.md")
    cloud.s3.put_object(Bucket=BUCKET, Key=key, Body=b"old")
    cloud.s3.put_object(Bucket=BUCKET, Key=key, Body=b"new", Metadata={"announced": "2026"})
    late = uploads.current(key)
    assert late is not None
    # when
    uploads.discard(late)
    # then
    below = uploads.current(key)
    assert below is not None
    assert (late.announced_at, below.announced_at) == ("2026", None)
    assert uploads.digest(below) == OLD


def test_a_receipt_is_kept_and_an_older_deletion_does_not_replace_a_newer_one(
    cloud: Cloud, document: Document
) -> None:
    # given
    deletions = DynamoDeletions(cloud.documents)
    newer = Deletion(document_id=document.document_id, requested_at="2026-02")
    deletions.keep(document, newer)
    done = newer.model_copy(update={"stores": {"graph": Counts(before=2, after=0)}}).done("2026-03")
    # when
    deletions.keep(document, done)
    deletions.keep(document, newer.model_copy(update={"requested_at": "2026-01"}))
    # then
    found = deletions.find(document)
    assert found is not None
    assert found == done
    assert found.sum() == found.checksum
