"""How long objects stay, as lifecycle rules."""

from typing import NotRequired, TypedDict

from pulumi_aws.s3 import (
    BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs as _AbortUpload,
)
from pulumi_aws.s3 import BucketLifecycleConfigurationRuleArgs as _Rule
from pulumi_aws.s3 import BucketLifecycleConfigurationRuleExpirationArgs as _Expiration
from pulumi_aws.s3 import BucketLifecycleConfigurationRuleFilterAndArgs as _Both
from pulumi_aws.s3 import BucketLifecycleConfigurationRuleFilterArgs as _Filter
from pulumi_aws.s3 import BucketLifecycleConfigurationRuleFilterTagArgs as _Tag
from pulumi_aws.s3 import (
    BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs as _OldVersions,
)
from pulumi_aws.s3 import BucketLifecycleConfigurationRuleTransitionArgs as _Transition

NONCURRENT_DAYS = 30
ABORT_UPLOAD_DAYS = 7


class Expiry(TypedDict):
    """Objects that do not stay."""

    prefix: str
    """Keys that expire; empty for all."""
    tag: NotRequired[str]
    """`key=value` that objects carry to expire. Default all of them."""
    days: int
    """After how many days."""


def lifecycle_rules(expire: list[Expiry], *, intelligent_tiering: bool) -> list[_Rule]:
    """Return the rules of a versioned bucket: old versions and broken uploads always go."""
    rules = [
        _Rule(
            id="old-versions",
            status="Enabled",
            filter=_Filter(prefix=""),
            noncurrent_version_expiration=_OldVersions(noncurrent_days=NONCURRENT_DAYS),
            expiration=_Expiration(expired_object_delete_marker=True),
            abort_incomplete_multipart_upload=_AbortUpload(days_after_initiation=ABORT_UPLOAD_DAYS),
        )
    ]
    rules.extend(
        _Rule(
            id=f"expire-{expiry.get('tag', expiry['prefix'].strip('/')) or 'all'}",
            status="Enabled",
            filter=_filter(expiry),
            expiration=_Expiration(days=int(expiry["days"])),
        )
        for expiry in expire
    )
    if intelligent_tiering:
        rules.append(
            _Rule(
                id="intelligent-tiering",
                status="Enabled",
                filter=_Filter(prefix=""),
                # At once: in this class S3 watches how often an object is read.
                transitions=[_Transition(days=0, storage_class="INTELLIGENT_TIERING")],
            )
        )
    return rules


def _filter(expiry: Expiry) -> _Filter:
    key, _, value = expiry.get("tag", "").partition("=")
    if not key:
        return _Filter(prefix=expiry["prefix"])
    if not expiry["prefix"]:
        return _Filter(tag=_Tag(key=key, value=value))
    return _Filter(and_=_Both(prefix=expiry["prefix"], tags={key: value}))
