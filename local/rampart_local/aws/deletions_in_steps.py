"""How resources are deleted that take more than one call, or that no call deletes."""

from typing import Any

from rampart_local.aws.registry import Inputs, deletes
from rampart_local.clients import Clients


@deletes(
    "aws:apigateway/account:Account",
    "aws:apigateway/methodSettings:MethodSettings",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "aws:iam/serviceLinkedRole:ServiceLinkedRole",
    "aws:lambda/invocation:Invocation",
    "aws:secretsmanager/secretRotation:SecretRotation",
    "aws:secretsmanager/secretVersion:SecretVersion",
    "docker:index/image:Image",
)
def _stays(_: Clients, __: str, ___: Inputs) -> None:
    """Leave it: the provider forgets these, too, or they go with what they belong to."""


@deletes("aws:apigateway/restApiPolicy:RestApiPolicy")
def _api_policy(aws: Clients, api: str, _: Inputs) -> None:
    aws.apigateway.update_rest_api(
        restApiId=api, patchOperations=[{"op": "replace", "path": "/policy", "value": ""}]
    )


@deletes("aws:cloudwatch/eventBusPolicy:EventBusPolicy")
def _bus_policy(aws: Clients, bus: str, _: Inputs) -> None:
    aws.events.remove_permission(EventBusName=bus, RemoveAllPermissions=True)


def _bus(known: Inputs) -> Any:  # noqa: ANN401  # the SDK's shape
    return {"EventBusName": known["eventBusName"]} if known.get("eventBusName") else {}


@deletes("aws:cloudwatch/eventRule:EventRule")
def _rule(aws: Clients, _: str, known: Inputs) -> None:
    targets = aws.events.list_targets_by_rule(Rule=known["name"], **_bus(known))["Targets"]
    if targets:
        ids = [each["Id"] for each in targets]
        aws.events.remove_targets(Rule=known["name"], Ids=ids, **_bus(known))
    aws.events.delete_rule(Name=known["name"], **_bus(known))


@deletes("aws:cloudwatch/eventTarget:EventTarget")
def _target(aws: Clients, _: str, known: Inputs) -> None:
    aws.events.remove_targets(Rule=known["rule"], Ids=[known["targetId"]], **_bus(known))


@deletes("aws:cloudwatch/metricAlarm:MetricAlarm")
def _alarm(aws: Clients, _: str, known: Inputs) -> None:
    aws.cloudwatch.delete_alarms(AlarmNames=[known["name"]])


@deletes("aws:cloudwatch/compositeAlarm:CompositeAlarm")
def _composite(aws: Clients, name: str, _: Inputs) -> None:
    aws.cloudwatch.delete_alarms(AlarmNames=[name])


@deletes("aws:cloudwatch/dashboard:Dashboard")
def _dashboard(aws: Clients, name: str, _: Inputs) -> None:
    aws.cloudwatch.delete_dashboards(DashboardNames=[name])


@deletes("aws:ec2/flowLog:FlowLog")
def _flow_log(aws: Clients, log: str, _: Inputs) -> None:
    aws.ec2.delete_flow_logs(FlowLogIds=[log])


@deletes("aws:ec2/internetGateway:InternetGateway")
def _gateway(aws: Clients, gateway: str, known: Inputs) -> None:
    if known.get("vpcId"):
        aws.ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=known["vpcId"])
    aws.ec2.delete_internet_gateway(InternetGatewayId=gateway)


@deletes("aws:ec2/vpcEndpoint:VpcEndpoint")
def _endpoint(aws: Clients, endpoint: str, _: Inputs) -> None:
    aws.ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])


@deletes("aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation")
def _endpoint_routes(aws: Clients, _: str, known: Inputs) -> None:
    aws.ec2.modify_vpc_endpoint(
        VpcEndpointId=known["vpcEndpointId"], RemoveRouteTableIds=[known["routeTableId"]]
    )


@deletes("aws:iam/role:Role")
def _role(aws: Clients, role: str, _: Inputs) -> None:
    for name in aws.iam.list_role_policies(RoleName=role)["PolicyNames"]:
        aws.iam.delete_role_policy(RoleName=role, PolicyName=name)
    for each in aws.iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]:
        aws.iam.detach_role_policy(RoleName=role, PolicyArn=each.get("PolicyArn", ""))
    aws.iam.delete_role(RoleName=role)


@deletes("aws:iam/policy:Policy")
def _policy(aws: Clients, arn: str, _: Inputs) -> None:
    for version in aws.iam.list_policy_versions(PolicyArn=arn)["Versions"]:
        if not version.get("IsDefaultVersion"):
            aws.iam.delete_policy_version(PolicyArn=arn, VersionId=version.get("VersionId", ""))
    aws.iam.delete_policy(PolicyArn=arn)


@deletes("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig")
def _invoke_config(aws: Clients, _: str, known: Inputs) -> None:
    aws.lambda_.delete_function_event_invoke_config(
        FunctionName=known["functionName"], **_qualifier(known)
    )


@deletes("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig")
def _provisioned(aws: Clients, _: str, known: Inputs) -> None:
    aws.lambda_.delete_provisioned_concurrency_config(
        FunctionName=known["functionName"], Qualifier=known["qualifier"]
    )


@deletes("aws:lambda/permission:Permission")
def _permission(aws: Clients, statement: str, known: Inputs) -> None:
    aws.lambda_.remove_permission(
        FunctionName=known["function"], StatementId=statement, **_qualifier(known)
    )


def _qualifier(known: Inputs) -> Any:  # noqa: ANN401  # the SDK's shape
    return {"Qualifier": known["qualifier"]} if known.get("qualifier") else {}


@deletes("aws:lambda/layerVersion:LayerVersion")
def _layer(aws: Clients, _: str, known: Inputs) -> None:
    aws.lambda_.delete_layer_version(
        LayerName=known["layerName"], VersionNumber=int(known["version"])
    )


@deletes("aws:s3/bucket:Bucket")
def _bucket(aws: Clients, bucket: str, _: Inputs) -> None:
    aws.s3.delete_bucket(Bucket=bucket)


@deletes("aws:s3/bucketNotification:BucketNotification")
def _notification(aws: Clients, bucket: str, _: Inputs) -> None:
    aws.s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={})


@deletes("aws:s3/bucketLogging:BucketLogging")
def _logging(aws: Clients, bucket: str, _: Inputs) -> None:
    aws.s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus={})


@deletes("aws:s3/bucketVersioning:BucketVersioning")
def _versioning(aws: Clients, bucket: str, _: Inputs) -> None:
    aws.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})


@deletes("aws:scheduler/schedule:Schedule")
def _schedule(aws: Clients, id_: str, _: Inputs) -> None:
    group, _slash, name = id_.partition("/")
    aws.scheduler.delete_schedule(GroupName=group, Name=name)


@deletes("aws:secretsmanager/secret:Secret")
def _secret(aws: Clients, secret: str, _: Inputs) -> None:
    aws.secretsmanager.delete_secret(SecretId=secret, ForceDeleteWithoutRecovery=True)


@deletes("aws:signer/signingProfile:SigningProfile")
def _profile(aws: Clients, name: str, _: Inputs) -> None:
    aws.signer.cancel_signing_profile(profileName=name)


@deletes("aws:sns/topicPolicy:TopicPolicy")
def _topic_policy(aws: Clients, topic: str, _: Inputs) -> None:
    aws.sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue="")


@deletes("aws:sqs/queuePolicy:QueuePolicy")
def _queue_policy(aws: Clients, url: str, _: Inputs) -> None:
    aws.sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": ""})


@deletes("aws:sqs/redrivePolicy:RedrivePolicy")
def _redrive(aws: Clients, url: str, _: Inputs) -> None:
    aws.sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": ""})


@deletes("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy")
def _redrive_allow(aws: Clients, url: str, _: Inputs) -> None:
    aws.sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedriveAllowPolicy": ""})


@deletes(
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
)
def _rule_of_group(aws: Clients, id_: str, known: Inputs) -> None:
    # Imported only here: the creators of these rules build the request.
    from rampart_local.aws.ec2_access import revoke  # noqa: PLC0415

    revoke(aws, id_, known)


@deletes("aws:wafv2/webAcl:WebAcl")
def _acl(aws: Clients, id_: str, known: Inputs) -> None:
    place: Any = {"Name": known["name"], "Scope": known["scope"], "Id": id_}
    token = aws.wafv2.get_web_acl(**place).get("LockToken", "")
    aws.wafv2.delete_web_acl(**place, LockToken=token)


@deletes("aws:wafv2/ipSet:IpSet")
def _ip_set(aws: Clients, id_: str, known: Inputs) -> None:
    place: Any = {"Name": known["name"], "Scope": known["scope"], "Id": id_}
    token = aws.wafv2.get_ip_set(**place).get("LockToken", "")
    aws.wafv2.delete_ip_set(**place, LockToken=token)
