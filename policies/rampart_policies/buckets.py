"""What belongs to a bucket: today's programs give it beside the bucket, older ones inside."""

from collections.abc import Iterable, Iterator

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.document import Statement, statements
from rampart_policies.iam.exposure import other_accounts
from rampart_policies.iam.own_accounts import others
from rampart_policies.values import Block
from rampart_policies.words import joined

TAKEOVER = ("s3:DeleteBucketPolicy", "s3:PutBucketPolicy", "s3:PutBucketAcl", "s3:PutObjectAcl")
"""Actions by which another account takes a bucket over (Security Hub S3.6)."""


def receives_access_logs(bucket: Resource, graph: Graph) -> bool:
    """Whether S3 delivers the access logs of a bucket of this stack here.

    Such a bucket cannot have a customer managed key, and logging itself would never end.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
    """
    return bool(graph.referrers(bucket, aws.BUCKET_LOGGING, "targetBucket"))


def policy_of(bucket: Resource, graph: Graph) -> list[Statement]:
    """Return the statements of a bucket's policy."""
    granted = [*statements(bucket, "policy")]
    for policy in graph.referrers(bucket, aws.BUCKET_POLICY, "bucket"):
        granted += statements(policy, "policy")
    return granted


def takeovers(granted: Iterable[Statement], graph: Graph, own: Iterable[str]) -> Iterator[str]:
    """Yield what of a bucket's policy lets another account take the bucket over.

    Args:
        granted: the statements of the policy.
        graph: the stack, whose own accounts are no others.
        own: ids of accounts that a profile adds to them.

    Raises:
        UndecidedError: after the others, where the actions or the own accounts are not known.
    """
    let_in = (pair for pair in other_accounts(granted) if _takes_over(pair[0]))
    for statement, account in others(let_in, graph, own):
        actions = joined(_takes_over(statement))
        yield f"policy statement {statement.label} lets account {account} use {actions}"


def _takes_over(statement: Statement) -> list[str]:
    return [*filter(statement.speaks_of, TAKEOVER)]


def encryption_of(bucket: Resource, graph: Graph) -> list[Block]:
    """Return the default encryptions of a bucket: `sseAlgorithm` and `kmsMasterKeyId`."""
    rules = [
        rule
        for encryption in graph.referrers(bucket, aws.BUCKET_ENCRYPTION, "bucket")
        for rule in encryption.blocks("rules")
    ]
    rules.append(bucket.block("serverSideEncryptionConfiguration").block("rule"))
    return [rule.block("applyServerSideEncryptionByDefault") for rule in rules]


def is_versioned(bucket: Resource, graph: Graph) -> bool:
    """Whether a bucket keeps, or has kept, more than one version of an object."""
    given = graph.referrers(bucket, aws.BUCKET_VERSIONING, "bucket")
    return bool(given) or bucket.block("versioning").flag("enabled")


def lifecycle_of(bucket: Resource, graph: Graph) -> list[Block]:
    """Return the lifecycle rules of a bucket that are in force."""
    beside = [
        rule
        for configuration in graph.referrers(bucket, aws.BUCKET_LIFECYCLE, "bucket")
        for rule in configuration.blocks("rules")
        if rule.text("status") == "Enabled"
    ]
    return beside + [rule for rule in bucket.blocks("lifecycleRules") if rule.flag("enabled")]


# Classes whose objects are restored before they are read.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/archived-objects.html
ARCHIVES = ("ARCHIVE_ACCESS", "DEEP_ARCHIVE_ACCESS", "DEEP_ARCHIVE", "GLACIER")


def archives(rules: Resource) -> Iterator[str]:
    """Yield each archive that tiers or lifecycle rules move objects to."""
    for tier in rules.blocks("tierings"):
        yield tier.text("accessTier") or ""
    for rule in rules.blocks("rules"):
        for transition in rule.blocks("transitions"):
            if (name := transition.text("storageClass")) in ARCHIVES:
                yield name or ""
