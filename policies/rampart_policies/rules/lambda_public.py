"""lambda-public: whoever may invoke a function is named, and a service says for which resource.

Why: a permission without source lets any account's bucket, topic or rule invoke the function.

Remedy: name one principal and set `sourceArn` whole, with its account; for S3 set `sourceAccount`
as well, because a bucket's ARN names no account.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.document import Statement, statements
from rampart_policies.iam.exposure import policy_findings
from rampart_policies.iam.spelled_out import permission_findings
from rampart_policies.iam.storage import without_account
from rampart_policies.rule import Findings, Severity, resource_rule


def check(resource: Resource) -> Findings:
    """Read the permission as the resource policy statement it becomes, or the whole policy."""
    if resource.type == aws.LAMBDA_PERMISSION:
        yield from permission_findings(resource)
        return
    granted = statements(resource, "policy")
    yield from policy_findings(granted, also=map(_by_name, without_account(granted)))


def _by_name(statement: Statement) -> str:
    return f"policy statement {statement.label} lets in whoever takes over the bucket's name"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.LAMBDA_PERMISSION, aws.LAMBDA_RESOURCE_POLICY),
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_301", "CKV_AWS_364", "Lambda.1"),
)
