"""How long objects stay, as lifecycle rules."""

from collections.abc import Sequence
from typing import Annotated, NotRequired, TypedDict

from pulumi_aws.s3 import BucketLifecycleConfigurationRuleArgsDict as LifecycleRule
from pulumi_aws.s3 import BucketLifecycleConfigurationRuleFilterArgsDict as LifecycleFilter

from pulumi_rampart.arguments import AlsoCalled, Between, Length, Matching

NONCURRENT_DAYS = 30
ABORT_UPLOAD_DAYS = 7
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html: a positive integer,
# of 32 bits in the service's model.
MAX_DAYS = 2**31 - 1
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
MAX_KEY_LENGTH = 1024
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html
MAX_ID_LENGTH = 255
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
_TAG_LETTERS = r"\w \-+=.:/@"
TAG = Matching(
    rf"[{_TAG_LETTERS.replace('=', '')}]{{1,128}}=[{_TAG_LETTERS}]{{0,256}}",
    "write the tag as key=value, a key of at most 128 and a value of at most 256 letters, digits, "
    "spaces and + - = . _ : / @.",
)


class Expiry(TypedDict):
    """Objects that do not stay."""

    prefix: Annotated[str, Length(0, MAX_KEY_LENGTH, "no key is longer.")]
    """Beginning of the keys that expire, not a pattern; at most 1024 characters, empty for all."""
    tag: NotRequired[Annotated[str, TAG]]
    """`key=value` that objects carry to expire. Default all of them."""
    days: Annotated[
        int,
        AlsoCalled(("expiration_days",)),
        Between(1, MAX_DAYS, "S3 counts days from the day after an object was made."),
    ]
    """After how many days, at least 1."""


# A configuration has at most 1,000 rules, and two are the bucket's own.
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
MAX_EXPIRIES = 998
Expiries = Annotated[
    list[Expiry],
    AlsoCalled(("lifecycle", "lifecycle_rules", "expiration")),
    Length(0, MAX_EXPIRIES, "S3 takes 1000 rules a bucket, and two are always there."),
]


def lifecycle_rules(expire: Sequence[Expiry], *, intelligent_tiering: bool) -> list[LifecycleRule]:
    """Return the rules of a versioned bucket: old versions and broken uploads always go.

    Args:
        expire: objects that go too.
        intelligent_tiering: whether S3 moves objects that nobody reads to cheaper tiers.
    """
    rules: list[LifecycleRule] = [
        {
            "id": "old-versions",
            "status": "Enabled",
            "filter": {"prefix": ""},
            "noncurrent_version_expiration": {"noncurrent_days": NONCURRENT_DAYS},
            "expiration": {"expired_object_delete_marker": True},
            "abort_incomplete_multipart_upload": {"days_after_initiation": ABORT_UPLOAD_DAYS},
        }
    ]
    ids: list[str] = []
    for expiry in expire:
        ids.append(_id(expiry, ids))
        rules.append(
            {
                "id": ids[-1],
                "status": "Enabled",
                "filter": _filter(expiry),
                "expiration": {"days": expiry["days"]},
            }
        )
    if intelligent_tiering:
        rules.append(
            {
                "id": "intelligent-tiering",
                "status": "Enabled",
                "filter": {"prefix": ""},
                # At once: in this class S3 watches how often an object is read.
                "transitions": [{"days": 0, "storage_class": "INTELLIGENT_TIERING"}],
            }
        )
    return rules


def _id(expiry: Expiry, taken: Sequence[str]) -> str:
    """Return a rule's id, which S3 wants to be unique: one prefix with two tags has two rules."""
    about = expiry.get("tag", expiry["prefix"].strip("/")) or "all"
    # Room for a number behind it.
    first = f"expire-{about}"[: MAX_ID_LENGTH - 4]
    numbered = (f"{first}-{n}" for n in range(2, MAX_EXPIRIES + 2))
    return next(each for each in (first, *numbered) if each not in taken)


def _filter(expiry: Expiry) -> LifecycleFilter:
    key, _, value = expiry.get("tag", "").partition("=")
    if not key:
        return {"prefix": expiry["prefix"]}
    if not expiry["prefix"]:
        return {"tag": {"key": key, "value": value}}
    return {"and_": {"prefix": expiry["prefix"], "tags": {key: value}}}
