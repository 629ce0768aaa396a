"""One set of laws for signed URLs, with S3 behind them and without."""

from dataclasses import dataclass

import pytest
from pydantic import SecretStr

from runtime.shared.errors import InvalidRequestError, RejectedError
from runtime.shared.signed_urls import Transfer
from tests.runtime.libraries.fake_urls import FakeUrls
from tests.runtime.shared.conftest import BUCKET, Storage


@dataclass
class Place:
    """A transfer, and two URLs for one object."""

    urls: Transfer
    to_read: SecretStr
    to_write: SecretStr


@pytest.fixture(params=["s3", "fake"])
def place(request: pytest.FixtureRequest, storage: Storage) -> Place:
    if request.param == "fake":
        return Place(FakeUrls(), SecretStr("a"), SecretStr("a"))
    key, signer = f"laws/{request.node.name}", storage.signer()
    return Place(storage.urls, signer.to_read(BUCKET, key), signer.to_write(BUCKET, key))


def test_what_was_written_is_read_and_the_last_writer_counts(place: Place) -> None:
    # when
    place.urls.write(place.to_write, b"first")
    place.urls.write(place.to_write, b"second")

    # then
    assert place.urls.read(place.to_read, 6) == b"second"


def test_nothing_there_is_the_requests_fault(place: Place) -> None:
    with pytest.raises(InvalidRequestError):
        place.urls.read(place.to_read, 6)


def test_more_than_allowed_is_too_large(place: Place) -> None:
    # given
    place.urls.write(place.to_write, b"second")

    # then
    with pytest.raises(RejectedError) as refused:
        place.urls.read(place.to_read, 5)
    assert refused.value.code == "too_large"
