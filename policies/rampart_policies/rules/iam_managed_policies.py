"""iam-managed-policies: no identity gets a policy that AWS writes.

Why: AWS widens its managed policies without asking, and most allow every resource already.

Remedy: grant the actions the code calls, on the ARNs it calls them on.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule

OWNED_BY_AWS = ":iam::aws:policy/"


def check(resource: Resource) -> Findings:
    """Read what is attached, or what a role lists itself."""
    key = "managedPolicyArns" if resource.type == aws.IAM_ROLE else "policyArn"
    for arn in resource.texts(key):
        if OWNED_BY_AWS in arn:
            yield f"{key} has {arn.partition(OWNED_BY_AWS)[2]}, which AWS can widen at any time"


RULE = resource_rule(
    __doc__,
    check,
    on=(*aws.IAM_POLICY_ATTACHMENTS, aws.IAM_ROLE),
    severity=Severity.HIGH,
    covers=("CKV_AWS_274", "CKV2_AWS_56", "IAM4"),
)
