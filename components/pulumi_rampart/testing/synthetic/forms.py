"""The forms of ids, ARNs and other outputs that AWS gives to particular types of resources.

`{name}` is the physical name, `{arn}` the ARN, `{region}`, `{account}` and `{upper}` (the name in
capitals) as they say.
"""

from typing import Any, cast

ARNS = {
    "aws:apigateway/stage:Stage": "arn:aws:apigateway:{region}::/restapis/api/stages/{name}",
    "aws:cloudwatch/eventBus:EventBus": "arn:aws:events:{region}:{account}:event-bus/{name}",
    "aws:cloudwatch/eventRule:EventRule": "arn:aws:events:{region}:{account}:rule/{name}",
    "aws:cloudwatch/logGroup:LogGroup": "arn:aws:logs:{region}:{account}:log-group:{name}",
    "aws:cloudwatch/metricAlarm:MetricAlarm": "arn:aws:cloudwatch:{region}:{account}:alarm:{name}",
    "aws:cognito/userPool:UserPool": "arn:aws:cognito-idp:{region}:{account}:userpool/{name}",
    "aws:dynamodb/table:Table": "arn:aws:dynamodb:{region}:{account}:table/{name}",
    "aws:ecr/repository:Repository": "arn:aws:ecr:{region}:{account}:repository/{name}",
    "aws:iam/policy:Policy": "arn:aws:iam::{account}:policy/{name}",
    "aws:iam/role:Role": "arn:aws:iam::{account}:role/{name}",
    "aws:lambda/function:Function": "arn:aws:lambda:{region}:{account}:function:{name}",
    "aws:rds/cluster:Cluster": "arn:aws:rds:{region}:{account}:cluster:{name}",
    "aws:rds/proxy:Proxy": "arn:aws:rds:{region}:{account}:db-proxy:prx-{name}",
    "aws:s3/bucket:Bucket": "arn:aws:s3:::{name}",
    "aws:secretsmanager/secret:Secret": "arn:aws:secretsmanager:{region}:{account}:secret:{name}",
    "aws:sfn/stateMachine:StateMachine": "arn:aws:states:{region}:{account}:stateMachine:{name}",
    "aws:sns/topic:Topic": "arn:aws:sns:{region}:{account}:{name}",
    "aws:sqs/queue:Queue": "arn:aws:sqs:{region}:{account}:{name}",
    "aws:ssm/parameter:Parameter": "arn:aws:ssm:{region}:{account}:parameter{name}",
}

_LAMBDA = "arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions"
_REGISTRY = "{account}.dkr.ecr.{region}.amazonaws.com"
_EXECUTE_API = "execute-api.{region}.amazonaws.com"

# What programs read beyond `arn`, `id` and `name`.
OUTPUTS: dict[str, dict[str, Any]] = {
    "aws:apigateway/restApi:RestApi": {
        "id": "{name}-id",
        "rootResourceId": "{name}-root",
        "executionArn": "arn:aws:execute-api:{region}:{account}:{name}-id",
    },
    "aws:apigateway/stage:Stage": {
        "invokeUrl": f"https://api.{_EXECUTE_API}/{{name}}",
        "executionArn": "arn:aws:execute-api:{region}:{account}:api/{name}",
    },
    "aws:apigatewayv2/api:Api": {
        "id": "{name}-id",
        "apiEndpoint": f"https://{{name}}-id.{_EXECUTE_API}",
        "executionArn": "arn:aws:execute-api:{region}:{account}:{name}-id",
    },
    "aws:apigatewayv2/stage:Stage": {
        "invokeUrl": f"https://api.{_EXECUTE_API}/{{name}}",
        "executionArn": "arn:aws:execute-api:{region}:{account}:api/{name}",
    },
    "aws:appsync/graphQLApi:GraphQLApi": {
        "id": "{name}-id",
        "uris": {
            "GRAPHQL": "https://{name}-id.appsync-api.{region}.amazonaws.com/graphql",
            "REALTIME": "wss://{name}-id.appsync-realtime-api.{region}.amazonaws.com/graphql",
        },
    },
    "aws:cognito/userPool:UserPool": {
        "id": "{region}_{name}",
        "endpoint": "cognito-idp.{region}.amazonaws.com/{region}_{name}",
    },
    "aws:dynamodb/table:Table": {"streamArn": "{arn}/stream/latest"},
    "aws:ecr/repository:Repository": {
        "repositoryUrl": f"{_REGISTRY}/{{name}}",
        "registryId": "{account}",
    },
    "aws:ec2/eip:Eip": {"allocationId": "{name}-allocation"},
    "aws:kms/key:Key": {"keyId": "{name}-id", "id": "{name}-id"},
    "aws:lambda/function:Function": {
        "invokeArn": f"{_LAMBDA}/{{arn}}/invocations",
        "qualifiedArn": "{arn}:1",
        "version": "1",
    },
    "aws:networkfirewall/firewall:Firewall": {
        "firewallStatuses": [
            {
                "syncStates": [
                    {
                        "availabilityZone": f"{{region}}{zone}",
                        "attachments": [{"endpointId": f"vpce-{{name}}-{zone}"}],
                    }
                    for zone in "abc"
                ]
            }
        ]
    },
    "aws:rds/cluster:Cluster": {
        "endpoint": "{name}.cluster.{region}.rds.amazonaws.com",
        "readerEndpoint": "{name}.cluster-ro.{region}.rds.amazonaws.com",
        "clusterResourceId": "cluster-{upper}",
        "masterUserSecrets": [
            {"secretArn": "arn:aws:secretsmanager:{region}:{account}:secret:rds!{name}"}
        ],
    },
    "aws:rds/proxy:Proxy": {"endpoint": "{name}.proxy.{region}.rds.amazonaws.com"},
    "aws:s3/bucket:Bucket": {
        "bucket": "{name}",
        "bucketRegionalDomainName": "{name}.s3.{region}.amazonaws.com",
    },
    "aws:s3/bucketObjectv2:BucketObjectv2": {"versionId": "{name}-version"},
    "aws:secretsmanager/secret:Secret": {"id": "{arn}"},
    "aws:signer/signingJob:SigningJob": {
        "signedObjects": [{"s3s": [{"bucket": "artifacts", "key": "signed/{name}.zip"}]}]
    },
    "aws:signer/signingProfile:SigningProfile": {
        "versionArn": "arn:aws:signer:{region}:{account}:/signing-profiles/{name}/1"
    },
    "aws:sns/topic:Topic": {"id": "{arn}"},
    "aws:sqs/queue:Queue": {
        "url": "https://sqs.{region}.amazonaws.com/{account}/{name}",
        "id": "https://sqs.{region}.amazonaws.com/{account}/{name}",
    },
    "docker:index/image:Image": {"repoDigest": f"{_REGISTRY}/{{name}}@sha256:{'0' * 64}"},
}

_LOGIN = {
    "userName": "AWS",
    "password": "password",
    "authorizationToken": "QVdTOnBhc3N3b3Jk",  # AWS:password
    "proxyEndpoint": f"https://{_REGISTRY}",
}

# Functions that describe the account.
CALLS: dict[str, dict[str, Any]] = {
    "aws:ec2/getManagedPrefixList:getManagedPrefixList": {"id": "pl-12345678"},
    "aws:ecr/getAuthorizationToken:getAuthorizationToken": _LOGIN,
    "aws:ecr/getCredentials:getCredentials": _LOGIN,
    "aws:index/getAvailabilityZones:getAvailabilityZones": {
        "id": "{region}",
        "names": ["{region}a", "{region}b", "{region}c"],
    },
    "aws:index/getCallerIdentity:getCallerIdentity": {
        "id": "{account}",
        "accountId": "{account}",
        "arn": "arn:aws:iam::{account}:user/deployer",
        "userId": "deployer",
    },
    "aws:index/getPartition:getPartition": {"id": "aws", "partition": "aws"},
    "aws:index/getRegion:getRegion": {"id": "{region}", "region": "{region}", "name": "{region}"},
}


def filled(form: Any, **words: str) -> Any:  # noqa: ANN401  # any JSON
    """Put words into a form, at any depth."""
    if isinstance(form, str):
        return form.format(**words)
    if isinstance(form, list):
        return [filled(each, **words) for each in cast("list[Any]", form)]
    entries = cast("dict[str, Any]", form)
    return {key: filled(each, **words) for key, each in entries.items()}
