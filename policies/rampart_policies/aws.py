"""Type tokens of pulumi-aws that the rules speak about.

A tuple where a resource was renamed: pulumi-aws 6 programs still use the older token.
"""

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
API_AUTHORIZER = "aws:apigateway/authorizer:Authorizer"
API_DEPLOYMENT = "aws:apigateway/deployment:Deployment"
API_DOMAIN = "aws:apigateway/domainName:DomainName"
API_INTEGRATION = "aws:apigateway/integration:Integration"
API_METHOD = "aws:apigateway/method:Method"
API_METHOD_SETTINGS = "aws:apigateway/methodSettings:MethodSettings"
API_STAGE = "aws:apigateway/stage:Stage"
API_VALIDATOR = "aws:apigateway/requestValidator:RequestValidator"
APPSYNC_API = "aws:appsync/graphQLApi:GraphQLApi"
APPSYNC_CACHE = "aws:appsync/apiCache:ApiCache"
APPSYNC_CHANNELS = "aws:appsync/channelNamespace:ChannelNamespace"
APPSYNC_EVENT_API = "aws:appsync/api:Api"
AUTOSCALING_POLICY = "aws:appautoscaling/policy:Policy"
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
CLOUDFRONT_DISTRIBUTION = "aws:cloudfront/distribution:Distribution"
CODEBUILD_PROJECT = "aws:codebuild/project:Project"
CODE_SIGNING_CONFIG = "aws:lambda/codeSigningConfig:CodeSigningConfig"
COGNITO_IDENTITY_POOL = "aws:cognito/identityPool:IdentityPool"
COGNITO_USER_POOL = "aws:cognito/userPool:UserPool"
DAX_CLUSTER = "aws:dax/cluster:Cluster"
DEFAULT_NETWORK_ACL = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"
DEFAULT_SECURITY_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
DEFAULT_SUBNET = "aws:ec2/defaultSubnet:DefaultSubnet"
DEFAULT_VPC = "aws:ec2/defaultVpc:DefaultVpc"
DEFAULT_ROUTE_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable"
DOCDB_CLUSTER = "aws:docdb/cluster:Cluster"
DYNAMODB_TABLE = "aws:dynamodb/table:Table"
ECR_LIFECYCLE = "aws:ecr/lifecyclePolicy:LifecyclePolicy"
ECR_POLICY = "aws:ecr/repositoryPolicy:RepositoryPolicy"
ECR_REPOSITORY = "aws:ecr/repository:Repository"
ECS_TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition"
EFS_FILE_SYSTEM = "aws:efs/fileSystem:FileSystem"
ELASTICACHE_CLUSTER = "aws:elasticache/cluster:Cluster"
ELASTICACHE_GROUP = "aws:elasticache/replicationGroup:ReplicationGroup"
ELASTICACHE_SERVERLESS = "aws:elasticache/serverlessCache:ServerlessCache"
EVENT_BUS = "aws:cloudwatch/eventBus:EventBus"
EVENT_BUS_PERMISSION = "aws:cloudwatch/eventPermission:EventPermission"
EVENT_BUS_POLICY = "aws:cloudwatch/eventBusPolicy:EventBusPolicy"
EVENT_RULE = "aws:cloudwatch/eventRule:EventRule"
EVENT_TARGET = "aws:cloudwatch/eventTarget:EventTarget"
FIREHOSE = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
FLOW_LOG = "aws:ec2/flowLog:FlowLog"
HTTP_API = "aws:apigatewayv2/api:Api"
HTTP_API_AUTHORIZER = "aws:apigatewayv2/authorizer:Authorizer"
HTTP_API_DOMAIN = "aws:apigatewayv2/domainName:DomainName"
HTTP_API_INTEGRATION = "aws:apigatewayv2/integration:Integration"
HTTP_API_ROUTE = "aws:apigatewayv2/route:Route"
HTTP_API_STAGE = "aws:apigatewayv2/stage:Stage"
IAM_GROUP_POLICY = "aws:iam/groupPolicy:GroupPolicy"
IAM_POLICY = "aws:iam/policy:Policy"
IAM_POLICY_ATTACHMENTS = (
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    "aws:iam/policyAttachment:PolicyAttachment",
)
IAM_ROLE = "aws:iam/role:Role"
IAM_ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
IAM_ROLE_POLICY_ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
IAM_USER_POLICY = "aws:iam/userPolicy:UserPolicy"
INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway"
KINESIS_STREAM = "aws:kinesis/stream:Stream"
KMS_KEY = "aws:kms/key:Key"
KMS_KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy"
LAMBDA_ALIAS = "aws:lambda/alias:Alias"
LAMBDA_EVENT_SOURCE_MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping"
LAMBDA_FUNCTION = "aws:lambda/function:Function"
LAMBDA_FUNCTION_URL = "aws:lambda/functionUrl:FunctionUrl"
LAMBDA_INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"
LAMBDA_LAYER = "aws:lambda/layerVersion:LayerVersion"
LAMBDA_PERMISSION = "aws:lambda/permission:Permission"
LAMBDA_PROVISIONED_CONCURRENCY = (
    "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig"
)
LOG_DELIVERY_SOURCE = "aws:cloudwatch/logDeliverySource:LogDeliverySource"
LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
MAIN_ROUTE_TABLE_ASSOCIATION = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation"
NETWORK_ACL = "aws:ec2/networkAcl:NetworkAcl"
NETWORK_ACL_RULE = "aws:ec2/networkAclRule:NetworkAclRule"
PREFIX_LIST = "aws:ec2/managedPrefixList:ManagedPrefixList"
PREFIX_LIST_ENTRY = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry"
RDS_CLUSTER = "aws:rds/cluster:Cluster"
RDS_CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance"
RDS_CLUSTER_PARAMETERS = "aws:rds/clusterParameterGroup:ClusterParameterGroup"
RDS_INSTANCE = "aws:rds/instance:Instance"
RDS_PARAMETERS = "aws:rds/parameterGroup:ParameterGroup"
RDS_PROXY = "aws:rds/proxy:Proxy"
RDS_SUBNET_GROUP = "aws:rds/subnetGroup:SubnetGroup"
REDSHIFT_CLUSTER = "aws:redshift/cluster:Cluster"
REST_API = "aws:apigateway/restApi:RestApi"
ROUTE = "aws:ec2/route:Route"
ROUTE_TABLE = ("aws:ec2/routeTable:RouteTable", DEFAULT_ROUTE_TABLE)
ROUTE_TABLE_ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation"
SCHEDULE = "aws:scheduler/schedule:Schedule"
SEARCH_DOMAINS = ("aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain")
SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup"
SECURITY_GROUP_EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
SECURITY_GROUP_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule"
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
SECRET_ROTATION = "aws:secretsmanager/secretRotation:SecretRotation"  # noqa: S105  # a type, too
SECURITY_GROUP_INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
SSM_PARAMETER = "aws:ssm/parameter:Parameter"
VPC_ENDPOINT_POLICY = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"
WAF_ACL = "aws:wafv2/webAcl:WebAcl"
WAF_ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation"
WAF_LOGGING = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"
WAF_RULE_GROUP = "aws:wafv2/ruleGroup:RuleGroup"
