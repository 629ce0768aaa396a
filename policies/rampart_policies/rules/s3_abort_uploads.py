"""s3-abort-uploads: uploads that were never finished are removed.

Why: their parts are in no listing, so they cost, and keep data, without anyone seeing them.

Remedy: set `abortIncompleteMultipartUpload.daysAfterInitiation` in an enabled lifecycle rule.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(lifecycle: Resource) -> Findings:
    """Look for the setting in any rule that is in force."""
    in_force = [rule for rule in lifecycle.blocks("rules") if rule.text("status") == "Enabled"]
    if not any(
        rule.number("abortIncompleteMultipartUpload.daysAfterInitiation") for rule in in_force
    ):
        yield "no rule aborts incomplete uploads: their parts stay, unseen and paid for"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.BUCKET_LIFECYCLE,
    severity=Severity.LOW,
    house=True,
    covers=("CKV_AWS_300",),
)
