"""Every version of the objects below a prefix, in a bucket with versioning.

Deleting an object there only puts a delete marker on top: its content stays until it is deleted
version by version (https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from runtime.shared.aws_errors import calling
from runtime.shared.errors import UnavailableError

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client
    from types_boto3_s3.type_defs import ObjectIdentifierTypeDef

KEYS_PER_CALL = 1000
"""DeleteObjects takes no more."""


@dataclass(frozen=True)
class Version:
    """A version of an object, or a delete marker."""

    key: str
    version_id: str
    is_current: bool
    """Whether it is what readers of the key get now; a delete marker never is."""


class ObjectVersions:
    """Lists and erases versions with the function's own permissions."""

    def __init__(self, s3: "S3Client", bucket: str) -> None:
        self._s3, self._bucket = s3, bucket

    def below(self, prefix: str) -> list[Version]:
        """Return every version and delete marker of every key that begins with `prefix`."""
        found: list[Version] = []
        with calling("s3"):
            pages = self._s3.get_paginator("list_object_versions").paginate(
                Bucket=self._bucket, Prefix=prefix
            )
            for page in pages:
                found += [
                    Version(one["Key"], one["VersionId"], is_current=one["IsLatest"])
                    for one in page.get("Versions", [])
                    if "Key" in one and "VersionId" in one and "IsLatest" in one
                ]
                found += [
                    Version(one["Key"], one["VersionId"], is_current=False)
                    for one in page.get("DeleteMarkers", [])
                    if "Key" in one and "VersionId" in one
                ]
        return found

    def current(self, key: str) -> str | None:
        """Return the id of the object's current version, or None when it is deleted.

        Asks for one entry: S3 lists keys in order, and the versions of each from the newest on.
        """
        with calling("s3"):
            page = self._s3.list_object_versions(Bucket=self._bucket, Prefix=key, MaxKeys=1)
        for one in page.get("Versions", []):
            if one.get("Key") == key and one.get("IsLatest"):
                return one.get("VersionId")
        return None

    def erase(self, versions: list[Version]) -> None:
        """Delete these versions for good; raises UnavailableError when S3 keeps one."""
        for start in range(0, len(versions), KEYS_PER_CALL):
            objects: list[ObjectIdentifierTypeDef] = [
                {"Key": one.key, "VersionId": one.version_id}
                for one in versions[start : start + KEYS_PER_CALL]
            ]
            with calling("s3"):
                answer = self._s3.delete_objects(
                    Bucket=self._bucket, Delete={"Objects": objects, "Quiet": True}
                )
            if kept := answer.get("Errors", []):
                codes = ", ".join(sorted({one.get("Code", "") for one in kept}))
                raise UnavailableError(f"s3 kept {len(kept)} versions: {codes}")
