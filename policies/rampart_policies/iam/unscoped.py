"""Actions that AWS only grants on `*`: no narrower resource exists.

Source: Service Authorization Reference, actions without a resource type
(https://docs.aws.amazon.com/service-authorization/latest/reference/).
"""

UNSCOPED = frozenset(
    action.lower()
    for action in (
        "cloudwatch:PutMetricData",
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",  # as Lambda asks for it, before the interface exists
        "ec2:DeleteNetworkInterface",  # Lambda's documented VPC permission: AWS names no interface
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
        "ec2:UnassignPrivateIpAddresses",
        "ecr:GetAuthorizationToken",
        "kms:GenerateRandom",
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:DescribeLogGroups",  # lists them all; AWS's own policy for API Gateway needs it so
        "logs:DescribeResourcePolicies",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:UpdateLogDelivery",
        "s3:ListAllMyBuckets",
        "sts:GetCallerIdentity",
        "xray:GetSamplingRules",
        "xray:GetSamplingStatisticSummaries",
        "xray:GetSamplingTargets",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
    )
)
