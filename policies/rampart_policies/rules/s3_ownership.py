"""s3-ownership: ACLs are switched off.

Why: with ACLs in force an uploader owns what it uploads, and access is decided in two places.

Remedy: set `rule.objectOwnership` to `BucketOwnerEnforced`, the default of new buckets.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(controls: Resource) -> Findings:
    """Read the ownership; without controls S3 enforces the owner since April 2023."""
    ownership = controls.text("rule.objectOwnership")
    if ownership != "BucketOwnerEnforced":
        yield f"rule.objectOwnership is {ownership}: ACLs decide besides the policy"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.BUCKET_OWNERSHIP,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV2_AWS_65", "S3.12"),
)
