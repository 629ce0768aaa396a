"""Type tokens of pulumi-aws that the rules speak about.

A tuple where a resource was renamed: pulumi-aws 6 programs still use the older token.
"""

ACCESS_POINT = "aws:s3/accessPoint:AccessPoint"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
API_AUTHORIZER = "aws:apigateway/authorizer:Authorizer"
API_DOMAIN = "aws:apigateway/domainName:DomainName"
API_INTEGRATION = "aws:apigateway/integration:Integration"
API_METHOD = "aws:apigateway/method:Method"
API_METHOD_SETTINGS = "aws:apigateway/methodSettings:MethodSettings"
API_STAGE = "aws:apigateway/stage:Stage"
API_VALIDATOR = "aws:apigateway/requestValidator:RequestValidator"
AUTOSCALING_TARGET = "aws:appautoscaling/target:Target"
BUCKET = ("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")
BUCKET_NOTIFICATION = "aws:s3/bucketNotification:BucketNotification"
BUCKET_VERSIONING = (
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:s3/bucketVersioningV2:BucketVersioningV2",
)
BUCKET_ACCOUNT_ACCESS_BLOCK = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"
BUCKET_ACL = ("aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2")
BUCKET_ENCRYPTION = (
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
)
BUCKET_LIFECYCLE = (
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
)
BUCKET_LOGGING = ("aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketLoggingV2:BucketLoggingV2")
BUCKET_OBJECT = ("aws:s3/bucketObject:BucketObject", "aws:s3/bucketObjectv2:BucketObjectv2")
BUCKET_OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"
BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
BUCKET_PUBLIC_ACCESS_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
CODE_SIGNING_CONFIG = "aws:lambda/codeSigningConfig:CodeSigningConfig"
COGNITO_IDENTITY_POOL = "aws:cognito/identityPool:IdentityPool"
COGNITO_USER_POOL = "aws:cognito/userPool:UserPool"
DEFAULT_SECURITY_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
DEFAULT_SUBNET = "aws:ec2/defaultSubnet:DefaultSubnet"
DEFAULT_VPC = "aws:ec2/defaultVpc:DefaultVpc"
DEFAULT_ROUTE_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable"
DYNAMODB_TABLE = "aws:dynamodb/table:Table"
ECR_LIFECYCLE = "aws:ecr/lifecyclePolicy:LifecyclePolicy"
ECR_POLICY = "aws:ecr/repositoryPolicy:RepositoryPolicy"
ECR_REPOSITORY = "aws:ecr/repository:Repository"
EVENT_BUS = "aws:cloudwatch/eventBus:EventBus"
EVENT_BUS_PERMISSION = "aws:cloudwatch/eventPermission:EventPermission"
EVENT_BUS_POLICY = "aws:cloudwatch/eventBusPolicy:EventBusPolicy"
EVENT_RULE = "aws:cloudwatch/eventRule:EventRule"
EVENT_TARGET = "aws:cloudwatch/eventTarget:EventTarget"
FLOW_LOG = "aws:ec2/flowLog:FlowLog"
HTTP_API = "aws:apigatewayv2/api:Api"
HTTP_API_AUTHORIZER = "aws:apigatewayv2/authorizer:Authorizer"
HTTP_API_DOMAIN = "aws:apigatewayv2/domainName:DomainName"
HTTP_API_INTEGRATION = "aws:apigatewayv2/integration:Integration"
HTTP_API_ROUTE = "aws:apigatewayv2/route:Route"
HTTP_API_STAGE = "aws:apigatewayv2/stage:Stage"
IAM_ACCESS_KEY = "aws:iam/accessKey:AccessKey"
IAM_GROUP = "aws:iam/group:Group"
IAM_GROUP_ATTACHMENTS = "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive"
IAM_GROUP_POLICY = "aws:iam/groupPolicy:GroupPolicy"
IAM_GROUP_POLICY_ATTACHMENT = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment"
IAM_GROUP_USERS = "aws:iam/groupMembership:GroupMembership"
IAM_PERMISSION_SET_ATTACHMENT = "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment"
IAM_PERMISSION_SET_POLICY = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy"
IAM_POLICY = "aws:iam/policy:Policy"
IAM_POLICY_ATTACHMENT = "aws:iam/policyAttachment:PolicyAttachment"
IAM_ROLE = "aws:iam/role:Role"
IAM_ROLE_ATTACHMENTS = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"
IAM_ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
IAM_ROLE_POLICY_ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
IAM_USER = "aws:iam/user:User"
IAM_USER_ATTACHMENTS = "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive"
IAM_USER_GROUPS = "aws:iam/userGroupMembership:UserGroupMembership"
IAM_USER_POLICY = "aws:iam/userPolicy:UserPolicy"
IAM_USER_POLICY_ATTACHMENT = "aws:iam/userPolicyAttachment:UserPolicyAttachment"
INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway"
KMS_KEY = "aws:kms/key:Key"
KMS_KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy"
LAMBDA_ALIAS = "aws:lambda/alias:Alias"
LAMBDA_EVENT_SOURCE_MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping"
LAMBDA_FUNCTION = "aws:lambda/function:Function"
LAMBDA_FUNCTION_URL = "aws:lambda/functionUrl:FunctionUrl"
LAMBDA_INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"
LAMBDA_LAYER = "aws:lambda/layerVersion:LayerVersion"
LAMBDA_LAYER_PERMISSION = "aws:lambda/layerVersionPermission:LayerVersionPermission"
LAMBDA_PERMISSION = "aws:lambda/permission:Permission"
LAMBDA_RESOURCE_POLICY = "aws:lambda/resourcePolicy:ResourcePolicy"
LAMBDA_PROVISIONED_CONCURRENCY = (
    "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig"
)
LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
MAIN_ROUTE_TABLE_ASSOCIATION = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation"
RDS_CLUSTER = "aws:rds/cluster:Cluster"
RDS_CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance"
RDS_CLUSTER_PARAMETERS = "aws:rds/clusterParameterGroup:ClusterParameterGroup"
RDS_INSTANCE = "aws:rds/instance:Instance"
RDS_PARAMETERS = "aws:rds/parameterGroup:ParameterGroup"
RDS_PROXY = "aws:rds/proxy:Proxy"
RDS_SUBNET_GROUP = "aws:rds/subnetGroup:SubnetGroup"
REST_API = "aws:apigateway/restApi:RestApi"
REST_API_POLICY = "aws:apigateway/restApiPolicy:RestApiPolicy"
ROUTE = "aws:ec2/route:Route"
ROUTE_TABLE = ("aws:ec2/routeTable:RouteTable", DEFAULT_ROUTE_TABLE)
ROUTE_TABLE_ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation"
SCHEDULE = "aws:scheduler/schedule:Schedule"
SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup"
SECURITY_GROUP_EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
SECURITY_GROUP_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule"
SIGNING_PERMISSION = "aws:signer/signingProfilePermission:SigningProfilePermission"
SIGNING_JOB = "aws:signer/signingJob:SigningJob"
SNS_SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"
SNS_TOPIC = "aws:sns/topic:Topic"
SNS_TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy"
SQS_QUEUE = "aws:sqs/queue:Queue"
SQS_QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy"
SQS_REDRIVE_ALLOW_POLICY = "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy"
SQS_REDRIVE_POLICY = "aws:sqs/redrivePolicy:RedrivePolicy"
STATE_MACHINE = "aws:sfn/stateMachine:StateMachine"
SUBNET = "aws:ec2/subnet:Subnet"
VPC = "aws:ec2/vpc:Vpc"
VPC_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
VPC_ENDPOINT_ROUTE_TABLE = (
    "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation"
)
SECRET = "aws:secretsmanager/secret:Secret"  # noqa: S105  # a type, no password
SECRET_POLICY = "aws:secretsmanager/secretPolicy:SecretPolicy"  # noqa: S105  # a type, too
SECRET_ROTATION = "aws:secretsmanager/secretRotation:SecretRotation"  # noqa: S105  # a type, too
SECURITY_GROUP_INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
SSM_PARAMETER = "aws:ssm/parameter:Parameter"
VPC_ENDPOINT_POLICY = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"
WAF_ACL = "aws:wafv2/webAcl:WebAcl"
WAF_ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation"
WAF_LOGGING = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"
WAF_RULE_GROUP = "aws:wafv2/ruleGroup:RuleGroup"
