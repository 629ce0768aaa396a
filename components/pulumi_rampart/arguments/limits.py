"""What services allow as names: how long, of which letters, of which form."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """What a service allows as a name."""

    service: str
    most: int
    letters: str
    """Allowed characters, as the inside of a regular expression's brackets."""
    source: str
    form: str = r"(?s).*"
    """What the whole name has to match besides, as a regular expression. Default anything."""
    says: str = ""
    """The same in words, after "a name"."""


_WORD = "a-zA-Z0-9_-"
_DOCS = "https://docs.aws.amazon.com"
_RDS_FORM = r"[a-zA-Z](-?[a-zA-Z0-9])*"
_RDS_SAYS = "begins with a letter and has no two hyphens together and none at its end"
_NETWORK_FIREWALL = Limit(
    "Network Firewall",
    128,
    "a-zA-Z0-9-",
    f"{_DOCS}/network-firewall/latest/APIReference/API_CreateFirewall.html",
)
_DNS_FIREWALL = Limit(
    "Route 53 Resolver DNS Firewall",
    64,
    r"a-zA-Z0-9_' -",
    f"{_DOCS}/Route53/latest/APIReference/API_route53resolver_CreateFirewallDomainList.html",
)
LIMITS: Mapping[str, Limit] = {
    "aws:apigateway/restApi:RestApi": Limit(
        "API Gateway", 1024, r"\x20-\x7e", f"{_DOCS}/apigateway/latest/api/API_RestApi.html"
    ),
    "aws:backup/plan:Plan": Limit(
        "AWS Backup",
        50,
        "a-zA-Z0-9_.-",
        f"{_DOCS}/aws-backup/latest/devguide/API_BackupPlanInput.html",
    ),
    "aws:backup/selection:Selection": Limit(
        "AWS Backup",
        50,
        "a-zA-Z0-9_.-",
        f"{_DOCS}/aws-backup/latest/devguide/API_BackupSelection.html",
    ),
    "aws:backup/vault:Vault": Limit(
        "AWS Backup",
        50,
        _WORD,
        f"{_DOCS}/aws-backup/latest/devguide/API_CreateBackupVault.html",
    ),
    "aws:cloudwatch/eventArchive:EventArchive": Limit(
        "an EventBridge archive",
        48,
        r".a-zA-Z0-9_-",
        f"{_DOCS}/eventbridge/latest/APIReference/API_CreateArchive.html",
    ),
    "aws:cloudwatch/eventBus:EventBus": Limit(
        "an EventBridge bus",
        256,
        r"/.a-zA-Z0-9_-",
        f"{_DOCS}/eventbridge/latest/APIReference/API_CreateEventBus.html",
    ),
    "aws:cloudwatch/eventRule:EventRule": Limit(
        "an EventBridge rule",
        64,
        r".a-zA-Z0-9_-",
        f"{_DOCS}/eventbridge/latest/APIReference/API_PutRule.html",
    ),
    "aws:cloudwatch/logGroup:LogGroup": Limit(
        "CloudWatch Logs",
        512,
        r"a-zA-Z0-9_/.#-",
        f"{_DOCS}/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
    ),
    "aws:cloudwatch/metricAlarm:MetricAlarm": Limit(
        "CloudWatch",
        255,
        r"\x20-\x7e",
        f"{_DOCS}/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
    ),
    "aws:cognito/userPool:UserPool": Limit(
        "Cognito",
        128,
        r"\w\s+=,.@-",
        f"{_DOCS}/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html",
    ),
    "aws:cognito/userPoolClient:UserPoolClient": Limit(
        "Cognito",
        128,
        r"\w\s+=,.@-",
        f"{_DOCS}/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html",
    ),
    "aws:dynamodb/table:Table": Limit(
        "DynamoDB",
        255,
        r"a-zA-Z0-9_.-",
        f"{_DOCS}/amazondynamodb/latest/APIReference/API_CreateTable.html",
    ),
    "aws:ec2/securityGroup:SecurityGroup": Limit(
        "EC2",
        255,
        r"a-zA-Z0-9 ._:/()#,@\[\]+=&;{}!$*-",
        f"{_DOCS}/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
        "(?!sg-).*",
        "of a security group does not begin with sg-",
    ),
    "aws:ecr/repository:Repository": Limit(
        "ECR",
        256,
        r"a-z0-9._/-",
        f"{_DOCS}/AmazonECR/latest/APIReference/API_CreateRepository.html",
    ),
    "aws:iam/policy:Policy": Limit(
        "IAM",
        128,
        r"a-zA-Z0-9_+=,.@-",
        f"{_DOCS}/IAM/latest/UserGuide/reference_iam-quotas.html",
    ),
    "aws:iam/role:Role": Limit(
        "IAM",
        64,
        r"a-zA-Z0-9_+=,.@-",
        f"{_DOCS}/IAM/latest/UserGuide/reference_iam-quotas.html",
    ),
    "aws:iam/rolePolicy:RolePolicy": Limit(
        "IAM",
        128,
        r"a-zA-Z0-9_+=,.@-",
        f"{_DOCS}/IAM/latest/UserGuide/reference_iam-quotas.html",
    ),
    "aws:kms/alias:Alias": Limit(
        "KMS", 256, r"a-zA-Z0-9/_-", f"{_DOCS}/kms/latest/APIReference/API_CreateAlias.html"
    ),
    "aws:kms/grant:Grant": Limit(
        "KMS", 256, r"a-zA-Z0-9:/_-", f"{_DOCS}/kms/latest/APIReference/API_CreateGrant.html"
    ),
    "aws:lambda/function:Function": Limit(
        "Lambda", 64, _WORD, f"{_DOCS}/lambda/latest/api/API_CreateFunction.html"
    ),
    "aws:networkfirewall/firewall:Firewall": _NETWORK_FIREWALL,
    "aws:networkfirewall/firewallPolicy:FirewallPolicy": _NETWORK_FIREWALL,
    "aws:networkfirewall/ruleGroup:RuleGroup": _NETWORK_FIREWALL,
    "aws:rds/cluster:Cluster": Limit(
        "RDS",
        63,
        "a-z0-9-",
        f"{_DOCS}/AmazonRDS/latest/APIReference/API_CreateDBCluster.html",
        _RDS_FORM,
        _RDS_SAYS,
    ),
    "aws:rds/clusterInstance:ClusterInstance": Limit(
        "RDS",
        63,
        "a-z0-9-",
        f"{_DOCS}/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
        _RDS_FORM,
        _RDS_SAYS,
    ),
    "aws:rds/clusterParameterGroup:ClusterParameterGroup": Limit(
        "RDS",
        255,
        "a-z0-9-",
        f"{_DOCS}/AmazonRDS/latest/APIReference/API_CreateDBClusterParameterGroup.html",
        _RDS_FORM,
        _RDS_SAYS,
    ),
    "aws:rds/proxy:Proxy": Limit(
        "RDS Proxy",
        63,
        "a-zA-Z0-9-",
        f"{_DOCS}/AmazonRDS/latest/APIReference/API_CreateDBProxy.html",
        _RDS_FORM,
        _RDS_SAYS,
    ),
    "aws:rds/subnetGroup:SubnetGroup": Limit(
        "RDS",
        255,
        "a-z0-9._ -",
        f"{_DOCS}/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html",
        r"[a-z].*",
        "begins with a letter",
    ),
    "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList": _DNS_FIREWALL,
    "aws:route53/resolverFirewallRule:ResolverFirewallRule": _DNS_FIREWALL,
    "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup": _DNS_FIREWALL,
    "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": (
        _DNS_FIREWALL
    ),
    "aws:s3/bucket:Bucket": Limit(
        "S3",
        63,
        "a-z0-9.-",
        f"{_DOCS}/AmazonS3/latest/userguide/bucketnamingrules.html",
        r"(?!xn--|sthree-|amzn-s3-demo-|.*\.\.)[a-z0-9].*",
        "begins with a letter or a digit, not with xn--, sthree- or amzn-s3-demo-, and has no two "
        "dots together",
    ),
    "aws:scheduler/schedule:Schedule": Limit(
        "EventBridge Scheduler",
        64,
        r".a-zA-Z0-9_-",
        f"{_DOCS}/scheduler/latest/APIReference/API_CreateSchedule.html",
    ),
    "aws:scheduler/scheduleGroup:ScheduleGroup": Limit(
        "EventBridge Scheduler",
        64,
        r".a-zA-Z0-9_-",
        f"{_DOCS}/scheduler/latest/APIReference/API_CreateScheduleGroup.html",
    ),
    "aws:secretsmanager/secret:Secret": Limit(
        "Secrets Manager",
        512,
        r"a-zA-Z0-9/_+=.@-",
        f"{_DOCS}/secretsmanager/latest/apireference/API_CreateSecret.html",
    ),
    "aws:sfn/stateMachine:StateMachine": Limit(
        "Step Functions",
        80,
        _WORD,
        f"{_DOCS}/step-functions/latest/apireference/API_CreateStateMachine.html",
    ),
    "aws:sns/topic:Topic": Limit("SNS", 256, _WORD, f"{_DOCS}/sns/latest/api/API_CreateTopic.html"),
    "aws:sqs/queue:Queue": Limit(
        "SQS", 80, _WORD, f"{_DOCS}/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html"
    ),
    "aws:ssm/parameter:Parameter": Limit(
        "Parameter Store",
        1011,
        r"a-zA-Z0-9_./-",
        f"{_DOCS}/systems-manager/latest/userguide/sysman-paramstore-su-create.html",
    ),
    "aws:wafv2/ipSet:IpSet": Limit(
        "WAF", 128, _WORD, f"{_DOCS}/waf/latest/APIReference/API_CreateIPSet.html"
    ),
    "aws:wafv2/webAcl:WebAcl": Limit(
        "WAF", 128, _WORD, f"{_DOCS}/waf/latest/APIReference/API_CreateWebACL.html"
    ),
}
