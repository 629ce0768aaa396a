"""For each type that can be changed: inputs before and after, and how AWS shows the change."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.local.every_type import ACCOUNT, policy, trust

Show = Callable[[Any, str, dict[str, Any]], object]
"""Takes the clients, the id, and inputs and outputs; returns what AWS says of it."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A resource of every_type.py, changed."""

    name: str
    after: dict[str, Any]
    """Inputs that it has then."""
    show: Show
    shown: object
    before: dict[str, Any] = field(default_factory=dict[str, Any])
    """Inputs that it has first in addition; those that `after` lacks are removed."""


def attribute(name: str) -> Show:
    def show(aws: Any, url: str, _: dict[str, Any]) -> object:  # noqa: ANN401  # the clients
        found = aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])
        return found["Attributes"].get(name)

    return show


def actions(document: str) -> object:
    return json.loads(document)["Statement"][0]["Action"]


def other_policy(**principal: str) -> str:
    return policy(**principal).replace('"Action": "*"', '"Action": "app:Other"')


def stage(key: str) -> Show:
    return lambda aws, _, known: aws.apigateway.get_stage(
        restApiId=known["restApi"], stageName="v1"
    ).get(key)


def configuration(key: str) -> Show:
    return lambda aws, id_, _: aws.lambda_.get_function_configuration(FunctionName=id_).get(key)


def acl(aws: Any, id_: str, known: dict[str, Any]) -> Any:  # noqa: ANN401  # the SDK's answer
    return aws.wafv2.get_web_acl(Name=known["name"], Scope="REGIONAL", Id=id_)["WebACL"]


def method(aws: Any, _: str, known: dict[str, Any]) -> object:  # noqa: ANN401  # the clients
    found = aws.apigateway.get_method(
        restApiId=known["restApi"], resourceId=known["resourceId"], httpMethod="POST"
    )
    return [found["apiKeyRequired"], found["methodIntegration"]["type"]]


REDRIVE = json.dumps({"redrivePermission": "allowAll"})
HEALTHY = json.dumps({"StartAt": "Fine", "States": {"Fine": {"Type": "Succeed"}}})
EXPIRE = json.dumps(
    {
        "rules": [
            {
                "rulePriority": 2,
                "selection": {
                    "tagStatus": "any",
                    "countType": "imageCountMoreThan",
                    "countNumber": 9,
                },
                "action": {"type": "expire"},
            }
        ]
    }
)

CASES: dict[str, list[Case]] = {
    "aws:sqs/queue:Queue": [
        Case(
            name="queue",
            after={"visibilityTimeoutSeconds": 90},
            show=attribute("VisibilityTimeout"),
            shown="90",
        ),
        Case(
            name="rest",
            before={"delaySeconds": 7},
            after={},
            show=attribute("DelaySeconds"),
            shown="0",
        ),
    ],
    "aws:sqs/queuePolicy:QueuePolicy": [
        Case(
            name="queue",
            after={"policy": other_policy(AWS=ACCOUNT)},
            show=lambda aws, id_, known: actions(str(attribute("Policy")(aws, id_, known))),
            shown="app:Other",
        )
    ],
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": [
        Case(
            name="dead",
            after={"redriveAllowPolicy": REDRIVE},
            show=attribute("RedriveAllowPolicy"),
            shown=REDRIVE,
        )
    ],
    "aws:sns/topic:Topic": [
        Case(
            name="topic",
            before={"displayName": "before"},
            after={"displayName": "after"},
            show=lambda aws, id_, _: aws.sns.get_topic_attributes(TopicArn=id_)["Attributes"][
                "DisplayName"
            ],
            shown="after",
        )
    ],
    "aws:sns/topicPolicy:TopicPolicy": [
        Case(
            name="topic",
            after={"policy": other_policy(AWS=ACCOUNT)},
            show=lambda aws, id_, _: actions(
                aws.sns.get_topic_attributes(TopicArn=id_)["Attributes"]["Policy"]
            ),
            shown="app:Other",
        )
    ],
    "aws:iam/role:Role": [
        Case(
            name="role",
            before={"description": "before", "maxSessionDuration": 7200},
            after={"assumeRolePolicy": trust("states"), "permissionsBoundary": None},
            show=lambda aws, id_, _: [
                aws.iam.get_role(RoleName=id_)["Role"].get(key)
                for key in ("PermissionsBoundary", "MaxSessionDuration")
            ],
            shown=[None, 3600],
        )
    ],
    "aws:iam/rolePolicy:RolePolicy": [
        Case(
            name="role",
            after={"policy": other_policy()},
            show=lambda aws, _, known: aws.iam.get_role_policy(
                RoleName=known["role"], PolicyName=known["name"]
            )["PolicyDocument"]["Statement"][0]["Action"],
            shown="app:Other",
        )
    ],
    "aws:iam/policy:Policy": [
        Case(
            name="boundary",
            after={"policy": other_policy()},
            show=lambda aws, id_, _: aws.iam.get_policy_version(
                PolicyArn=id_,
                VersionId=aws.iam.get_policy(PolicyArn=id_)["Policy"]["DefaultVersionId"],
            )["PolicyVersion"]["Document"]["Statement"][0]["Action"],
            shown="app:Other",
        )
    ],
    "aws:kms/key:Key": [
        Case(
            name="key",
            after={"description": "after", "enableKeyRotation": None},
            show=lambda aws, id_, _: [
                aws.kms.describe_key(KeyId=id_)["KeyMetadata"].get("Description"),
                aws.kms.get_key_rotation_status(KeyId=id_)["KeyRotationEnabled"],
            ],
            shown=["after", False],
        )
    ],
    "aws:cognito/userPool:UserPool": [
        Case(
            name="people",
            after={"passwordPolicy": {"minimumLength": 14}},
            show=lambda aws, id_, _: aws.cognito.describe_user_pool(UserPoolId=id_)["UserPool"][
                "Policies"
            ]["PasswordPolicy"]["MinimumLength"],
            shown=14,
        )
    ],
    "aws:cognito/userPoolClient:UserPoolClient": [
        Case(
            name="web",
            after={"explicitAuthFlows": ["ALLOW_ADMIN_USER_PASSWORD_AUTH"]},
            show=lambda aws, id_, known: aws.cognito.describe_user_pool_client(
                UserPoolId=known["userPoolId"], ClientId=id_
            )["UserPoolClient"]["ExplicitAuthFlows"],
            shown=["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
        )
    ],
    "aws:cognito/resourceServer:ResourceServer": [
        Case(
            name="api",
            after={"scopes": [{"scopeName": "write", "scopeDescription": "write"}]},
            show=lambda aws, _, known: [
                each["ScopeName"]
                for each in aws.cognito.describe_resource_server(
                    UserPoolId=known["userPoolId"], Identifier="api"
                )["ResourceServer"]["Scopes"]
            ],
            shown=["write"],
        )
    ],
    "aws:dynamodb/table:Table": [
        Case(
            name="table",
            after={
                "globalSecondaryIndexes": [
                    {"name": "by-another", "hashKey": "other", "projectionType": "ALL"}
                ],
                "pointInTimeRecovery": {"enabled": False},
                "ttl": {"enabled": True, "attributeName": "gone_at"},
            },
            show=lambda aws, id_, _: [
                [
                    each["IndexName"]
                    for each in aws.dynamodb.describe_table(TableName=id_)["Table"][
                        "GlobalSecondaryIndexes"
                    ]
                ],
                aws.dynamodb.describe_continuous_backups(TableName=id_)[
                    "ContinuousBackupsDescription"
                ]["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"],
                aws.dynamodb.describe_time_to_live(TableName=id_)["TimeToLiveDescription"][
                    "AttributeName"
                ],
            ],
            shown=[["by-another"], "DISABLED", "gone_at"],
        )
    ],
    "aws:lambda/function:Function": [
        Case(
            name="function",
            before={"description": "before", "timeout": 9},
            after={"reservedConcurrentExecutions": 0, "layers": None, "tracingConfig": None},
            show=lambda aws, id_, known: (
                [
                    configuration(key)(aws, id_, known)
                    for key in ("Timeout", "Description", "Layers")
                ]
                + [
                    aws.lambda_.get_function_concurrency(FunctionName=id_).get(
                        "ReservedConcurrentExecutions"
                    )
                ]
            ),
            shown=[3, "", [], 0],
        )
    ],
    "aws:lambda/eventSourceMapping:EventSourceMapping": [
        Case(
            name="table",
            before={"batchSize": 50},
            after={"maximumRetryAttempts": 4},
            show=lambda aws, id_, _: [
                aws.lambda_.get_event_source_mapping(UUID=id_).get(key)
                for key in ("BatchSize", "MaximumRetryAttempts")
            ],
            shown=[100, 4],
        )
    ],
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": [
        Case(
            name="function",
            after={"maximumRetryAttempts": 0},
            show=lambda aws, _, known: aws.lambda_.get_function_event_invoke_config(
                FunctionName=known["functionName"]
            )["MaximumRetryAttempts"],
            shown=0,
        )
    ],
    "aws:lambda/permission:Permission": [
        Case(
            name="api",
            after={"principal": "events.amazonaws.com"},
            show=lambda aws, _, known: [
                each["Principal"]
                for each in json.loads(
                    aws.lambda_.get_policy(FunctionName=known["function"])["Policy"]
                )["Statement"]
            ],
            shown=[{"Service": "events.amazonaws.com"}],
        )
    ],
    "aws:apigateway/restApi:RestApi": [
        Case(
            name="api",
            after={"description": "after"},
            show=lambda aws, id_, _: aws.apigateway.get_rest_api(restApiId=id_)["description"],
            shown="after",
        )
    ],
    "aws:apigateway/authorizer:Authorizer": [
        Case(
            name="jwt",
            after={"authorizerResultTtlInSeconds": 60},
            show=lambda aws, id_, known: aws.apigateway.get_authorizer(
                restApiId=known["restApi"], authorizerId=id_
            )["authorizerResultTtlInSeconds"],
            shown=60,
        )
    ],
    "aws:apigateway/stage:Stage": [
        Case(
            name="v1",
            before={"variables": {"old": "1", "both": "1"}, "description": "before"},
            after={"variables": {"both": "2"}},
            show=stage("variables"),
            shown={"both": "2"},
        )
    ],
    "aws:apigateway/apiKey:ApiKey": [
        Case(
            name="key",
            after={"enabled": False},
            show=lambda aws, id_, _: aws.apigateway.get_api_key(apiKey=id_)["enabled"],
            shown=False,
        )
    ],
    "aws:apigateway/method:Method": [
        Case(
            name="post",
            after={"apiKeyRequired": True},
            show=method,
            shown=[True, "AWS_PROXY"],
        )
    ],
    "aws:cloudwatch/logGroup:LogGroup": [
        Case(
            name="logs",
            after={"retentionInDays": None},
            show=lambda aws, id_, _: aws.logs.describe_log_groups(logGroupNamePrefix=id_)[
                "logGroups"
            ][0].get("retentionInDays"),
            shown=None,
        )
    ],
    "aws:cloudwatch/metricAlarm:MetricAlarm": [
        Case(
            name="errors",
            after={"threshold": 5, "okActions": None},
            show=lambda aws, id_, _: [
                aws.cloudwatch.describe_alarms(AlarmNames=[id_])["MetricAlarms"][0].get(key)
                for key in ("Threshold", "OKActions")
            ],
            shown=[5.0, []],
        )
    ],
    "aws:cloudwatch/eventRule:EventRule": [
        Case(
            name="rule",
            after={"eventPattern": json.dumps({"source": ["other"]})},
            show=lambda aws, _, known: json.loads(
                aws.events.describe_rule(Name=known["name"], EventBusName=known["eventBusName"])[
                    "EventPattern"
                ]
            ),
            shown={"source": ["other"]},
        )
    ],
    "aws:cloudwatch/eventBus:EventBus": [
        Case(
            name="bus",
            after={"description": "after"},
            show=lambda aws, id_, _: aws.events.describe_event_bus(Name=id_).get("Description"),
            shown="after",
        )
    ],
    "aws:cloudwatch/eventArchive:EventArchive": [
        Case(
            name="archive",
            after={"retentionDays": 9},
            show=lambda aws, id_, _: aws.events.describe_archive(ArchiveName=id_)["RetentionDays"],
            shown=9,
        )
    ],
    "aws:scheduler/schedule:Schedule": [
        Case(
            name="nightly",
            after={"scheduleExpression": "rate(2 hours)"},
            show=lambda aws, id_, _: aws.scheduler.get_schedule(
                GroupName=id_.partition("/")[0], Name=id_.partition("/")[2]
            )["ScheduleExpression"],
            shown="rate(2 hours)",
        )
    ],
    "aws:sfn/stateMachine:StateMachine": [
        Case(
            name="steps",
            after={"definition": HEALTHY},
            show=lambda aws, id_, _: aws.stepfunctions.describe_state_machine(stateMachineArn=id_)[
                "definition"
            ],
            shown=HEALTHY,
        )
    ],
    "aws:secretsmanager/secret:Secret": [
        Case(
            name="secret",
            before={"description": "before"},
            after={},
            show=lambda aws, id_, _: (
                aws.secretsmanager.describe_secret(SecretId=id_).get("Description") or ""
            ),
            shown="",
        )
    ],
    "aws:ssm/parameter:Parameter": [
        Case(
            name="parameter",
            after={"value": "after"},
            show=lambda aws, id_, _: aws.ssm.get_parameter(Name=id_, WithDecryption=True)[
                "Parameter"
            ]["Value"],
            shown="after",
        )
    ],
    "aws:wafv2/webAcl:WebAcl": [
        Case(
            name="acl",
            after={"rules": []},
            show=lambda aws, id_, known: acl(aws, id_, known)["Rules"],
            shown=[],
        )
    ],
    "aws:wafv2/ipSet:IpSet": [
        Case(
            name="blocked",
            after={"addresses": ["198.51.100.0/24"]},
            show=lambda aws, id_, known: aws.wafv2.get_ip_set(
                Name=known["name"], Scope="REGIONAL", Id=id_
            )["IPSet"]["Addresses"],
            shown=["198.51.100.0/24"],
        )
    ],
    "aws:ecr/repository:Repository": [
        Case(
            name="images",
            after={"imageTagMutability": "MUTABLE"},
            show=lambda aws, id_, _: aws.ecr.describe_repositories(repositoryNames=[id_])[
                "repositories"
            ][0]["imageTagMutability"],
            shown="MUTABLE",
        )
    ],
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": [
        Case(
            name="images",
            after={"policy": EXPIRE},
            show=lambda aws, id_, _: json.loads(
                aws.ecr.get_lifecycle_policy(repositoryName=id_)["lifecyclePolicyText"]
            )["rules"][0]["rulePriority"],
            shown=2,
        )
    ],
    "aws:s3/bucketVersioning:BucketVersioning": [
        Case(
            name="bucket",
            after={"versioningConfiguration": {"status": "Suspended"}},
            show=lambda aws, id_, _: aws.s3.get_bucket_versioning(Bucket=id_)["Status"],
            shown="Suspended",
        )
    ],
    "aws:s3/bucketPolicy:BucketPolicy": [
        Case(
            name="bucket",
            after={"policy": other_policy(AWS=ACCOUNT)},
            show=lambda aws, id_, _: actions(aws.s3.get_bucket_policy(Bucket=id_)["Policy"]),
            shown="app:Other",
        )
    ],
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": [
        Case(
            name="bucket",
            after={
                "corsRules": [{"allowedMethods": ["GET"], "allowedOrigins": ["https://other.org"]}]
            },
            show=lambda aws, id_, _: aws.s3.get_bucket_cors(Bucket=id_)["CORSRules"][0][
                "AllowedMethods"
            ],
            shown=["GET"],
        )
    ],
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
        Case(
            name="bucket",
            after={"rules": [{"id": "other", "status": "Enabled", "expiration": {"days": 3}}]},
            show=lambda aws, id_, _: aws.s3.get_bucket_lifecycle_configuration(Bucket=id_)["Rules"][
                0
            ]["Expiration"]["Days"],
            shown=3,
        )
    ],
}
