"""Buckets, tables, keys, secrets, images, streams, caches, file systems and search domains."""

from typing import Any

from rampart_policies import aws
from tests.policies.pair import Pair, pair, same, switch
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
BUCKET = made(aws.BUCKET[0], "papers")
US = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
READER = {"AWS": f"arn:aws:iam::{ACCOUNT}:role/reader"}
OTHER = {"AWS": "arn:aws:iam::999988887777:root"}
BLOCK = dict.fromkeys(
    ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), True
)
TABLE: dict[str, Any] = {"name": "orders", "hashKey": "id", "billingMode": "PAY_PER_REQUEST"}


def beside(kind: str, **inputs: Any) -> list[Made]:  # noqa: ANN401  # wire values are any JSON
    """Make a bucket and what belongs to it."""
    return [BUCKET, made(kind, bucket=BUCKET.id, **inputs)]


def block(without: str = "") -> list[Made]:
    return beside(
        aws.BUCKET_PUBLIC_ACCESS_BLOCK, **{**BLOCK, **({without: False} if without else {})}
    )


def blocked(setting: str) -> Pair:
    """One setting of the public access block, on and off."""
    return pair(block(), block(setting))


def acl(value: str) -> list[Made]:
    return beside(aws.BUCKET_ACL[0], acl=value)


def granted(permission: str, grantee: dict[str, str]) -> list[Made]:
    grants = [{"permission": permission, "grantee": grantee}]
    policy = {"owner": {"id": "o"}, "grants": grants}
    return beside(aws.BUCKET_ACL[0], accessControlPolicy=policy)


def bucket_policy(*statements: dict[str, Any]) -> list[Made]:
    return beside(aws.BUCKET_POLICY, policy=document(*statements))


def encrypted(**default: str) -> list[Made]:
    rules = [{"applyServerSideEncryptionByDefault": default}]
    return beside(aws.BUCKET_ENCRYPTION[0], rules=rules)


def lifecycle(**rule: Any) -> list[Made]:  # noqa: ANN401  # wire values are any JSON
    given = {"id": "all", "status": "Enabled", "filter": {}, **rule}
    return beside(aws.BUCKET_LIFECYCLE[0], rules=[given])


ALL_USERS = {"type": "Group", "uri": "http://acs.amazonaws.com/groups/global/AllUsers"}
SIGNED_IN = {"type": "Group", "uri": "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"}
OWNER = {"type": "CanonicalUser", "id": "o"}
READ = allow("s3:GetObject", f"{BUCKET.arn}/*", Principal=READER)
TLS = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": [BUCKET.arn, f"{BUCKET.arn}/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
PUBLIC = acl("public-read")[1]
VERSIONED = beside(aws.BUCKET_VERSIONING[0], versioningConfiguration={"status": "Enabled"})
EXPIRES = {"expiration": {"days": 90}, "noncurrentVersionExpiration": {"noncurrentDays": 30}}
SUSPENDED = {"versioningConfiguration": {"status": "Suspended"}}
LOGGED = beside(aws.BUCKET_LOGGING[0], targetBucket="logs", targetPrefix="s3/")
ADMIN = allow("kms:*", Principal=US)
SECRET = made(aws.SECRET, "login")
ROTATION = made(
    aws.SECRET_ROTATION, secretId=SECRET.id, rotationRules={"automaticallyAfterDays": 30}
)
SLOW = {"rotationRules": {"automaticallyAfterDays": 400}}
LEVEL = {"name": "/shop/level", "value": "info"}
IMAGES = made(aws.ECR_REPOSITORY, "images")
NO_TRUTH = {"good": True, "bad": False}


def targets(*kinds: str) -> list[Made]:
    made_of = [made(aws.DYNAMODB_TABLE, "orders", name="orders", billingMode="PROVISIONED")]
    for kind in kinds:
        inputs = {
            "resourceId": "table/orders",
            "scalableDimension": f"dynamodb:table:{kind}CapacityUnits",
            "serviceNamespace": "dynamodb",
        }
        made_of += [made(aws.AUTOSCALING_TARGET, kind, **inputs)]
        made_of += [made(aws.AUTOSCALING_POLICY, kind, **inputs)]
    return made_of


def images(principal: object) -> list[Made]:
    statement = {"Effect": "Allow", "Action": "ecr:BatchGetImage", "Principal": principal}
    return [IMAGES, made(aws.ECR_POLICY, repository=IMAGES.id, policy=document(statement))]


PAIRS = {
    "CKV_AWS_53": blocked("blockPublicAcls"),
    "CKV_AWS_54": blocked("blockPublicPolicy"),
    "CKV_AWS_55": blocked("ignorePublicAcls"),
    "CKV_AWS_56": blocked("restrictPublicBuckets"),
    **same(pair(block(), BUCKET), "CKV2_AWS_6", "S2", "S3.8"),
    "S3.1": pair(
        made(aws.BUCKET_ACCOUNT_ACCESS_BLOCK, **BLOCK),
        made(aws.BUCKET_ACCOUNT_ACCESS_BLOCK, **{**BLOCK, "blockPublicAcls": False}),
    ),
    **same(pair(acl("private"), acl("public-read")), "CKV_AWS_20", "S3.2"),
    **same(pair(acl("private"), acl("public-read-write")), "CKV_AWS_57", "S3.3"),
    "CKV_AWS_375": pair(granted("FULL_CONTROL", OWNER), granted("FULL_CONTROL", ALL_USERS)),
    "CKV2_AWS_43": pair(granted("READ", OWNER), granted("READ", SIGNED_IN)),
    **same(
        pair(
            beside(aws.BUCKET_OWNERSHIP, rule={"objectOwnership": "BucketOwnerEnforced"}),
            beside(aws.BUCKET_OWNERSHIP, rule={"objectOwnership": "ObjectWriter"}),
        ),
        *("CKV2_AWS_65", "S3.12"),
    ),
    "CKV_AWS_70": pair(
        bucket_policy(READ),
        bucket_policy(allow("s3:GetObject", f"{BUCKET.arn}/*", Principal={"AWS": "*"})),
    ),
    "S3.6": pair(
        bucket_policy(READ),
        bucket_policy(allow("s3:PutBucketPolicy", BUCKET.arn, Principal=OTHER)),
    ),
    **same(
        pair([*bucket_policy(READ, TLS), PUBLIC], [*bucket_policy(READ), PUBLIC]),
        "CKV_AWS_379",
        "S10",
        "S3.5",
    ),
    "CKV_AWS_19": pair(encrypted(sseAlgorithm="aws:kms", kmsMasterKeyId=KEY), BUCKET),
    "CKV_AWS_145": pair(
        encrypted(sseAlgorithm="aws:kms", kmsMasterKeyId=KEY), encrypted(sseAlgorithm="AES256")
    ),
    "CKV_AWS_21": pair(VERSIONED, BUCKET, beside(aws.BUCKET_VERSIONING[0], **SUSPENDED)),
    **same(pair(LOGGED, BUCKET), "CKV_AWS_18", "S1", "S3.9"),
    "CKV_AWS_300": pair(
        lifecycle(abortIncompleteMultipartUpload={"daysAfterInitiation": 7}),
        lifecycle(expiration={"days": 90}),
    ),
    **same(pair(lifecycle(**EXPIRES), BUCKET), "CKV2_AWS_61", "S3.13"),
    "S3.10": pair([*VERSIONED, lifecycle(**EXPIRES)[1]], VERSIONED),
    **same(
        switch(aws.DYNAMODB_TABLE, "pointInTimeRecovery.enabled", **NO_TRUTH, **TABLE),
        *("CKV_AWS_28", "DDB3", "DynamoDB.2"),
    ),
    "CKV_AWS_119": switch(
        aws.DYNAMODB_TABLE,
        "serverSideEncryption",
        {"enabled": True, "kmsKeyArn": KEY},
        {"enabled": True},
        **TABLE,
    ),
    **same(pair(targets("Read", "Write"), targets("Read")), "DynamoDB.1"),
    "CKV2_AWS_16": pair(targets("Read", "Write"), targets()),
    "DynamoDB.6": switch(aws.DYNAMODB_TABLE, "deletionProtectionEnabled", **NO_TRUTH),
    **same(switch(aws.KMS_KEY, "enableKeyRotation", **NO_TRUTH), "CKV_AWS_7", "KMS5"),
    **same(
        switch(
            aws.KMS_KEY,
            "policy",
            document(ADMIN),
            document(ADMIN, allow("kms:*", Principal={"AWS": "*"})),
        ),
        *("CKV_AWS_33", "KMS.5"),
    ),
    "CKV_AWS_227": switch(aws.KMS_KEY, "isEnabled", **NO_TRUTH, enableKeyRotation=True),
    "KMS.3": pair(
        made(aws.KMS_KEY, deletionWindowInDays=30),
        made(aws.KMS_KEY, deletionWindowInDays=7),
    ),
    "CKV2_AWS_64": pair(made(aws.KMS_KEY, policy=document(ADMIN)), made(aws.KMS_KEY)),
    "CKV_AWS_149": switch(aws.SECRET, "kmsKeyId", KEY, None),
    **same(
        pair([SECRET, ROTATION], [SECRET, ROTATION | {"inputs": {**ROTATION["inputs"], **SLOW}}]),
        *("CKV_AWS_304", "SecretsManager.4"),
    ),
    **same(pair([SECRET, ROTATION], SECRET), "CKV2_AWS_57", "SMG4", "SecretsManager.1"),
    "CKV_AWS_337": switch(aws.SSM_PARAMETER, "keyId", KEY, None, type="SecureString", **LEVEL),
    "CKV_AWS_384": switch(
        aws.SSM_PARAMETER, "value", "info", "AKIAIOSFODNN7EXAMPLE", type="String", name="/shop/x"
    ),
    "CKV2_AWS_34": pair(
        made(aws.SSM_PARAMETER, name="/shop/dbPassword", type="SecureString", keyId=KEY),
        made(aws.SSM_PARAMETER, name="/shop/dbPassword", type="String", value="hunter2"),
    ),
    **same(pair(images(READER), images("*")), "CKV_AWS_32", "ECR1"),
    **same(
        switch(aws.ECR_REPOSITORY, "imageTagMutability", "IMMUTABLE", "MUTABLE"),
        *("CKV_AWS_51", "ECR.2"),
    ),
    "CKV_AWS_136": switch(
        aws.ECR_REPOSITORY,
        "encryptionConfigurations",
        [{"encryptionType": "KMS", "kmsKey": KEY}],
        None,
    ),
    **same(
        switch(aws.ECR_REPOSITORY, "imageScanningConfiguration.scanOnPush", **NO_TRUTH),
        *("CKV_AWS_163", "ECR.1"),
    ),
    "ECR.3": pair(
        [IMAGES, made(aws.ECR_LIFECYCLE, repository=IMAGES.id, policy='{"rules": []}')], IMAGES
    ),
}
