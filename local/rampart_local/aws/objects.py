"""Objects that a program puts into buckets, from files, folders or text."""

import base64
import hashlib
from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.assets import content
from rampart_local.aws.registry import Created, creates, given
from rampart_local.clients import Clients


@creates("aws:s3/bucketObjectv2:BucketObjectv2", again=True)
def _object(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    body = _body(inputs)
    bucket, key = inputs["bucket"], inputs["key"]
    request: dict[str, Any] = given(
        inputs,
        "contentType",
        "cacheControl",
        "contentEncoding",
        "storageClass",
        "metadata",
        "serverSideEncryption",
        SSEKMSKeyId="kmsKeyId",
    )
    answer = aws.s3.put_object(Bucket=bucket, Key=key, Body=body, **request)
    return f"{bucket}/{key}", {
        "arn": f"arn:aws:s3:::{bucket}/{key}",
        "etag": answer.get("ETag", "").strip('"'),
        "key": key,
        "versionId": answer.get("VersionId", ""),
        "checksumSha256": base64.b64encode(hashlib.sha256(body).digest()).decode(),
    }


def _body(inputs: dict[str, Any]) -> bytes:
    if "source" in inputs:
        return content(inputs["source"])
    if "contentBase64" in inputs:
        return base64.b64decode(inputs["contentBase64"])
    return str(inputs.get("content", "")).encode()
