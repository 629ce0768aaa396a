"""Combinations of permissions by which an identity gives itself more than it was given.

Sources: https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/ and
https://pathfinding.cloud.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rampart_policies.iam.domains import fixed
from rampart_policies.iam.kleene import Truth, every, some
from rampart_policies.iam.requesters import OURSELVES
from rampart_policies.iam.search import passes
from rampart_policies.iam.statement import Statement, any_includes
from rampart_policies.values import UndecidedError

PASSING = "iam:PassRole"

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
    ("iam:DeleteUserPermissionsBoundary",),
    ("iam:PutUserPermissionsBoundary",),
    # taking over another identity
    ("iam:CreateAccessKey",),
    ("iam:CreateLoginProfile",),
    ("iam:UpdateLoginProfile",),
    # running code under a role that is passed
    (PASSING, "lambda:CreateFunction", "lambda:InvokeFunction"),
    (PASSING, "lambda:CreateFunction", "lambda:CreateEventSourceMapping"),
    (PASSING, "lambda:CreateFunction", "lambda:AddPermission"),
    (PASSING, "lambda:CreateFunction", "lambda:CreateFunctionUrlConfig"),
    (PASSING, "ec2:RunInstances"),
    (PASSING, "cloudformation:CreateStack"),
    (PASSING, "codebuild:CreateProject", "codebuild:StartBuild"),
    (PASSING, "codestar:CreateProject"),
    (PASSING, "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"),
    (PASSING, "ecs:RegisterTaskDefinition", "ecs:RunTask"),
    (PASSING, "glue:CreateDevEndpoint"),
    (PASSING, "glue:CreateJob", "glue:StartJobRun"),
    (
        PASSING,
        "sagemaker:CreateNotebookInstance",
        "sagemaker:CreatePresignedNotebookInstanceUrl",
    ),
    (PASSING, "sagemaker:CreateTrainingJob"),
    (PASSING, "scheduler:CreateSchedule"),
    (PASSING, "states:CreateStateMachine", "states:StartExecution"),
    # running code under a role that something has already
    ("lambda:UpdateFunctionCode",),
    ("lambda:UpdateFunctionConfiguration",),
    ("glue:UpdateDevEndpoint",),
    ("sagemaker:CreatePresignedNotebookInstanceUrl",),
    ("ssm:SendCommand",),
    ("ssm:StartSession",),
    ("ec2-instance-connect:SendSSHPublicKey",),
)

ACTIONS = tuple(dict.fromkeys(action for method in METHODS for action in method))
"""Every action that is part of a method."""

_PASSED_TO = {"ecs": "ecs-tasks"}  # prefix of actions -> service principal, where they differ


@dataclass(frozen=True)
class Powers:
    """What an identity is granted, and what limits it."""

    granted: tuple[Statement, ...]
    boundary: tuple[Statement, ...] | None = None
    """The permissions boundary; None where there is none."""


def escalations(powers: Powers) -> Iterator[tuple[str, ...]]:
    """Yield every method whose actions are allowed together, under some condition.

    Raises:
        UndecidedError: after the others, where one hangs on something unknown.
    """
    unknown = None
    named = {action for one in powers.granted for action in _named(one)}
    for method in METHODS:
        if not named.issuperset(method):
            continue
        allowed = every(is_allowed(powers, one, _service(method)) for one in reversed(method))
        if allowed:
            yield method
        elif allowed is None:
            unknown = method
    if unknown:
        where = next(one.hangs_on() for one in powers.granted if _may_allow(one, unknown))
        raise UndecidedError(*where)


def might_raise(granted: Iterable[Statement]) -> bool:
    """Whether the statements name any of the actions that matter, for certain or maybe."""
    return any(_named(one) for one in granted if one.effect is not False)


def is_allowed(powers: Powers, action: str, passed_to: str = "") -> Truth:
    """Whether an identity may use an action on some resource, under some condition.

    Args:
        powers: what it is granted.
        action: one action.
        passed_to: for `iam:PassRole` the service that gets the role.
    """
    who = replace(OURSELVES, actions=(action,))
    if passed_to:
        who = replace(who, domains={"iam:passedtoservice": fixed(passed_to)})
    denying = (*powers.granted, *(powers.boundary or ()))
    return some(
        passes(pair, denying, [who])
        for statement in powers.granted
        if statement.effect is not False and action in _named(statement)
        for pair in _limited(statement, powers.boundary)
    )


def _named(statement: Statement) -> frozenset[str]:
    """Return the actions that matter which a statement includes, for certain or maybe."""
    if statement.raw("notaction"):
        return frozenset(one for one in ACTIONS if statement.includes_action(one) is not False)
    return _matters(statement.raw("action"))


@lru_cache(maxsize=4096)
def _matters(patterns: tuple[str, ...]) -> frozenset[str]:
    return frozenset(one for one in ACTIONS if any_includes(patterns, one) is not False)


def _limited(
    statement: Statement, boundary: tuple[Statement, ...] | None
) -> Iterator[tuple[Statement, ...]]:
    if boundary is None:
        yield (statement,)
    else:
        yield from ((statement, limit) for limit in boundary if limit.effect is not False)


def _service(method: tuple[str, ...]) -> str:
    if method[0] != PASSING:
        return ""
    prefix = method[1].partition(":")[0]
    return f"{_PASSED_TO.get(prefix, prefix)}.amazonaws.com"


def _may_allow(statement: Statement, method: tuple[str, ...]) -> bool:
    return any(statement.includes_action(action) is not False for action in method)
