"""How resources are deleted: one call of the service's API for most types."""

from collections.abc import Callable
from typing import Any

from rampart_local.aws.registry import DELETERS, Inputs
from rampart_local.clients import Clients

# Type -> client, method, and its parameters by where their values come from: `id`, or the name of
# an input or output.
_CALLS: dict[str, tuple[str, str, dict[str, str]]] = {
    "apigateway/apiKey:ApiKey": ("apigateway", "delete_api_key", {"apiKey": "id"}),
    "apigateway/authorizer:Authorizer": (
        "apigateway",
        "delete_authorizer",
        {"restApiId": "restApi", "authorizerId": "id"},
    ),
    "apigateway/deployment:Deployment": (
        "apigateway",
        "delete_deployment",
        {"restApiId": "restApi", "deploymentId": "id"},
    ),
    "apigateway/integration:Integration": (
        "apigateway",
        "delete_integration",
        {"restApiId": "restApi", "resourceId": "resourceId", "httpMethod": "httpMethod"},
    ),
    "apigateway/integrationResponse:IntegrationResponse": (
        "apigateway",
        "delete_integration_response",
        {
            "restApiId": "restApi",
            "resourceId": "resourceId",
            "httpMethod": "httpMethod",
            "statusCode": "statusCode",
        },
    ),
    "apigateway/method:Method": (
        "apigateway",
        "delete_method",
        {"restApiId": "restApi", "resourceId": "resourceId", "httpMethod": "httpMethod"},
    ),
    "apigateway/methodResponse:MethodResponse": (
        "apigateway",
        "delete_method_response",
        {
            "restApiId": "restApi",
            "resourceId": "resourceId",
            "httpMethod": "httpMethod",
            "statusCode": "statusCode",
        },
    ),
    "apigateway/model:Model": (
        "apigateway",
        "delete_model",
        {"restApiId": "restApi", "modelName": "name"},
    ),
    "apigateway/requestValidator:RequestValidator": (
        "apigateway",
        "delete_request_validator",
        {"restApiId": "restApi", "requestValidatorId": "id"},
    ),
    "apigateway/resource:Resource": (
        "apigateway",
        "delete_resource",
        {"restApiId": "restApi", "resourceId": "id"},
    ),
    "apigateway/response:Response": (
        "apigateway",
        "delete_gateway_response",
        {"restApiId": "restApiId", "responseType": "responseType"},
    ),
    "apigateway/restApi:RestApi": ("apigateway", "delete_rest_api", {"restApiId": "id"}),
    "apigateway/stage:Stage": (
        "apigateway",
        "delete_stage",
        {"restApiId": "restApi", "stageName": "stageName"},
    ),
    "apigateway/usagePlan:UsagePlan": ("apigateway", "delete_usage_plan", {"usagePlanId": "id"}),
    "apigateway/usagePlanKey:UsagePlanKey": (
        "apigateway",
        "delete_usage_plan_key",
        {"usagePlanId": "usagePlanId", "keyId": "keyId"},
    ),
    "cloudwatch/eventArchive:EventArchive": ("events", "delete_archive", {"ArchiveName": "name"}),
    "cloudwatch/eventBus:EventBus": ("events", "delete_event_bus", {"Name": "name"}),
    "cloudwatch/logGroup:LogGroup": ("logs", "delete_log_group", {"logGroupName": "name"}),
    "cloudwatch/logMetricFilter:LogMetricFilter": (
        "logs",
        "delete_metric_filter",
        {"logGroupName": "logGroupName", "filterName": "name"},
    ),
    "cloudwatch/logResourcePolicy:LogResourcePolicy": (
        "logs",
        "delete_resource_policy",
        {"policyName": "policyName"},
    ),
    "cognito/resourceServer:ResourceServer": (
        "cognito",
        "delete_resource_server",
        {"UserPoolId": "userPoolId", "Identifier": "identifier"},
    ),
    "cognito/userGroup:UserGroup": (
        "cognito",
        "delete_group",
        {"UserPoolId": "userPoolId", "GroupName": "name"},
    ),
    "cognito/userPool:UserPool": ("cognito", "delete_user_pool", {"UserPoolId": "id"}),
    "cognito/userPoolClient:UserPoolClient": (
        "cognito",
        "delete_user_pool_client",
        {"UserPoolId": "userPoolId", "ClientId": "id"},
    ),
    "cognito/userPoolDomain:UserPoolDomain": (
        "cognito",
        "delete_user_pool_domain",
        {"UserPoolId": "userPoolId", "Domain": "domain"},
    ),
    "dynamodb/table:Table": ("dynamodb", "delete_table", {"TableName": "name"}),
    "ec2/eip:Eip": ("ec2", "release_address", {"AllocationId": "id"}),
    "ec2/natGateway:NatGateway": ("ec2", "delete_nat_gateway", {"NatGatewayId": "id"}),
    "ec2/route:Route": (
        "ec2",
        "delete_route",
        {"RouteTableId": "routeTableId", "DestinationCidrBlock": "destinationCidrBlock"},
    ),
    "ec2/routeTable:RouteTable": ("ec2", "delete_route_table", {"RouteTableId": "id"}),
    "ec2/routeTableAssociation:RouteTableAssociation": (
        "ec2",
        "disassociate_route_table",
        {"AssociationId": "id"},
    ),
    "ec2/securityGroup:SecurityGroup": ("ec2", "delete_security_group", {"GroupId": "id"}),
    "ec2/subnet:Subnet": ("ec2", "delete_subnet", {"SubnetId": "id"}),
    "ec2/vpc:Vpc": ("ec2", "delete_vpc", {"VpcId": "id"}),
    "ecr/lifecyclePolicy:LifecyclePolicy": (
        "ecr",
        "delete_lifecycle_policy",
        {"repositoryName": "repository"},
    ),
    "ecr/repository:Repository": ("ecr", "delete_repository", {"repositoryName": "name"}),
    "ecr/repositoryPolicy:RepositoryPolicy": (
        "ecr",
        "delete_repository_policy",
        {"repositoryName": "repository"},
    ),
    "iam/rolePolicy:RolePolicy": (
        "iam",
        "delete_role_policy",
        {"RoleName": "role", "PolicyName": "name"},
    ),
    "iam/rolePolicyAttachment:RolePolicyAttachment": (
        "iam",
        "detach_role_policy",
        {"RoleName": "role", "PolicyArn": "policyArn"},
    ),
    "kms/alias:Alias": ("kms", "delete_alias", {"AliasName": "name"}),
    "kms/key:Key": ("kms", "schedule_key_deletion", {"KeyId": "id"}),
    "lambda/alias:Alias": (
        "lambda_",
        "delete_alias",
        {"FunctionName": "functionName", "Name": "name"},
    ),
    "lambda/eventSourceMapping:EventSourceMapping": (
        "lambda_",
        "delete_event_source_mapping",
        {"UUID": "id"},
    ),
    "lambda/function:Function": ("lambda_", "delete_function", {"FunctionName": "id"}),
    "s3/bucketCorsConfiguration:BucketCorsConfiguration": (
        "s3",
        "delete_bucket_cors",
        {"Bucket": "bucket"},
    ),
    "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": (
        "s3",
        "delete_bucket_lifecycle",
        {"Bucket": "bucket"},
    ),
    "s3/bucketObjectv2:BucketObjectv2": (
        "s3",
        "delete_object",
        {"Bucket": "bucket", "Key": "key"},
    ),
    "s3/bucketOwnershipControls:BucketOwnershipControls": (
        "s3",
        "delete_bucket_ownership_controls",
        {"Bucket": "bucket"},
    ),
    "s3/bucketPolicy:BucketPolicy": ("s3", "delete_bucket_policy", {"Bucket": "bucket"}),
    "s3/bucketPublicAccessBlock:BucketPublicAccessBlock": (
        "s3",
        "delete_public_access_block",
        {"Bucket": "bucket"},
    ),
    "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (
        "s3",
        "delete_bucket_encryption",
        {"Bucket": "bucket"},
    ),
    "scheduler/scheduleGroup:ScheduleGroup": (
        "scheduler",
        "delete_schedule_group",
        {"Name": "name"},
    ),
    "secretsmanager/secretPolicy:SecretPolicy": (
        "secretsmanager",
        "delete_resource_policy",
        {"SecretId": "secretArn"},
    ),
    "sfn/stateMachine:StateMachine": (
        "stepfunctions",
        "delete_state_machine",
        {"stateMachineArn": "id"},
    ),
    "sns/topic:Topic": ("sns", "delete_topic", {"TopicArn": "id"}),
    "sns/topicSubscription:TopicSubscription": ("sns", "unsubscribe", {"SubscriptionArn": "id"}),
    "sqs/queue:Queue": ("sqs", "delete_queue", {"QueueUrl": "id"}),
    "ssm/parameter:Parameter": ("ssm", "delete_parameter", {"Name": "name"}),
    "wafv2/webAclAssociation:WebAclAssociation": (
        "wafv2",
        "disassociate_web_acl",
        {"ResourceArn": "resourceArn"},
    ),
}


def _one_call(client: str, method: str, names: dict[str, str]) -> Callable[..., None]:
    def delete(aws: Clients, id_: str, known: Inputs) -> None:
        values = {"id": id_, **{key: known[key] for key in known if key != "id"}}
        request: dict[str, Any] = {name: values[source] for name, source in names.items()}
        getattr(getattr(aws, client), method)(**request)

    return delete


DELETERS.update(
    {
        f"aws:{type_}": _one_call(client, method, names)
        for type_, (client, method, names) in _CALLS.items()
    }
)
