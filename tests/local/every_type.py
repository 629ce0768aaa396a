"""A program with one resource of every type that the laptop cloud creates."""

import json
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_docker as docker

CODE = Path(__file__).parent / "program" / "function"
ACCOUNT = "123456789012"


def policy(**principal: str) -> str:
    statement: dict[str, Any] = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    if principal:
        statement["Principal"] = principal
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def trust(service: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": f"{service}.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def program() -> None:
    key = keys()
    vpc, subnet, group = network()
    topic = messages(key)
    role = identities()
    bucket = buckets(key)
    table = tables(key)
    secrets(key, role)
    function = functions(role, bucket, subnet, group, table)
    stage = apis(function, role)
    firewall(stage)
    people()
    images(key)
    events(function, role)
    observability(topic, vpc, role)


def keys() -> aws.kms.Key:
    key = aws.kms.Key("key", enable_key_rotation=True, policy=policy(AWS=ACCOUNT))
    aws.kms.Alias("key", target_key_id=key.id)
    return key


def network() -> tuple[aws.ec2.Vpc, aws.ec2.Subnet, aws.ec2.SecurityGroup]:
    zone = aws.get_availability_zones(state="available").names[0]
    vpc = aws.ec2.Vpc("vpc", cidr_block="10.0.0.0/16", enable_dns_hostnames=True)
    subnet = aws.ec2.Subnet("net", vpc_id=vpc.id, cidr_block="10.0.0.0/24", availability_zone=zone)
    group = aws.ec2.SecurityGroup("group", vpc_id=vpc.id)
    aws.ec2.DefaultSecurityGroup("default", vpc_id=vpc.id)
    aws.vpc.SecurityGroupIngressRule(
        "in",
        security_group_id=group.id,
        ip_protocol="tcp",
        from_port=443,
        to_port=443,
        referenced_security_group_id=group.id,
    )
    aws.vpc.SecurityGroupEgressRule(
        "out",
        security_group_id=group.id,
        ip_protocol="tcp",
        from_port=443,
        to_port=443,
        cidr_ipv4="0.0.0.0/0",
    )
    gateway = aws.ec2.InternetGateway("gateway", vpc_id=vpc.id)
    address = aws.ec2.Eip("address", domain="vpc")
    aws.ec2.NatGateway("nat", subnet_id=subnet.id, allocation_id=address.allocation_id)
    routes = aws.ec2.RouteTable("routes", vpc_id=vpc.id)
    aws.ec2.RouteTableAssociation("routes", subnet_id=subnet.id, route_table_id=routes.id)
    aws.ec2.Route(
        "out", route_table_id=routes.id, destination_cidr_block="0.0.0.0/0", gateway_id=gateway.id
    )
    endpoint = aws.ec2.VpcEndpoint(
        "s3", vpc_id=vpc.id, service_name="com.amazonaws.eu-central-1.s3", policy=policy()
    )
    aws.ec2.VpcEndpointRouteTableAssociation(
        "s3", vpc_endpoint_id=endpoint.id, route_table_id=routes.id
    )
    return vpc, subnet, group


def messages(key: aws.kms.Key) -> aws.sns.Topic:
    topic = aws.sns.Topic("topic", kms_master_key_id=key.id)
    aws.sns.TopicPolicy("topic", arn=topic.arn, policy=policy(AWS=ACCOUNT))
    dead = aws.sqs.Queue("dead", fifo_queue=True)
    queue = aws.sqs.Queue("queue", kms_master_key_id=key.id, visibility_timeout_seconds=60)
    aws.sqs.QueuePolicy("queue", queue_url=queue.id, policy=policy(AWS=ACCOUNT))
    rest = aws.sqs.Queue("rest")
    aws.sqs.RedrivePolicy(
        "queue",
        queue_url=queue.id,
        redrive_policy=rest.arn.apply(
            lambda arn: json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 3})
        ),
    )
    aws.sqs.RedriveAllowPolicy(
        "dead", queue_url=dead.id, redrive_allow_policy=json.dumps({"redrivePermission": "denyAll"})
    )
    aws.sns.TopicSubscription("queue", topic=topic.arn, protocol="sqs", endpoint=queue.arn)
    return topic


def identities() -> aws.iam.Role:
    boundary = aws.iam.Policy("boundary", policy=policy())
    role = aws.iam.Role(
        "role", assume_role_policy=trust("lambda"), permissions_boundary=boundary.arn
    )
    aws.iam.RolePolicy("role", role=role.name, policy=policy())
    aws.iam.RolePolicyAttachment("role", role=role.name, policy_arn=boundary.arn)
    aws.iam.ServiceLinkedRole("linked", aws_service_name="ops.apigateway.amazonaws.com")
    return role


def buckets(key: aws.kms.Key) -> aws.s3.Bucket:
    bucket = aws.s3.Bucket("bucket")
    aws.s3.BucketVersioning(
        "bucket", bucket=bucket.id, versioning_configuration={"status": "Enabled"}
    )
    aws.s3.BucketServerSideEncryptionConfiguration(
        "bucket",
        bucket=bucket.id,
        rules=[
            {
                "apply_server_side_encryption_by_default": {
                    "sse_algorithm": "aws:kms",
                    "kms_master_key_id": key.arn,
                },
                "bucket_key_enabled": True,
            }
        ],
    )
    aws.s3.BucketPublicAccessBlock("bucket", bucket=bucket.id, block_public_acls=True)
    aws.s3.BucketPolicy("bucket", bucket=bucket.id, policy=policy(AWS=ACCOUNT))
    aws.s3.BucketLifecycleConfiguration(
        "bucket",
        bucket=bucket.id,
        rules=[
            {
                "id": "work",
                "status": "Enabled",
                "filter": {"prefix": "work/"},
                "expiration": {"days": 1},
                "abort_incomplete_multipart_upload": {"days_after_initiation": 1},
            }
        ],
    )
    aws.s3.BucketLogging("bucket", bucket=bucket.id, target_bucket=bucket.id, target_prefix="logs/")
    aws.s3.BucketOwnershipControls(
        "bucket", bucket=bucket.id, rule={"object_ownership": "BucketOwnerEnforced"}
    )
    aws.s3.BucketCorsConfiguration(
        "bucket",
        bucket=bucket.id,
        cors_rules=[{"allowed_methods": ["POST"], "allowed_origins": ["https://example.org"]}],
    )
    aws.s3.BucketNotification("bucket", bucket=bucket.id, eventbridge=True)
    return bucket


def tables(key: aws.kms.Key) -> aws.dynamodb.Table:
    return aws.dynamodb.Table(
        "table",
        billing_mode="PAY_PER_REQUEST",
        hash_key="pk",
        range_key="sk",
        attributes=[{"name": name, "type": "S"} for name in ("pk", "sk", "other")],
        global_secondary_indexes=[
            {"name": "by-other", "hash_key": "other", "projection_type": "ALL"}
        ],
        server_side_encryption={"enabled": True, "kms_key_arn": key.arn},
        point_in_time_recovery={"enabled": True},
        ttl={"enabled": True, "attribute_name": "expires_at"},
        stream_enabled=True,
        stream_view_type="NEW_IMAGE",
    )


def secrets(key: aws.kms.Key, role: aws.iam.Role) -> None:
    secret = aws.secretsmanager.Secret("secret", kms_key_id=key.arn)
    version = aws.secretsmanager.SecretVersion(
        "secret", secret_id=secret.id, secret_string="hidden"
    )
    aws.secretsmanager.Secret("empty")
    aws.secretsmanager.SecretPolicy("secret", secret_arn=secret.arn, policy=policy(AWS=ACCOUNT))
    rotator = aws.lambda_.Function(
        "rotator",
        role=role.arn,
        runtime="python3.13",
        handler="app.handle",
        code=pulumi.FileArchive(str(CODE)),
    )
    aws.secretsmanager.SecretRotation(
        "secret",
        secret_id=secret.id,
        rotation_lambda_arn=rotator.arn,
        rotation_rules={"automatically_after_days": 30},
        opts=pulumi.ResourceOptions(depends_on=[version]),
    )
    aws.ssm.Parameter("parameter", type="SecureString", value="hidden", name="/app/parameter")


def functions(
    role: aws.iam.Role,
    bucket: aws.s3.Bucket,
    subnet: aws.ec2.Subnet,
    group: aws.ec2.SecurityGroup,
    table: aws.dynamodb.Table,
) -> aws.lambda_.Function:
    source = aws.s3.BucketObjectv2(
        "code", bucket=bucket.id, key="code.zip", source=pulumi.FileArchive(str(CODE))
    )
    profile = aws.signer.SigningProfile(
        "profile",
        platform_id="AWSLambda-SHA384-ECDSA",
        signature_validity_period={"type": "MONTHS", "value": 12},
    )
    job = aws.signer.SigningJob(
        "code",
        profile_name=profile.name,
        source={"s3": {"bucket": bucket.id, "key": source.key, "version": source.version_id}},
        destination={"s3": {"bucket": bucket.id, "prefix": "signed/"}},
    )
    layer = aws.lambda_.LayerVersion(
        "layer", layer_name="layer", code=pulumi.FileArchive(str(CODE))
    )
    function = aws.lambda_.Function(
        "function",
        role=role.arn,
        runtime="python3.13",
        architectures=["arm64"],
        handler="app.handle",
        s3_bucket=bucket.id,
        s3_key=job.signed_objects.apply(_signed_key),
        publish=True,
        layers=[layer.arn],
        tracing_config={"mode": "Active"},
        vpc_config={"subnet_ids": [subnet.id], "security_group_ids": [group.id]},
        reserved_concurrent_executions=2,
    )
    alias = aws.lambda_.Alias(
        "prod", name="prod", function_name=function.name, function_version=function.version
    )
    aws.lambda_.ProvisionedConcurrencyConfig(
        "prod",
        function_name=function.name,
        qualifier=alias.name,
        provisioned_concurrent_executions=1,
    )
    aws.lambda_.Permission(
        "api",
        function=function.name,
        action="lambda:InvokeFunction",
        principal="apigateway.amazonaws.com",
    )
    aws.lambda_.FunctionEventInvokeConfig(
        "function", function_name=function.name, maximum_retry_attempts=1
    )
    aws.lambda_.Invocation("once", function_name=function.name, input="{}")
    aws.lambda_.EventSourceMapping(
        "table",
        function_name=function.arn,
        event_source_arn=table.stream_arn,
        starting_position="LATEST",
        enabled=False,
    )
    return function


def _signed_key(objects: Any) -> str:  # noqa: ANN401  # the SDK's outputs are loosely typed
    return objects[0].s3s[0].key


def apis(function: aws.lambda_.Function, role: aws.iam.Role) -> aws.apigateway.Stage:
    api = aws.apigateway.RestApi("api", endpoint_configuration={"types": "REGIONAL"})
    aws.apigateway.RestApiPolicy("api", rest_api_id=api.id, policy=policy(AWS=ACCOUNT))
    authorizer = aws.apigateway.Authorizer(
        "jwt", rest_api=api.id, authorizer_uri=function.invoke_arn, type="TOKEN"
    )
    validator = aws.apigateway.RequestValidator("body", rest_api=api.id, validate_request_body=True)
    model = aws.apigateway.Model(
        "item", rest_api=api.id, content_type="application/json", schema='{"type": "object"}'
    )
    items = aws.apigateway.Resource(
        "items", rest_api=api.id, parent_id=api.root_resource_id, path_part="items"
    )
    method = aws.apigateway.Method(
        "post",
        rest_api=api.id,
        resource_id=items.id,
        http_method="POST",
        authorization="CUSTOM",
        authorizer_id=authorizer.id,
        request_validator_id=validator.id,
        request_models={"application/json": model.name},
    )
    place: Any = {"rest_api": api.id, "resource_id": items.id, "http_method": method.http_method}
    integration = aws.apigateway.Integration(
        "post", **place, type="AWS_PROXY", integration_http_method="POST", uri=function.invoke_arn
    )
    answer = aws.apigateway.MethodResponse("post", **place, status_code="200")
    aws.apigateway.IntegrationResponse(
        "post",
        **place,
        status_code=answer.status_code,
        opts=pulumi.ResourceOptions(depends_on=[integration]),
    )
    aws.apigateway.Response(
        "default",
        rest_api_id=api.id,
        response_type="DEFAULT_4XX",
        response_templates={"application/json": '{"title": $context.error.messageString}'},
    )
    deployment = aws.apigateway.Deployment(
        "api", rest_api=api.id, opts=pulumi.ResourceOptions(depends_on=[integration])
    )
    stage = aws.apigateway.Stage("v1", rest_api=api.id, stage_name="v1", deployment=deployment.id)
    aws.apigateway.MethodSettings(
        "all",
        rest_api=api.id,
        stage_name=stage.stage_name,
        method_path="*/*",
        settings={
            "throttling_burst_limit": 10,
            "throttling_rate_limit": 5,
            "metrics_enabled": True,
        },
    )
    plan = aws.apigateway.UsagePlan(
        "plan",
        api_stages=[{"api_id": api.id, "stage": stage.stage_name}],
        quota_settings={"limit": 100, "period": "DAY"},
        throttle_settings={"burst_limit": 10, "rate_limit": 5},
    )
    key = aws.apigateway.ApiKey("key")
    aws.apigateway.UsagePlanKey("key", usage_plan_id=plan.id, key_id=key.id, key_type="API_KEY")
    aws.apigateway.Account("account", cloudwatch_role_arn=role.arn)
    return stage


def firewall(stage: aws.apigateway.Stage) -> None:
    addresses = aws.wafv2.IpSet(
        "blocked", scope="REGIONAL", ip_address_version="IPV4", addresses=["192.0.2.0/24"]
    )
    seen: Any = {
        "cloudwatch_metrics_enabled": True,
        "metric_name": "acl",
        "sampled_requests_enabled": True,
    }
    # In the provider's spelling: three statements deep the SDK translates no names.
    on_a_path: Any = {
        "regexMatchStatement": {
            "regexString": "^/upload$",
            "fieldToMatch": {"uriPath": {}},
            "textTransformations": [{"priority": 0, "type": "NONE"}],
        }
    }
    elsewhere: Any = {
        "and_statement": {
            "statements": [
                {"label_match_statement": {"scope": "LABEL", "key": "a:b"}},
                {"not_statement": {"statements": [on_a_path]}},
            ]
        }
    }
    acl = aws.wafv2.WebAcl(
        "acl",
        scope="REGIONAL",
        default_action={"allow": {}},
        visibility_config=seen,
        rules=[
            {
                "name": "rate",
                "priority": 0,
                "action": {"block": {}},
                "statement": {"rate_based_statement": {"limit": 100, "aggregate_key_type": "IP"}},
                "visibility_config": seen,
            },
            {
                "name": "blocked",
                "priority": 1,
                "action": {"block": {}},
                "statement": {"ip_set_reference_statement": {"arn": addresses.arn}},
                "visibility_config": seen,
            },
            {
                "name": "common",
                "priority": 2,
                "override_action": {"none": {}},
                "statement": {
                    "managed_rule_group_statement": {
                        "name": "AWSManagedRulesCommonRuleSet",
                        "vendor_name": "AWS",
                    }
                },
                "visibility_config": seen,
            },
            {
                "name": "large",
                "priority": 3,
                "action": {"block": {}},
                "statement": elsewhere,
                "visibility_config": seen,
            },
        ],
    )
    aws.wafv2.WebAclAssociation("api", web_acl_arn=acl.arn, resource_arn=stage.arn)


def people() -> None:
    pool = aws.cognito.UserPool(
        "people",
        password_policy={"minimum_length": 12},
        schemas=[{"name": "tenant", "attribute_data_type": "String", "mutable": True}],
    )
    server = aws.cognito.ResourceServer(
        "api",
        user_pool_id=pool.id,
        identifier="api",
        scopes=[{"scope_name": "read", "scope_description": "read"}],
    )
    aws.cognito.UserPoolClient(
        "web",
        user_pool_id=pool.id,
        explicit_auth_flows=["ALLOW_USER_SRP_AUTH"],
        opts=pulumi.ResourceOptions(depends_on=[server]),
    )
    aws.cognito.UserPoolDomain("people", user_pool_id=pool.id, domain="people-example")
    aws.cognito.UserGroup("readers", user_pool_id=pool.id)


def images(key: aws.kms.Key) -> None:
    repository = aws.ecr.Repository(
        "images",
        image_tag_mutability="IMMUTABLE",
        image_scanning_configuration={"scan_on_push": True},
        encryption_configurations=[{"encryption_type": "KMS", "kms_key": key.arn}],
    )
    aws.ecr.RepositoryPolicy("images", repository=repository.name, policy=policy(AWS=ACCOUNT))
    rule = {
        "rulePriority": 1,
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 5},
        "action": {"type": "expire"},
    }
    aws.ecr.LifecyclePolicy(
        "images", repository=repository.name, policy=json.dumps({"rules": [rule]})
    )
    token = aws.ecr.get_authorization_token_output(registry_id=repository.registry_id)
    docker.Image(
        "heavy",
        image_name=repository.repository_url.apply(lambda url: f"{url}:1"),
        build={"context": str(CODE.parent / "image")},
        registry={"server": repository.repository_url, "password": token.password},
    )


def events(function: aws.lambda_.Function, role: aws.iam.Role) -> None:
    bus = aws.cloudwatch.EventBus("bus")
    aws.cloudwatch.EventBusPolicy("bus", event_bus_name=bus.name, policy=policy(AWS=ACCOUNT))
    rule = aws.cloudwatch.EventRule(
        "rule", event_bus_name=bus.name, event_pattern=json.dumps({"source": ["app"]})
    )
    aws.cloudwatch.EventTarget(
        "function",
        event_bus_name=bus.name,
        rule=rule.name,
        arn=function.arn,
        retry_policy={"maximum_retry_attempts": 2, "maximum_event_age_in_seconds": 3600},
        input_transformer={"input_paths": {"id": "$.detail.id"}, "input_template": '{"id": <id>}'},
    )
    aws.cloudwatch.EventArchive("archive", event_source_arn=bus.arn, retention_days=7)
    schedules = aws.scheduler.ScheduleGroup("nightly")
    aws.scheduler.Schedule(
        "nightly",
        group_name=schedules.name,
        schedule_expression="cron(0 3 * * ? *)",
        flexible_time_window={"mode": "OFF"},
        target={"arn": function.arn, "role_arn": role.arn, "input": "{}"},
    )
    steps = {"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}
    aws.sfn.StateMachine("steps", role_arn=role.arn, definition=json.dumps(steps))


def observability(topic: aws.sns.Topic, vpc: aws.ec2.Vpc, role: aws.iam.Role) -> None:
    logs = aws.cloudwatch.LogGroup("logs", retention_in_days=30)
    aws.ec2.FlowLog(
        "flow",
        vpc_id=vpc.id,
        traffic_type="ALL",
        log_destination_type="cloud-watch-logs",
        log_destination=logs.arn,
        iam_role_arn=role.arn,
    )
    aws.cloudwatch.LogResourcePolicy(
        "logs", policy_name="logs", policy_document=policy(Service="es.amazonaws.com")
    )
    aws.cloudwatch.LogMetricFilter(
        "errors",
        log_group_name=logs.name,
        pattern="ERROR",
        metric_transformation={"name": "errors", "namespace": "app", "value": "1"},
    )
    alarm = aws.cloudwatch.MetricAlarm(
        "errors",
        comparison_operator="GreaterThanThreshold",
        evaluation_periods=1,
        metric_name="Errors",
        namespace="AWS/Lambda",
        period=60,
        statistic="Sum",
        threshold=0,
        dimensions={"FunctionName": "function"},
        alarm_actions=[topic.arn],
        ok_actions=[topic.arn],
    )
    aws.cloudwatch.CompositeAlarm(
        "any", alarm_name="any", alarm_rule=alarm.name.apply(lambda name: f'ALARM("{name}")')
    )
    aws.cloudwatch.Dashboard(
        "board", dashboard_name="board", dashboard_body=json.dumps({"widgets": []})
    )
