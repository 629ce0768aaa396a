"""One bucket that keeps versions, and clients as functions have them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from rampart_local.server import AwsServer
from runtime.shared.clients import s3_client
from runtime.shared.objects import Objects
from runtime.shared.s3_address import S3Address
from runtime.shared.signed_urls import SignedUrls
from runtime.shared.work_folder import UrlSigner, WorkFolder
from tests.runtime.conftest import REGION

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

BUCKET = "callers-own"


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
def storage(aws: AwsServer) -> Storage:
    s3 = s3_client()
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    return Storage(s3, aws.endpoint)
