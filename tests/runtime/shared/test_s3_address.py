"""A signed URL may lead to S3 of the function's own region, and nowhere else."""

import pytest
from pydantic import SecretStr

from runtime.shared.errors import InvalidRequestError
from runtime.shared.s3_address import S3Address

SIGNED = "?versionId=v1&X-Amz-Expires=60&X-Amz-Signature=5ec4e7"
AWS = S3Address("eu-central-1")
LAPTOP = S3Address("eu-central-1", "http://127.0.0.1:4566")


@pytest.mark.parametrize(
    "url",
    [
        "https://documents-1a2b.s3.eu-central-1.amazonaws.com/uploads/acme/a%20b.pdf",
        "https://my.dotted.bucket.s3.eu-central-1.amazonaws.com/key",
        "https://s3.eu-central-1.amazonaws.com/my.dotted.bucket/key",
        "https://documents.s3.eu-central-1.amazonaws.com:443/key",
        "HTTPS://Documents.S3.eu-central-1.AmazonAWS.com/key",
    ],
)
def test_a_bucket_of_the_own_region_is_reached(url: str) -> None:
    # when
    place = AWS.checked(SecretStr(url + SIGNED))

    # then
    assert (place.scheme, place.port or 443) == ("https", 443)
    assert (place.host or "").endswith("s3.eu-central-1.amazonaws.com")


@pytest.mark.parametrize(
    "url",
    [
        "http://documents.s3.eu-central-1.amazonaws.com/key",
        "https://documents.s3.us-east-1.amazonaws.com/key",
        "https://documents.s3.amazonaws.com/key",
        "https://documents.s3.eu-central-1.amazonaws.com:8443/key",
        "https://documents.s3.eu-central-1.amazonaws.com.example.com/key",
        "https://documents.s3-eu-central-1.amazonaws.com/key",
        "https://s3xeu-central-1.amazonaws.com/key",
        "https://dynamodb.eu-central-1.amazonaws.com/key",
        "https://evil.example.com/.s3.eu-central-1.amazonaws.com/key",
        "https://user:pass@documents.s3.eu-central-1.amazonaws.com/key",
        "https://documents.s3.eu-central-1.amazonaws.com@evil.example.com/key",
        "https://evil.example.com\\.s3.eu-central-1.amazonaws.com/key",
        "https://evil.example.com#.s3.eu-central-1.amazonaws.com/key",
        "https://[::ffff:169.254.169.254]/latest/meta-data",
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1:4566/bucket/key",
        "http://localhost:9001/2018-06-01/runtime/invocation/next",
        "file:///etc/passwd",
        "gopher://documents.s3.eu-central-1.amazonaws.com/key",
        "//documents.s3.eu-central-1.amazonaws.com/key",
        "documents.s3.eu-central-1.amazonaws.com/key",
        "https://documents.s3.eu-central-1.amazonaws.com:x/key",
        "https://",
        "",
    ],
)
def test_any_other_place_is_refused_without_repeating_the_url(url: str) -> None:
    # when
    with pytest.raises(InvalidRequestError) as refused:
        AWS.checked(SecretStr(url + SIGNED))

    # then
    assert "5ec4e7" not in str(refused.value)
    assert "evil" not in str(refused.value)


def test_an_address_that_nobody_signed_is_refused() -> None:
    # given
    url = "https://documents.s3.eu-central-1.amazonaws.com/key?versionId=v1"

    # when, then
    with pytest.raises(InvalidRequestError, match="not signed"):
        AWS.checked(SecretStr(url))


def test_on_a_laptop_its_endpoint_is_the_only_place() -> None:
    # when
    place = LAPTOP.checked(SecretStr(f"http://127.0.0.1:4566/documents/key{SIGNED}"))

    # then
    assert (place.host, place.port) == ("127.0.0.1", 4566)
    for url in (
        "http://127.0.0.1:4567/documents/key",
        "http://127.0.0.1/documents/key",
        "https://127.0.0.1:4566/documents/key",
        "http://localhost:4566/documents/key",
        "https://documents.s3.eu-central-1.amazonaws.com/key",
    ):
        with pytest.raises(InvalidRequestError):
            LAPTOP.checked(SecretStr(url + SIGNED))


@pytest.mark.parametrize("endpoint", ["http://10.0.0.9:4566", "http://example.com", "ftp://a.b"])
def test_plain_http_is_for_this_machine_only(endpoint: str) -> None:
    with pytest.raises(ValueError, match="AWS_ENDPOINT_URL"):
        S3Address("eu-central-1", endpoint)


def test_the_regions_of_china_have_a_domain_of_their_own() -> None:
    # given
    url = f"https://documents.s3.cn-north-1.amazonaws.com.cn/key{SIGNED}"

    # then
    assert S3Address("cn-north-1").checked(SecretStr(url))
    with pytest.raises(InvalidRequestError):
        AWS.checked(SecretStr(url))


def test_the_address_is_what_lambda_and_the_sdks_read(monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    monkeypatch.setenv("AWS_REGION", "us-west-2")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)

    # when
    address = S3Address.read()

    # then
    assert address.checked(SecretStr(f"https://b-1.s3.us-west-2.amazonaws.com/k{SIGNED}"))
