"""APIs, their firewall, and who calls them."""

from typing import Any

import pulumi
import pulumi_aws as aws

from tests.local.every_type.documents import ACCOUNT, policy


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
