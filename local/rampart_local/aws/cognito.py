"""Amazon Cognito user pools."""

from typing import Any, cast

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import (
    Created,
    Inputs,
    creates,
    given,
    many,
    pascal,
    physical_name,
    updates,
)
from rampart_local.clients import Clients

_POOL = (
    "aliasAttributes",
    "autoVerifiedAttributes",
    "deletionProtection",
    "mfaConfiguration",
    "usernameAttributes",
)
_NESTED = ("adminCreateUserConfig", "deviceConfiguration", "lambdaConfig", "usernameConfiguration")
_CLIENT = (
    "accessTokenValidity",
    "allowedOauthFlows",
    "allowedOauthFlowsUserPoolClient",
    "allowedOauthScopes",
    "callbackUrls",
    "enableTokenRevocation",
    "explicitAuthFlows",
    "generateSecret",
    "idTokenValidity",
    "logoutUrls",
    "preventUserExistenceErrors",
    "readAttributes",
    "refreshTokenValidity",
    "supportedIdentityProviders",
    "writeAttributes",
)
# Where the API spells a word otherwise than the program.
_SPELLING = {
    "AllowedOauthFlows": "AllowedOAuthFlows",
    "AllowedOauthFlowsUserPoolClient": "AllowedOAuthFlowsUserPoolClient",
    "AllowedOauthScopes": "AllowedOAuthScopes",
    "CallbackUrls": "CallbackURLs",
    "LogoutUrls": "LogoutURLs",
    "PreventUserExistenceErrors": "PreventUserExistenceErrors",
}


@creates(
    "aws:cognito/userPool:UserPool",
    unenforced="no mail and no message is sent, and nobody is asked for a second factor",
)
def _pool(aws: Clients, resource: Registration) -> Created:
    request = _pool_request(resource.inputs)
    pool = aws.cognito.create_user_pool(PoolName=physical_name(resource, 128), **request)
    return _pool_outputs(aws, pool["UserPool"].get("Id", ""))


# https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
_POOL_DEFAULTS: dict[str, Any] = {
    "autoVerifiedAttributes": [],
    "deletionProtection": "INACTIVE",
    "lambdaConfig": {},
    "mfaConfiguration": "OFF",
    "passwordPolicy": {
        "PasswordPolicy": {
            "MinimumLength": 8,
            "RequireLowercase": True,
            "RequireNumbers": True,
            "RequireSymbols": True,
            "RequireUppercase": True,
            "TemporaryPasswordValidityDays": 7,
        }
    },
}


def _pool_request(inputs: Inputs) -> dict[str, Any]:
    request: dict[str, Any] = given(inputs, *_POOL)
    if request.get("MfaConfiguration") == "ON":
        # Nobody here has an authenticator to answer a second question with.
        request["MfaConfiguration"] = "OPTIONAL"
    for key in _NESTED:
        if inputs.get(key):
            request[key[:1].upper() + key[1:]] = pascal(inputs[key])
    if policy := inputs.get("passwordPolicy"):
        request["Policies"] = {"PasswordPolicy": pascal(policy)}
    if schemas := inputs.get("schemas"):
        request["Schema"] = [_attribute(each) for each in schemas]
    if recovery := inputs.get("accountRecoverySetting"):
        mechanisms = pascal(many(recovery, "recoveryMechanisms"))
        request["AccountRecoverySetting"] = {"RecoveryMechanisms": mechanisms}
    return request


@updates(
    "aws:cognito/userPool:UserPool",
    "aliasAttributes",
    "name",
    "usernameAttributes",
    "usernameConfiguration",
)
def _change_pool(aws: Clients, resource: Registration, pool: str, before: Inputs) -> Created:
    # AWS resets what an update leaves out, so all of it is sent.
    request = _pool_request(resource.inputs)
    for fixed in ("AliasAttributes", "Schema", "UsernameAttributes", "UsernameConfiguration"):
        request.pop(fixed, None)
    for key, default in _POOL_DEFAULTS.items():
        if before.get(key) and not resource.inputs.get(key):
            request["Policies" if key == "passwordPolicy" else key[:1].upper() + key[1:]] = default
    known = {each["name"] for each in many(before, "schemas")}
    added = [each for each in many(resource.inputs, "schemas") if each["name"] not in known]
    if before and added:
        aws.cognito.add_custom_attributes(
            UserPoolId=pool, CustomAttributes=[cast("Any", _attribute(each)) for each in added]
        )
    aws.cognito.update_user_pool(UserPoolId=pool, **request)
    return _pool_outputs(aws, pool)


def _pool_outputs(aws: Clients, pool: str) -> Created:
    return pool, {
        "arn": f"arn:aws:cognito-idp:{aws.region}:{aws.account}:userpool/{pool}",
        "endpoint": f"cognito-idp.{aws.region}.amazonaws.com/{pool}",
    }


def _attribute(schema: Inputs) -> dict[str, Any]:
    described = given(schema, "name", "attributeDataType", "mutable", "required")
    described |= given(schema, DeveloperOnlyAttribute="developerOnlyAttribute")
    for key in ("stringAttributeConstraints", "numberAttributeConstraints"):
        if schema.get(key):
            described[key[:1].upper() + key[1:]] = {
                name: str(limit) for name, limit in pascal(schema[key]).items()
            }
    return described


@creates("aws:cognito/userPoolClient:UserPoolClient")
def _client(aws: Clients, resource: Registration) -> Created:
    client = aws.cognito.create_user_pool_client(
        UserPoolId=resource.inputs["userPoolId"],
        ClientName=physical_name(resource, 128),
        **_client_request(resource.inputs),
    )["UserPoolClient"]
    return _client_outputs(client)


@updates("aws:cognito/userPoolClient:UserPoolClient", "generateSecret", "userPoolId")
def _change_client(aws: Clients, resource: Registration, client: str, _: Inputs) -> Created:
    # What an update leaves out is reset, as AWS does.
    request = _client_request(resource.inputs)
    request.pop("GenerateSecret", None)
    answer = aws.cognito.update_user_pool_client(
        UserPoolId=resource.inputs["userPoolId"],
        ClientId=client,
        ClientName=physical_name(resource, 128),
        **request,
    )["UserPoolClient"]
    return _client_outputs(answer)


def _client_request(inputs: Inputs) -> Any:  # noqa: ANN401  # two SDK calls take it
    request: dict[str, Any] = {
        _SPELLING.get(name, name): value for name, value in given(inputs, *_CLIENT).items()
    }
    if inputs.get("tokenValidityUnits"):
        request["TokenValidityUnits"] = pascal(inputs["tokenValidityUnits"])
    return request


def _client_outputs(client: Any) -> Created:  # noqa: ANN401  # two SDK types
    secret = client.get("ClientSecret", "")
    return client.get("ClientId", ""), {
        "clientSecret": secret,
        "name": client.get("ClientName", ""),
    }


@creates("aws:cognito/resourceServer:ResourceServer", again=True)
def _resource_server(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    request: Any = {
        "UserPoolId": inputs["userPoolId"],
        "Identifier": inputs["identifier"],
        "Name": physical_name(resource, 256),
        "Scopes": pascal(many(inputs, "scopes")),
    }
    try:
        aws.cognito.describe_resource_server(
            UserPoolId=inputs["userPoolId"], Identifier=inputs["identifier"]
        )
    except aws.cognito.exceptions.ResourceNotFoundException:
        aws.cognito.create_resource_server(**request)
    else:
        aws.cognito.update_resource_server(**request)
    scopes = [f"{inputs['identifier']}/{each['scopeName']}" for each in many(inputs, "scopes")]
    return f"{inputs['userPoolId']}|{inputs['identifier']}", {"scopeIdentifiers": scopes}


@creates("aws:cognito/userPoolDomain:UserPoolDomain")
def _domain(aws: Clients, resource: Registration) -> Created:
    domain = resource.inputs["domain"]
    aws.cognito.create_user_pool_domain(UserPoolId=resource.inputs["userPoolId"], Domain=domain)
    return domain, {"awsAccountId": aws.account}


@creates("aws:cognito/userGroup:UserGroup")
def _group(aws: Clients, resource: Registration) -> Created:
    name = physical_name(resource, 128)
    pool = resource.inputs["userPoolId"]
    request: Any = given(resource.inputs, "description", "precedence", "roleArn")
    aws.cognito.create_group(UserPoolId=pool, GroupName=name, **request)
    return f"{pool}/{name}", {"name": name}
