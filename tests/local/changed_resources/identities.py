"""Roles, policies, keys and users, changed."""

from tests.local.changed_resources.case import Case, other_policy
from tests.local.every_type.documents import trust

CASES: dict[str, list[Case]] = {
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
}
