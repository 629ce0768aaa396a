"""lambda-public: whoever may invoke a function is named, and a service says for which resource.

Why: a permission without source lets any account's bucket, topic or rule invoke the function.

Remedy: name one principal and set `sourceArn`; for S3 set `sourceAccount` as well, because a
bucket's ARN names no account.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(permission: Resource) -> Findings:
    """Read the permission as the resource policy statement it becomes."""
    principal = permission.text("principal") or ""
    if principal == "*" and not permission.has("principalOrgId"):
        yield "principal is *: anyone with an AWS account may invoke the function"
    if not principal.endswith(".amazonaws.com"):
        return
    if not permission.has("sourceArn") and not permission.has("sourceAccount"):
        yield f"sourceArn is not set: {principal} may invoke the function for any account"
    elif principal == "s3.amazonaws.com" and not permission.has("sourceAccount"):
        yield "sourceAccount is not set: who takes over the bucket's name may invoke the function"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.LAMBDA_PERMISSION,
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_301", "CKV_AWS_364", "Lambda.1"),
)
