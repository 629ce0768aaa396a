"""AWS Signer, and the code-signing configuration of functions."""

import uuid
from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import (
    RECORDED_ONLY,
    Created,
    Inputs,
    block,
    creates,
    deletes,
    given,
    pascal,
    physical_name,
)
from rampart_local.clients import Clients

RECORDED_ONLY["aws:lambda/codeSigningConfig:CodeSigningConfig"] = (
    "the embedded AWS has none: functions run whether their code is signed or not"
)


@creates("aws:signer/signingProfile:SigningProfile")
def _profile(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    # Letters, digits and underscores only.
    name = physical_name(resource, 64, separator="_").replace("-", "_")
    request: Any = {"profileName": name, "platformId": inputs["platformId"]}
    if period := block(inputs, "signatureValidityPeriod"):
        request["signatureValidityPeriod"] = {"value": period["value"], "type": period["type"]}
    answer = aws.signer.put_signing_profile(**request)
    return name, {
        "arn": answer["arn"],
        "name": name,
        "version": answer["profileVersion"],
        "versionArn": answer["profileVersionArn"],
        "status": "Active",
    }


def signed_objects(known: Inputs) -> list[Inputs]:
    """Return where a job put what it signed: bucket and key."""
    objects: list[Any] = known.get("signedObjects") or []
    return [place for each in objects for place in each["s3s"]]


@deletes("aws:signer/signingJob:SigningJob")
def _delete_job(aws: Clients, _: str, known: Inputs) -> None:
    for place in signed_objects(known):
        aws.s3.delete_object(Bucket=place["bucket"], Key=place["key"])


@creates(
    "aws:signer/signingJob:SigningJob",
    again=True,
    unenforced="the object is copied to the destination without a signature",
)
def _job(aws: Clients, resource: Registration) -> Created:
    source = resource.inputs["source"]["s3"]
    destination = resource.inputs["destination"]["s3"]
    job = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{resource.urn} {source}"))
    suffix = source["key"].rpartition(".")[2]
    key = f"{destination.get('prefix', '')}{job}.{suffix}"
    copied: Any = pascal(given(source, Bucket="bucket", Key="key", VersionId="version"))
    aws.s3.copy_object(Bucket=destination["bucket"], Key=key, CopySource=copied)
    return job, {
        "jobId": job,
        "status": "Succeeded",
        "signedObjects": [{"s3s": [{"bucket": destination["bucket"], "key": key}]}],
    }
