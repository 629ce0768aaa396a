"""Conditions that some actions' requests do not carry, so that a test of them never comes true.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrdsiamauthentication.html
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rampart_policies.iam.conditions import Test
from rampart_policies.iam.match import matches
from rampart_policies.iam.statement import Statement

_OF_RESOURCE = ("aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths")
_WITHOUT_RESOURCE_ACCOUNT = (
    # A login is no call of an API: its request says who logs in, and nothing of the cluster.
    "rds-db:connect",
    # What the table of `aws:ResourceAccount` lists as not supporting it.
    "auditmanager:UpdateAssessmentFrameworkShare",
    "detective:AcceptInvitation",
    "ds:AcceptSharedDirectory",
    "ebs:CompleteSnapshot",
    "ebs:GetSnapshotBlock",
    "ebs:ListChangedBlocks",
    "ebs:ListSnapshotBlocks",
    "ebs:PutSnapshotBlock",
    "ebs:StartSnapshot",
    "ec2:AcceptTransitGatewayPeeringAttachment",
    "ec2:AcceptVpcEndpointConnections",
    "ec2:AcceptVpcPeeringConnection",
    "ec2:CopyImage",
    "ec2:CopySnapshot",
    "ec2:CreateTransitGatewayPeeringAttachment",
    "ec2:CreateVolume",
    "ec2:CreateVpcEndpoint",
    "ec2:CreateVpcPeeringConnection",
    "ec2:DeleteTransitGatewayPeeringAttachment",
    "ec2:DeleteVpcPeeringConnection",
    "ec2:RejectTransitGatewayPeeringAttachment",
    "ec2:RejectVpcEndpointConnections",
    "ec2:RejectVpcPeeringConnection",
    "es:AcceptInboundConnection",
    "guardduty:AcceptAdministratorInvitation",
    "macie2:AcceptInvitation",
    "route53:AssociateVPCWithHostedZone",
    "route53:CreateVPCAssociationAuthorization",
    "route53:DeleteVPCAssociationAuthorization",
    "route53:DisassociateVPCFromHostedZone",
    "route53:ListHostedZonesByVPC",
    "securityhub:AcceptAdministratorInvitation",
)
# X-Ray and EC2's descriptions act on no resource, so there is none whose account could be told.
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
_ON_NO_RESOURCE = ("xray:PutTelemetryRecords", "xray:PutTraceSegments")
NOT_CARRIED = dict.fromkeys((*_WITHOUT_RESOURCE_ACCOUNT, *_ON_NO_RESOURCE), _OF_RESOURCE)


@dataclass(frozen=True)
class DeadTest:
    """A condition whose key the request for an action lacks."""

    statement: Statement
    action: str
    key: str


def dead_tests(granted: tuple[Statement, ...]) -> Iterator[DeadTest]:
    """Yield each test that an action named by its service cannot pass.

    `*` is left out: whoever writes it means no action in particular.
    """
    for statement in granted:
        patterns = [one for one in statement.actions if ":" in one]
        for action, keys in NOT_CARRIED.items():
            if not any(matches(pattern, action) for pattern in patterns):
                continue
            for test in statement.tests:
                if test.key in keys and _needs_the_key(test):
                    yield DeadTest(statement, action, test.key)


def _needs_the_key(test: Test) -> bool:
    """Whether the test fails where the key is absent; negated ones pass then.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    every = test.quantifier == "forallvalues"  # true where there are no values
    return not (every or test.if_exists or test.negated or test.base == "null")
