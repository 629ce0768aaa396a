"""iam-managed-policies: no identity gets a policy that AWS writes.

Why: AWS widens its managed policies without asking, and most allow every resource already.

Remedy: grant the actions the code calls, on the ARNs it calls them on.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.by_aws import aws_policy
from rampart_policies.iam.grants import ATTACHMENTS, arns_property
from rampart_policies.rule import Findings, Severity, resource_rule


def check(resource: Resource) -> Findings:
    """Read what is attached, or what a role lists itself."""
    key = arns_property(resource)
    for arn in resource.texts(key):
        if name := aws_policy(arn):
            yield f"{key} has {name}, which AWS can widen at any time"


RULE = resource_rule(
    __doc__,
    check,
    on=(*ATTACHMENTS, aws.IAM_PERMISSION_SET_ATTACHMENT, aws.IAM_ROLE),
    severity=Severity.HIGH,
    house=True,
    covers=("CKV2_AWS_56", "IAM4"),
)
