"""The role by which RDS writes measurements of a database's operating system into CloudWatch Logs.

Creates, in order:
    <name>-monitoring         aws.iam.Role
    <name>-monitoring-policy  aws.iam.RolePolicy   the one group that RDS writes to
"""

import pulumi
from pulumi import Output
from pulumi_aws import iam

from pulumi_rampart.boundary.args import Boundary
from pulumi_rampart.component import Component
from pulumi_rampart.documents import policy, trust

# What AWS's own policy for the purpose allows.
# https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonRDSEnhancedMonitoringRole.html
GROUP = "RDSOSMetrics"


def monitoring_role(component: Component, boundary: Boundary) -> iam.Role:
    """Make the role as a child of `component`, usable when it is returned.

    Args:
        component: the database.
        boundary: region and account of the log group.
    """
    role = component.child(
        iam.Role,
        "monitoring",
        assume_role_policy=trust("monitoring.rds.amazonaws.com", boundary["account_id"]),
    )
    group = Output.concat(
        "arn:aws:logs:", boundary["region"], ":", boundary["account_id"], ":log-group:", GROUP
    )
    component.child(
        iam.RolePolicy,
        "monitoring-policy",
        role=role.name,
        policy=policy(
            {
                "Effect": "Allow",
                "Action": [
                    "logs:CreateLogGroup",
                    "logs:CreateLogStream",
                    "logs:DescribeLogStreams",
                    "logs:GetLogEvents",
                    "logs:PutLogEvents",
                    "logs:PutRetentionPolicy",
                ],
                "Resource": [group, Output.concat(group, ":*")],
            }
        ),
        opts=pulumi.ResourceOptions(parent=role),
    )
    return role
