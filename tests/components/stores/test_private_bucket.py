from typing import Any

import pytest
from pulumi import Output

from pulumi_rampart.stores.private_bucket import PrivateBucket, PrivateBucketArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import ACCOUNT, KEY, recorded, refusal, statements

LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
ENCRYPTION = (
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
)
POLICY = "aws:s3/bucketPolicy:BucketPolicy"


def bucket(args: PrivateBucketArgs) -> Graph:
    return recorded(lambda: PrivateBucket("files", args))


def test_nothing_makes_it_public() -> None:
    # when
    graph = bucket({})

    # then
    block = graph.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "files-private")
    assert [block.inputs[key] for key in sorted(block.inputs) if key != "bucket"] == [True] * 4
    ownership = graph.one(
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls", "files-ownership"
    )
    assert ownership.inputs["rule"] == {"objectOwnership": "BucketOwnerEnforced"}


def test_nobody_reads_it_without_tls() -> None:
    # when
    graph = bucket({})

    # then
    (only,) = statements(graph.one(POLICY, "files-policy").inputs["policy"])
    assert (only["Effect"], only["Principal"], only["Action"]) == ("Deny", "*", "s3:*")
    assert only["Resource"] == ["arn:aws:s3:::files", "arn:aws:s3:::files/*"]
    assert only["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_objects_are_encrypted_with_the_customer_key_if_there_is_one() -> None:
    # when
    (rule,) = bucket({"key_arn": KEY}).one(ENCRYPTION, "files-encryption").inputs["rules"]
    (without,) = bucket({}).one(ENCRYPTION, "files-encryption").inputs["rules"]

    # then
    assert rule["applyServerSideEncryptionByDefault"] == {
        "sseAlgorithm": "aws:kms",
        "kmsMasterKeyId": KEY,
    }
    assert without["applyServerSideEncryptionByDefault"] == {"sseAlgorithm": "AES256"}


def test_nothing_is_overwritten_and_old_versions_go_after_a_month() -> None:
    # when
    graph = bucket({})

    # then
    versioning = graph.one("aws:s3/bucketVersioning:BucketVersioning", "files-versioning")
    assert versioning.inputs["versioningConfiguration"] == {"status": "Enabled"}
    lifecycle = graph.one(LIFECYCLE, "files-lifecycle")
    (rule,) = lifecycle.inputs["rules"]
    assert rule["noncurrentVersionExpiration"] == {"noncurrentDays": 30}
    assert rule["expiration"] == {"expiredObjectDeleteMarker": True}
    assert versioning.urn in lifecycle.dependencies


def test_what_expires_is_named_by_prefix_or_tag_or_both() -> None:
    # when
    graph = bucket(
        {
            "expire": [
                {"prefix": "work/", "days": 1},
                {"prefix": "", "tag": "kind=thumbnail", "days": 90},
                {"prefix": "a/", "tag": "kind=draft", "days": 7},
                {"prefix": "", "days": 365},
            ]
        }
    )

    # then
    _, *rules = graph.one(LIFECYCLE, "files-lifecycle").inputs["rules"]
    assert [(one["id"], one["filter"], one["expiration"]["days"]) for one in rules] == [
        ("expire-work", {"prefix": "work/"}, 1),
        ("expire-kind=thumbnail", {"tag": {"key": "kind", "value": "thumbnail"}}, 90),
        ("expire-kind=draft", {"and": {"prefix": "a/", "tags": {"kind": "draft"}}}, 7),
        ("expire-all", {"prefix": ""}, 365),
    ]


def test_rules_about_the_same_keys_have_ids_of_their_own_of_at_most_255_letters() -> None:
    # given: what S3 takes as filters, and would refuse as ids
    long = "a" * 400

    # when
    graph = bucket(
        {
            "expire": [
                {"prefix": "a/", "tag": "kind=draft", "days": 1},
                {"prefix": "b/", "tag": "kind=draft", "days": 2},
                {"prefix": "a", "days": 3},
                {"prefix": "a/", "days": 4},
                {"prefix": "a-2", "days": 5},
                {"prefix": f"{long}x", "days": 6},
                {"prefix": f"{long}y", "days": 7},
            ]
        }
    )

    # then
    ids = [one["id"] for one in graph.one(LIFECYCLE, "files-lifecycle").inputs["rules"]]
    assert ids[:5] == [
        "old-versions",
        "expire-kind=draft",
        "expire-kind=draft-2",
        "expire-a",
        "expire-a-2",
    ]
    assert len(set(ids)) == len(ids) == 8
    assert max(len(one) for one in ids) <= 255


def test_a_key_that_only_a_deployment_knows_is_a_customer_key_too() -> None:
    # when
    graph = recorded(lambda: PrivateBucket("files", {"key_arn": Output.from_input(KEY)}))

    # then
    (rule,) = graph.one(ENCRYPTION, "files-encryption").inputs["rules"]
    assert rule["applyServerSideEncryptionByDefault"]["sseAlgorithm"] == "aws:kms"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (
            {"deliveries_from": "logging.s3.amazonaws.com"},
            "files.account_id: is missing; a service that delivers for any account could be made",
        ),
        (
            {"deliveries_from": "s3", "account_id": ACCOUNT},
            "files.deliveries_from='s3': must match ",
        ),
        (
            {"kms_key_id": KEY},
            "files.kms_key_id: there is no such argument; did you mean `key_arn`? Allowed are ",
        ),
        ({"key_arn": 3}, "files.key_arn=3: a text is wanted, not int."),
        ({"expire": "work/"}, "files.expire='work/': a list is wanted; put the text in brackets."),
        ({"intelligent_tiering": 1}, "files.intelligent_tiering=1: true or false is wanted, not"),
    ],
)
def test_what_is_wrong_is_refused_by_its_name(wrong: dict[str, Any], why: str) -> None:
    # given
    args: PrivateBucketArgs = {**wrong}  # type: ignore[typeddict-item]  # wrong on purpose

    # when
    message = refusal(lambda: PrivateBucket("files", args))

    # then
    assert message.startswith(why)


def test_a_service_may_deliver_for_this_account_only_if_it_is_named() -> None:
    # when
    graph = bucket({"deliveries_from": "logging.s3.amazonaws.com", "account_id": ACCOUNT})

    # then
    _, allowed = statements(graph.one(POLICY, "files-policy").inputs["policy"])
    assert allowed["Principal"] == {"Service": "logging.s3.amazonaws.com"}
    assert allowed["Action"] == "s3:PutObject"
    assert allowed["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def test_who_read_what_is_written_down_below_the_buckets_name() -> None:
    # when
    graph = bucket({"access_log_bucket": "logs"})

    # then
    logging = graph.one("aws:s3/bucketLogging:BucketLogging", "files-logging").inputs
    assert (logging["targetBucket"], logging["targetPrefix"]) == ("logs", "files/")


def test_whoever_uses_the_bucket_waits_until_it_is_closed() -> None:
    # when
    graph = bucket({})

    # then: S3 refuses to change the policy and the block at the same time
    policy = graph.one(POLICY, "files-policy")
    block = graph.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "files-private")
    assert block.urn in policy.dependencies
