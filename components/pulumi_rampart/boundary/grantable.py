"""Which IAM actions a role inside the boundary may be granted at most."""

import difflib
from collections.abc import Iterable
from fnmatch import fnmatchcase

from pulumi_rampart.arguments import Action, refused
from pulumi_rampart.boundary.args import Boundary

# What functions do with the data services of their account. Nothing that changes identities,
# policies, keys, networks or the services' configuration.
GRANTABLE = (
    "dynamodb:BatchGetItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DeleteItem",
    "dynamodb:DescribeStream",
    "dynamodb:GetItem",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:UpdateItem",
    "events:PutEvents",
    "lambda:InvokeFunction",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:GetObject",
    "s3:GetObjectVersion",
    "s3:ListBucket",
    "s3:ListBucketVersions",
    "s3:PutObject",
    "s3:PutObjectTagging",
    "secretsmanager:GetSecretValue",
    "sns:Publish",
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ReceiveMessage",
    "sqs:SendMessage",
    "ssm:GetParameter",
    "states:StartExecution",
)
# A database's login carries no key that names the resource's account: its ARN says whose it is.
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrdsiamauthentication.html
LOGIN_ACTIONS = ("rds-db:connect",)
# What attaching a function to a network takes. EC2 knows no narrower resource.
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
NETWORK_INTERFACE_ACTIONS = (
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
)
# X-Ray knows no resource for these.
TRACE_ACTIONS = ("xray:PutTelemetryRecords", "xray:PutTraceSegments")
# What knows no resource, and acts in the caller's own account only: finding a stream, and answering
# a task of a workflow by its token.
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html
UNSCOPED_ACTIONS = (
    "dynamodb:ListStreams",
    "states:SendTaskFailure",
    "states:SendTaskHeartbeat",
    "states:SendTaskSuccess",
)
# What Step Functions does in the name of a workflow's role to set up its log and its traces. They
# know no resource either; only roles of this path may have them.
# https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
# https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html
WORKFLOW_PATH = "/workflows/"
WORKFLOW_ACTIONS = (
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
)
# On the boundary's own key.
KEY_ACTIONS = ("kms:Decrypt", "kms:GenerateDataKey")

# Those that a role may be granted whatever the boundary lists.
_ALWAYS = (
    *LOGIN_ACTIONS,
    *NETWORK_INTERFACE_ACTIONS,
    *TRACE_ACTIONS,
    *UNSCOPED_ACTIONS,
    *KEY_ACTIONS,
)
ACTION = Action(frozenset({*GRANTABLE, *_ALWAYS}))


def check_actions(component: str, boundary: Boundary, actions: Iterable[str]) -> None:
    """Refuse actions that the permissions boundary would deny, whatever a role is granted.

    Args:
        component: logical name, with which the message begins.
        boundary: whose limit; one that is known only at deployment is not compared.
        actions: as IAM spells them.

    Raises:
        ArgumentError: names the action and what to do.
    """
    granted = boundary.get("grantable_actions", GRANTABLE)
    if not isinstance(granted, list | tuple):
        return
    allowed = [*granted, *_ALWAYS]
    for action in actions:
        if not any(fnmatchcase(action.lower(), pattern.lower()) for pattern in allowed):
            near = difflib.get_close_matches(action, allowed, n=1, cutoff=0.8)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise refused(
                component,
                "",
                f"{action} is denied by the boundary's limit of all roles, whatever a role is "
                f"granted; add it to the boundary's `grantable_actions`.{hint}",
            )
