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

from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import s3

from pulumi_rampart.arguments import AlsoCalled, Matching, checked, refused
from pulumi_rampart.boundary.args import DATA_CLASS_TAG
from pulumi_rampart.component import Component
from pulumi_rampart.documents import Document, policy, tls_only
from pulumi_rampart.stores.bucket_lifecycle import Expiries, lifecycle_rules

SERVICE = Matching(
    r"[a-z0-9.-]+\.amazonaws\.com(\.cn)?",
    "name the principal of a service, such as logging.s3.amazonaws.com.",
)


class PrivateBucketArgs(TypedDict):
    """How the bucket is kept."""

    key_arn: NotRequired[Annotated[Input[str], AlsoCalled(("kms_key_id", "kms_master_key_id"))]]
    """Customer key. Default the S3 service's own, for buckets that take access logs."""
    access_log_bucket: NotRequired[Annotated[Input[str], AlsoCalled(("target_bucket",))]]
    """Name of the bucket that is told who read what. Default none."""
    data_class: NotRequired[Input[str]]
    """What it holds, as a tag. Default none."""
    expire: NotRequired[Expiries]
    """Objects that do not stay; at most 998 entries. Default none."""
    intelligent_tiering: NotRequired[bool]
    """Whether S3 moves objects that nobody reads to cheaper tiers. Default false."""
    deletion_protection: NotRequired[Input[bool]]
    """Whether the bucket refuses to be deleted while it holds objects. Default true."""
    deliveries_from: NotRequired[Annotated[str, SERVICE]]
    """AWS service principal that may put objects for this account. Default none."""
    account_id: NotRequired[Input[str]]
    """The account that `deliveries_from` delivers for; needed with it. Default none."""


class PrivateBucket(Component):
    """Versioned, encrypted, without ACLs, closed to the public and to plain HTTP.

    A part of `SecureBucket` and, for access logs and artifacts, of `SecurityBoundary`.

    Example:
        logs = PrivateBucket("access-logs", {
            "deliveries_from": "logging.s3.amazonaws.com", "account_id": "123456789012",
        })
    """

    NAMES = (("{name}", s3.Bucket),)

    bucket: Output[str]
    """The name, known once the bucket is closed, versioned and encrypted."""
    arn: Output[str]
    """The bucket's ARN."""

    def __init__(
        self, name: str, args: PrivateBucketArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, PrivateBucketArgs)
        if "deliveries_from" in self._args and "account_id" not in self._args:
            raise refused(
                name,
                "account_id",
                "is missing; a service that delivers for any account could be made to deliver for "
                "a foreign one: pass the account that `deliveries_from` delivers for.",
            )
        super().__init__(name, opts)

        self.s3_bucket = self._bucket()
        self.versioning = self._versioning()
        self.encryption = self._encryption()
        self.ownership = self._ownership()
        self.private = self._private()
        self.lifecycle = self._lifecycle()
        self.logging = self._logging()
        self.policy = self._policy()

        # What is put before would be neither versioned nor encrypted with the customer key.
        ready = (self.policy.id, self.versioning.id, self.encryption.id)
        self.bucket = Output.all(self.s3_bucket.bucket, *ready).apply(lambda all_: str(all_[0]))
        self.arn = self.s3_bucket.arn
        self.register_outputs()

    def _bucket(self) -> s3.Bucket:
        tags = {DATA_CLASS_TAG: self._args["data_class"]} if "data_class" in self._args else None
        return self.child(
            s3.Bucket,
            "",
            tags=tags,
            force_destroy=Output.from_input(self._args.get("deletion_protection", True)).apply(
                lambda yes: not yes
            ),
        )

    def _versioning(self) -> s3.BucketVersioning:
        return self.child(
            s3.BucketVersioning,
            "versioning",
            bucket=self.s3_bucket.bucket,
            versioning_configuration={"status": "Enabled"},
        )

    def _encryption(self) -> s3.BucketServerSideEncryptionConfiguration:
        """Access log delivery supports SSE-S3 only, so such a bucket goes without the customer key.

        https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
        """
        by_default: (
            s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgsDict
        )
        by_default = {"sse_algorithm": "AES256"}
        if "key_arn" in self._args:
            by_default = {"sse_algorithm": "aws:kms", "kms_master_key_id": self._args["key_arn"]}
        return self.child(
            s3.BucketServerSideEncryptionConfiguration,
            "encryption",
            bucket=self.s3_bucket.bucket,
            rules=[
                {
                    "apply_server_side_encryption_by_default": by_default,
                    # One data key for many objects: KMS is billed by the call.
                    "bucket_key_enabled": "key_arn" in self._args,
                }
            ],
        )

    def _ownership(self) -> s3.BucketOwnershipControls:
        return self.child(
            s3.BucketOwnershipControls,
            "ownership",
            bucket=self.s3_bucket.bucket,
            rule={"object_ownership": "BucketOwnerEnforced"},
        )

    def _private(self) -> s3.BucketPublicAccessBlock:
        return self.child(
            s3.BucketPublicAccessBlock,
            "private",
            bucket=self.s3_bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )

    def _lifecycle(self) -> s3.BucketLifecycleConfiguration:
        return self.child(
            s3.BucketLifecycleConfiguration,
            "lifecycle",
            bucket=self.s3_bucket.bucket,
            rules=lifecycle_rules(
                self._args.get("expire", []),
                intelligent_tiering=self._args.get("intelligent_tiering", False),
            ),
            # Rules about old versions are refused before there are versions.
            opts=pulumi.ResourceOptions(depends_on=[self.versioning]),
        )

    def _logging(self) -> s3.BucketLogging | None:
        if "access_log_bucket" not in self._args:
            return None
        return self.child(
            s3.BucketLogging,
            "logging",
            bucket=self.s3_bucket.bucket,
            target_bucket=self._args["access_log_bucket"],
            target_prefix=f"{self._name}/",
        )

    def _policy(self) -> s3.BucketPolicy:
        arn = self.s3_bucket.arn
        objects = Output.concat(arn, "/*")
        return self.child(
            s3.BucketPolicy,
            "policy",
            bucket=self.s3_bucket.bucket,
            policy=policy(tls_only("s3:*", [arn, objects]), *self._deliveries(objects)),
            # S3 refuses to change both at the same time.
            opts=pulumi.ResourceOptions(depends_on=[self.private]),
        )

    def _deliveries(self, objects: Output[str]) -> list[Document]:
        if "deliveries_from" not in self._args:
            return []
        return [
            {
                "Sid": "ThisAccountDelivers",
                "Effect": "Allow",
                "Principal": {"Service": self._args["deliveries_from"]},
                "Action": "s3:PutObject",
                "Resource": objects,
                "Condition": {"StringEquals": {"aws:SourceAccount": self._args.get("account_id")}},
            }
        ]
