"""Objects with all their versions, in a real bucket that keeps them."""

from uuid import uuid4

import pytest

from runtime.shared.deletions import Counts
from runtime.shared.object_versions import ObjectVersions, Version
from tests.runtime.shared.conftest import BUCKET, Storage


@pytest.fixture
def key() -> str:
    return f"acme/{uuid4()}"


def test_a_removed_object_leaves_no_version_and_no_marker(storage: Storage, key: str) -> None:
    # given
    storage.put(key, b"first")
    storage.put(key, b"second")
    versions = ObjectVersions(storage.s3, BUCKET)

    # when
    counts = versions.remove(key)

    # then
    assert counts == Counts(before=2, after=0)
    assert versions.below(key) == []


def test_an_object_whose_key_only_begins_alike_stays(storage: Storage, key: str) -> None:
    # given
    storage.put(key, b"this")
    storage.put(f"{key}.old", b"another")
    versions = ObjectVersions(storage.s3, BUCKET)

    # when
    counts = versions.remove(key)

    # then
    assert counts == Counts(before=1, after=0)
    assert [one.key for one in versions.below(key)] == [f"{key}.old"]


def test_one_that_does_not_exist_is_no_error_and_leaves_nothing(storage: Storage, key: str) -> None:
    # given
    versions = ObjectVersions(storage.s3, BUCKET)

    # then
    assert versions.remove(key) == Counts(before=0, after=0)
    assert versions.below(key) == []


def test_content_that_comes_while_it_is_removed_stays(storage: Storage, key: str) -> None:
    # given
    storage.put(key, b"old")

    class Meanwhile(ObjectVersions):
        def erase(self, versions: list[Version]) -> None:
            storage.put(key, b"new")
            super().erase(versions)

    # when
    Meanwhile(storage.s3, BUCKET).remove(key)

    # then
    assert storage.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() == b"new"
    assert len(ObjectVersions(storage.s3, BUCKET).below(key)) == 1
