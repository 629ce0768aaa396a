"""s3-versioning-status: versioning, where a bucket has it, is enabled.

Why: suspended versioning looks like protection, but what is overwritten or deleted is gone.

Remedy: set `versioningConfiguration.status` to `Enabled`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Patch, Severity, resource_rule


def check(versioning: Resource) -> Findings:
    """Read the status."""
    status = versioning.text("versioningConfiguration.status")
    if status != "Enabled":
        yield f"versioningConfiguration.status is {status}: what is overwritten is gone"


def remediate(_: Resource) -> Patch:
    """Enable it; older versions then cost storage until a lifecycle rule removes them."""
    return {"versioningConfiguration": {"status": "Enabled"}}


RULE = resource_rule(
    __doc__,
    check,
    on=aws.BUCKET_VERSIONING,
    severity=Severity.MEDIUM,
    covers=("CKV_AWS_21",),
    remediate=remediate,
)
