"""iam-managed-admin: no identity gets a policy of AWS by which it can make itself administrator.

Why: `AdministratorAccess` is one on the spot; `AWSLambda_FullAccess` passes any role to new code,
and so becomes one.

Remedy: grant the actions the code calls, on the ARNs it calls them on.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.by_aws import aws_policy, statements_of
from rampart_policies.iam.escalation import Powers, escalations
from rampart_policies.iam.grants import ATTACHMENTS, arns_property
from rampart_policies.rule import Findings, Severity, resource_rule


def check(resource: Resource) -> Findings:
    """Read what is attached, or what a role lists itself."""
    key = arns_property(resource)
    for name in filter(None, map(aws_policy, resource.texts(key))):
        granted = statements_of(name)
        if any("*" in one.actions for one in granted):
            yield f"{key} has {name}: it may do everything"
        elif method := next(escalations(Powers(granted)), None):
            yield f"{key} has {name}: {' with '.join(method)} lets it raise its own privileges"


RULE = resource_rule(
    __doc__,
    check,
    on=(*ATTACHMENTS, aws.IAM_PERMISSION_SET_ATTACHMENT, aws.IAM_ROLE),
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_274",),
)
