"""A bucket nobody reaches by accident: what every bucket here is made of.

Creates, in order:
    <name>             aws.s3.Bucket
    <name>-versioning  aws.s3.BucketVersioning                         nothing is overwritten
    <name>-encryption  aws.s3.BucketServerSideEncryptionConfiguration  customer key, if given
    <name>-ownership   aws.s3.BucketOwnershipControls                  no ACLs
    <name>-private     aws.s3.BucketPublicAccessBlock
    <name>-lifecycle   aws.s3.BucketLifecycleConfiguration             old versions expire
    <name>-logging     aws.s3.BucketLogging                            if there is a log bucket
    <name>-policy      aws.s3.BucketPolicy                             TLS only, and who may deliver
"""

from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import s3
from pulumi_aws.s3 import (
    BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs as _ByDefault,
)

from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.stores.bucket_lifecycle import Expiry, lifecycle_rules


class PrivateBucketArgs(TypedDict):
    """How the bucket is kept."""

    key_arn: NotRequired[Input[str]]
    """Customer key. Default the S3 service's own, for buckets that take access logs."""
    access_log_bucket: NotRequired[Input[str]]
    """Who read what goes there. Default none."""
    data_class: NotRequired[str]
    """What it holds, as a tag. Default none."""
    expire: NotRequired[list[Expiry]]
    """Objects that do not stay. Default none."""
    intelligent_tiering: NotRequired[bool]
    """Whether S3 moves objects that nobody reads to cheaper tiers. Default false."""
    deliveries_from: NotRequired[str]
    """AWS service principal that may put objects for this account. Default none."""
    account_id: NotRequired[Input[str]]
    """The account that `deliveries_from` delivers for."""


@dataclass(frozen=True, kw_only=True)
class PrivateBucketTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    bucket: Transform[s3.BucketArgs] = unchanged
    versioning: Transform[s3.BucketVersioningInitArgs] = unchanged
    encryption: Transform[s3.BucketServerSideEncryptionConfigurationInitArgs] = unchanged
    ownership: Transform[s3.BucketOwnershipControlsArgs] = unchanged
    private: Transform[s3.BucketPublicAccessBlockArgs] = unchanged
    lifecycle: Transform[s3.BucketLifecycleConfigurationArgs] = unchanged
    logging: Transform[s3.BucketLoggingInitArgs] = unchanged
    policy: Transform[s3.BucketPolicyArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class PrivateBucketNodes:
    """The raw resources."""

    bucket: s3.Bucket
    versioning: s3.BucketVersioning
    encryption: s3.BucketServerSideEncryptionConfiguration
    ownership: s3.BucketOwnershipControls
    private: s3.BucketPublicAccessBlock
    lifecycle: s3.BucketLifecycleConfiguration
    logging: s3.BucketLogging | None
    policy: s3.BucketPolicy


class PrivateBucket(pulumi.ComponentResource):
    """Versioned, encrypted, without ACLs, closed to the public and to plain HTTP.

    Example:
        logs = PrivateBucket("access-logs", {
            "deliveries_from": "logging.s3.amazonaws.com", "account_id": "123456789012",
        })
    """

    bucket: Output[str]
    """The name, known once the bucket is closed and may be delivered to."""
    arn: Output[str]
    """The bucket's ARN."""

    def __init__(
        self,
        name: str,
        args: PrivateBucketArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: PrivateBucketTransforms = PrivateBucketTransforms(),
    ) -> None:
        super().__init__("rampart:index:PrivateBucket", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._child = pulumi.ResourceOptions(parent=self)

        bucket = self._bucket()
        versioning = self._versioning(bucket)
        encryption = self._encryption(bucket)
        ownership = self._ownership(bucket)
        private = self._private(bucket)
        lifecycle = self._lifecycle(bucket, versioning)
        logging = self._logging(bucket)
        policy = self._policy(bucket, private)

        self.nodes = PrivateBucketNodes(
            bucket=bucket,
            versioning=versioning,
            encryption=encryption,
            ownership=ownership,
            private=private,
            lifecycle=lifecycle,
            logging=logging,
            policy=policy,
        )
        self.bucket = Output.all(bucket.bucket, policy.id).apply(lambda both: str(both[0]))
        self.arn = bucket.arn
        self.register_outputs({"bucket": self.bucket, "arn": self.arn})

    def _bucket(self) -> s3.Bucket:
        data_class = self._args.get("data_class")
        args = s3.BucketArgs(tags={"data-class": data_class} if data_class else None)
        self._transforms.bucket(args)
        return s3.Bucket(self._name, args, opts=self._child)

    def _versioning(self, bucket: s3.Bucket) -> s3.BucketVersioning:
        args = s3.BucketVersioningInitArgs(
            bucket=bucket.bucket,
            versioning_configuration=s3.BucketVersioningVersioningConfigurationArgs(
                status="Enabled"
            ),
        )
        self._transforms.versioning(args)
        return s3.BucketVersioning(f"{self._name}-versioning", args, opts=self._child)

    def _encryption(self, bucket: s3.Bucket) -> s3.BucketServerSideEncryptionConfiguration:
        """Access log delivery supports SSE-S3 only, so such a bucket goes without the customer key.

        https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
        """
        key_arn = self._args.get("key_arn")
        args = s3.BucketServerSideEncryptionConfigurationInitArgs(
            bucket=bucket.bucket,
            rules=[
                s3.BucketServerSideEncryptionConfigurationRuleArgs(
                    apply_server_side_encryption_by_default=_ByDefault(
                        sse_algorithm="aws:kms" if key_arn else "AES256",
                        kms_master_key_id=key_arn,
                    ),
                    # One data key for many objects: KMS is billed by the call.
                    bucket_key_enabled=key_arn is not None,
                )
            ],
        )
        self._transforms.encryption(args)
        return s3.BucketServerSideEncryptionConfiguration(
            f"{self._name}-encryption", args, opts=self._child
        )

    def _ownership(self, bucket: s3.Bucket) -> s3.BucketOwnershipControls:
        args = s3.BucketOwnershipControlsArgs(
            bucket=bucket.bucket,
            rule=s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
        )
        self._transforms.ownership(args)
        return s3.BucketOwnershipControls(f"{self._name}-ownership", args, opts=self._child)

    def _private(self, bucket: s3.Bucket) -> s3.BucketPublicAccessBlock:
        args = s3.BucketPublicAccessBlockArgs(
            bucket=bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        self._transforms.private(args)
        return s3.BucketPublicAccessBlock(f"{self._name}-private", args, opts=self._child)

    def _lifecycle(
        self, bucket: s3.Bucket, versioning: s3.BucketVersioning
    ) -> s3.BucketLifecycleConfiguration:
        args = s3.BucketLifecycleConfigurationArgs(
            bucket=bucket.bucket,
            rules=lifecycle_rules(
                self._args.get("expire", []),
                intelligent_tiering=self._args.get("intelligent_tiering", False),
            ),
        )
        self._transforms.lifecycle(args)
        # Rules about old versions are refused before there are versions.
        return s3.BucketLifecycleConfiguration(
            f"{self._name}-lifecycle",
            args,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[versioning]),
        )

    def _logging(self, bucket: s3.Bucket) -> s3.BucketLogging | None:
        target = self._args.get("access_log_bucket")
        if target is None:
            return None
        args = s3.BucketLoggingInitArgs(
            bucket=bucket.bucket, target_bucket=target, target_prefix=f"{self._name}/"
        )
        self._transforms.logging(args)
        return s3.BucketLogging(f"{self._name}-logging", args, opts=self._child)

    def _policy(self, bucket: s3.Bucket, private: s3.BucketPublicAccessBlock) -> s3.BucketPolicy:
        objects = Output.concat(bucket.arn, "/*")
        statements: list[dict[str, Any]] = [
            {
                "Sid": "TlsOnly",
                "Effect": "Deny",
                "Principal": "*",
                "Action": "s3:*",
                "Resource": [bucket.arn, objects],
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
        ]
        service = self._args.get("deliveries_from")
        if service:
            statements.append(
                {
                    "Sid": "ThisAccountDelivers",
                    "Effect": "Allow",
                    "Principal": {"Service": service},
                    "Action": "s3:PutObject",
                    "Resource": objects,
                    "Condition": {
                        "StringEquals": {"aws:SourceAccount": self._args.get("account_id")}
                    },
                }
            )
        args = s3.BucketPolicyArgs(
            bucket=bucket.bucket,
            policy=Output.json_dumps({"Version": "2012-10-17", "Statement": statements}),
        )
        self._transforms.policy(args)
        # S3 refuses to change both at the same time.
        return s3.BucketPolicy(
            f"{self._name}-policy",
            args,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[private]),
        )
