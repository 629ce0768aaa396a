"""Type tokens of pulumi-aws that the rules speak about.

A tuple where a resource was renamed: pulumi-aws 6 programs still use the older token.
"""

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
API_AUTHORIZER = "aws:apigateway/authorizer:Authorizer"
API_METHOD = "aws:apigateway/method:Method"
API_METHOD_SETTINGS = "aws:apigateway/methodSettings:MethodSettings"
API_STAGE = "aws:apigateway/stage:Stage"
BUCKET = ("aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2")
BUCKET_VERSIONING = (
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:s3/bucketVersioningV2:BucketVersioningV2",
)
DYNAMODB_TABLE = "aws:dynamodb/table:Table"
EVENT_TARGET = "aws:cloudwatch/eventTarget:EventTarget"
HTTP_API = "aws:apigatewayv2/api:Api"
HTTP_API_AUTHORIZER = "aws:apigatewayv2/authorizer:Authorizer"
HTTP_API_ROUTE = "aws:apigatewayv2/route:Route"
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
LAMBDA_ALIAS = "aws:lambda/alias:Alias"
LAMBDA_EVENT_SOURCE_MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping"
LAMBDA_FUNCTION = "aws:lambda/function:Function"
LAMBDA_INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"
LAMBDA_PERMISSION = "aws:lambda/permission:Permission"
LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
REST_API = "aws:apigateway/restApi:RestApi"
SCHEDULE = "aws:scheduler/schedule:Schedule"
SNS_SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"
SNS_TOPIC = "aws:sns/topic:Topic"
SQS_QUEUE = "aws:sqs/queue:Queue"
SQS_QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy"
SQS_REDRIVE_POLICY = "aws:sqs/redrivePolicy:RedrivePolicy"
STATE_MACHINE = "aws:sfn/stateMachine:StateMachine"
WAF_ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation"
