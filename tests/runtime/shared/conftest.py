"""An embedded AWS with one bucket that keeps versions, and clients as functions have them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rampart_local.server import AwsServer
from runtime.shared.clients import s3_client
from runtime.shared.objects import Objects
from runtime.shared.s3_address import S3Address
from runtime.shared.signed_urls import SignedUrls
from runtime.shared.work_folder import UrlSigner, WorkFolder

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

REGION, BUCKET = "eu-central-1", "callers-own"


@dataclass(frozen=True)
class Storage:
    """S3 as a caller and a library function see it."""

    s3: "S3Client"
    endpoint: str

    @property
    def urls(self) -> SignedUrls:
        return SignedUrls(S3Address(REGION, self.endpoint))

    def signer(self, seconds: int = 60) -> UrlSigner:
        return UrlSigner(self.s3, seconds)

    def folder(self, prefix: str) -> WorkFolder:
        return WorkFolder(self.signer(), Objects(self.s3), BUCKET, prefix)

    def put(self, key: str, content: bytes) -> str:
        return self.s3.put_object(Bucket=BUCKET, Key=key, Body=content)["VersionId"]


@pytest.fixture(scope="session")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    server = AwsServer(
        Path(tmp_path_factory.mktemp("aws")),
        region=REGION,
        account="000000000000",
        log=lambda name, line: None,  # noqa: ARG005
    )
    server.start()
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_ENDPOINT_URL": server.endpoint,
        }.items():
            environment.setenv(name, value)
        s3 = s3_client()
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        yield Storage(s3, server.endpoint)
    server.stop()
