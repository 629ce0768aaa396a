"""What a caller sends to a library function and finds after its answer."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import TypeAdapter

from runtime.shared.contracts.content import INLINE_LIMIT_BYTES, Inline, Left, Linked
from runtime.shared.contracts.sentence_transformer import REQUEST, EmbedRequest
from runtime.shared.errors import UnavailableError
from tests.runtime.shared.conftest import BUCKET, Storage

TEXT = TypeAdapter(str)
LARGE = "x" * INLINE_LIMIT_BYTES


def test_small_content_travels_in_the_message_and_nothing_is_written(storage: Storage) -> None:
    # when
    content = storage.folder("small/").offered("texts", ["a"]).content()

    # then
    assert content == Inline(value=["a"])
    assert storage.s3.list_objects_v2(Bucket=BUCKET, Prefix="small/")["KeyCount"] == 0


def test_large_content_waits_in_the_callers_own_folder(storage: Storage) -> None:
    # when
    content = storage.folder("large/").offered("texts", LARGE).content()

    # then
    assert isinstance(content, Linked)
    assert json.loads(storage.urls.read(content.url, 10**6)) == LARGE
    found = storage.s3.list_objects_v2(Bucket=BUCKET, Prefix="large/").get("Contents", [])
    assert [each.get("Key") for each in found] == ["large/texts.json"]


def test_a_new_attempt_signs_anew_and_writes_nothing_again(storage: Storage) -> None:
    # given
    folder = storage.folder("again/")
    offered = folder.offered("texts", LARGE)
    before = storage.s3.list_object_versions(Bucket=BUCKET, Prefix="again/")["Versions"]

    # when
    first, second = offered.content(), offered.content()

    # then
    assert first is not second
    assert storage.s3.list_object_versions(Bucket=BUCKET, Prefix="again/")["Versions"] == before


def test_a_url_lives_as_long_as_the_caller_waits(storage: Storage) -> None:
    # given
    signer = storage.signer(seconds=330)

    # when
    urls = (signer.to_read(BUCKET, "k"), signer.to_write(BUCKET, "k"))

    # then
    for url in urls:
        query = parse_qs(urlsplit(url.get_secret_value()).query)
        assert query["X-Amz-Expires"] == ["330"]
        assert query["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]


def test_a_url_is_in_the_message_and_in_no_text_about_it(storage: Storage) -> None:
    # given
    folder = storage.folder("texts/")
    request = EmbedRequest(
        texts=folder.offered("texts", LARGE).content(), vectors_url=folder.place("vectors")
    )

    # when
    message = request.model_dump_json()

    # then
    assert message.count("X-Amz-Signature=") == 2
    assert REQUEST.validate_json(message) == request
    for text in (repr(request), str(request), f"{request.model_dump()}"):
        assert "X-Amz" not in text
    with pytest.raises(ValueError, match="surprise") as refused:
        EmbedRequest.model_validate({"surprise": "https://b/k?X-Amz-Signature=1"})
    assert "X-Amz" not in str(refused.value)


@pytest.mark.parametrize("left", [None, b"7", b"{"], ids=["nothing", "another type", "no JSON"])
def test_a_result_that_is_not_what_was_promised_may_come_another_time(
    storage: Storage, left: bytes | None
) -> None:
    # given
    folder = storage.folder(f"broken/{left!r}/")
    if left is not None:
        storage.urls.write(folder.place("markdown"), left)

    # when, then
    with pytest.raises(UnavailableError, match="markdown"):
        folder.result("markdown", Left(), TEXT)
    with pytest.raises(UnavailableError, match="markdown"):
        folder.result("markdown", Inline(value=["confidential"]), TEXT)
