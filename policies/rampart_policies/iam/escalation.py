"""Combinations of permissions by which an identity gives itself more than it was given.

Sources: https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/ and
https://pathfinding.cloud.
"""

from collections.abc import Iterable, Iterator

from rampart_policies.iam.document import Statement
from rampart_policies.iam.match import arn_matches

METHODS: tuple[tuple[str, ...], ...] = (
    # rewriting policies
    ("iam:CreatePolicyVersion",),
    ("iam:SetDefaultPolicyVersion",),
    ("iam:AttachUserPolicy",),
    ("iam:AttachGroupPolicy",),
    ("iam:AttachRolePolicy",),
    ("iam:PutUserPolicy",),
    ("iam:PutGroupPolicy",),
    ("iam:PutRolePolicy",),
    ("iam:AddUserToGroup",),
    ("iam:UpdateAssumeRolePolicy",),
    ("iam:DeleteRolePermissionsBoundary",),
    ("iam:PutRolePermissionsBoundary",),
    # taking over another identity
    ("iam:CreateAccessKey",),
    ("iam:CreateLoginProfile",),
    ("iam:UpdateLoginProfile",),
    # running code under a role that is passed
    ("iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"),
    ("iam:PassRole", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"),
    ("iam:PassRole", "lambda:CreateFunction", "lambda:AddPermission"),
    ("iam:PassRole", "lambda:CreateFunction", "lambda:CreateFunctionUrlConfig"),
    ("iam:PassRole", "ec2:RunInstances"),
    ("iam:PassRole", "cloudformation:CreateStack"),
    ("iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuild"),
    ("iam:PassRole", "codestar:CreateProject"),
    ("iam:PassRole", "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"),
    ("iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"),
    ("iam:PassRole", "glue:CreateDevEndpoint"),
    ("iam:PassRole", "glue:CreateJob", "glue:StartJobRun"),
    (
        "iam:PassRole",
        "sagemaker:CreateNotebookInstance",
        "sagemaker:CreatePresignedNotebookInstanceUrl",
    ),
    ("iam:PassRole", "sagemaker:CreateTrainingJob"),
    ("iam:PassRole", "scheduler:CreateSchedule"),
    ("iam:PassRole", "states:CreateStateMachine", "states:StartExecution"),
    # running code under a role that something has already
    ("lambda:UpdateFunctionCode",),
    ("lambda:UpdateFunctionConfiguration",),
    ("glue:UpdateDevEndpoint",),
    ("sagemaker:CreatePresignedNotebookInstanceUrl",),
    ("ssm:SendCommand",),
    ("ssm:StartSession",),
    ("ec2-instance-connect:SendSSHPublicKey",),
)


def escalations(granted: Iterable[Statement]) -> Iterator[tuple[str, ...]]:
    """Yield every method whose actions the statements allow together."""
    known = tuple(granted)
    allowed = {action for method in METHODS for action in method if is_allowed(known, action)}
    for method in METHODS:
        if allowed.issuperset(method):
            yield method


def is_allowed(granted: Iterable[Statement], action: str, resource: str = "") -> bool:
    """Whether the statements allow an action, on this resource or (without one) on any.

    A deny counts only where it has no condition, because a condition may not be met.
    """
    allowed = False
    for statement in granted:
        if not statement.speaks_of(action) or not _reaches(statement, resource):
            continue
        if statement.allows:
            allowed = True
        elif not statement.conditions and (resource or "*" in statement.resources):
            return False
    return allowed


def _reaches(statement: Statement, resource: str) -> bool:
    if not resource:
        return True
    if statement.not_resources:
        return not any(arn_matches(pattern, resource) for pattern in statement.not_resources)
    return any(arn_matches(pattern, resource) for pattern in statement.resources)
