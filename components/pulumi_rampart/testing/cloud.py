"""What answers for the cloud while a program is recorded."""

from collections.abc import Callable
from typing import Any, Protocol

from pulumi_rampart.testing.graph import Registration

ACCOUNT = "123456789012"
REGION = "eu-central-1"


class Cloud(Protocol):
    """Creates what a program asks for, or pretends to.

    Both methods are called from several threads: a resource as soon as its inputs are known.
    """

    def create(self, resource: Registration) -> tuple[str, dict[str, Any]]:
        """Return the id and the outputs (wire names) that the inputs do not already say."""
        ...

    def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Answer a provider function such as `aws:index/getCallerIdentity:getCallerIdentity`."""
        ...


class SyntheticCloud:
    """Creates nothing; answers with ids and ARNs of the form AWS gives them.

    The same program always gets the same answers, so graphs can be compared.
    """

    def create(self, resource: Registration) -> tuple[str, dict[str, Any]]:
        """Return a plausible id and outputs; see `_OUTPUTS` for the types that need more."""
        service, _, kind = resource.type.removeprefix("aws:").replace("/", ":").partition(":")
        kind = kind.split(":")[0]
        inputs = resource.inputs
        physical = str(inputs.get("name") or inputs.get("bucket") or resource.name)
        arn = f"arn:aws:{service}:{REGION}:{ACCOUNT}:{kind}/{physical}"
        if resource.type in _ARNS:
            form = _ARNS[resource.type]
            arn = form.format(region=REGION, account=ACCOUNT, name=physical)
        outputs = _OUTPUTS.get(resource.type)
        more = outputs(physical, arn) if outputs else {}
        id_ = str(more.pop("id", physical))
        return id_, {"arn": arn, "name": physical, **more}

    def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Answer the provider functions that describe the account.

        Raises:
            LookupError: an unknown function; give `record` a cloud that answers it.
        """
        answer = _CALLS.get(token)
        if answer is None:
            raise LookupError(
                f"no answer for {token}({arguments}); known are {sorted(_CALLS)}. "
                "Pass record(cloud=...) an object whose call() answers it."
            )
        return answer


_ARNS = {
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

_LAMBDA = f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions"
_REGISTRY = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com"
_EXECUTE_API = f"execute-api.{REGION}.amazonaws.com"

# What programs read beyond `arn`, `id` and `name`.
_OUTPUTS: dict[str, Callable[[str, str], dict[str, Any]]] = {
    "aws:apigateway/restApi:RestApi": lambda name, _arn: {
        "id": f"{name}-id",
        "rootResourceId": f"{name}-root",
        "executionArn": f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{name}-id",
    },
    "aws:apigateway/stage:Stage": lambda name, _arn: {
        "invokeUrl": f"https://api.{_EXECUTE_API}/{name}",
        "executionArn": f"arn:aws:execute-api:{REGION}:{ACCOUNT}:api/{name}",
    },
    "aws:cognito/userPool:UserPool": lambda name, _arn: {
        "id": f"{REGION}_{name}",
        "endpoint": f"cognito-idp.{REGION}.amazonaws.com/{REGION}_{name}",
    },
    "aws:dynamodb/table:Table": lambda _name, arn: {"streamArn": f"{arn}/stream/latest"},
    "aws:ecr/repository:Repository": lambda name, _arn: {
        "repositoryUrl": f"{_REGISTRY}/{name}",
        "registryId": ACCOUNT,
    },
    "aws:ec2/eip:Eip": lambda name, _arn: {"allocationId": f"{name}-allocation"},
    "aws:kms/key:Key": lambda name, _arn: {"keyId": f"{name}-id", "id": f"{name}-id"},
    "aws:lambda/function:Function": lambda _name, arn: {
        "invokeArn": f"{_LAMBDA}/{arn}/invocations",
        "qualifiedArn": f"{arn}:1",
        "version": "1",
    },
    "aws:networkfirewall/firewall:Firewall": lambda name, _arn: {
        "firewallStatuses": [
            {
                "syncStates": [
                    {
                        "availabilityZone": f"{REGION}{zone}",
                        "attachments": [{"endpointId": f"vpce-{name}-{zone}"}],
                    }
                    for zone in "abc"
                ]
            }
        ]
    },
    "aws:rds/cluster:Cluster": lambda name, _arn: {
        "endpoint": f"{name}.cluster.{REGION}.rds.amazonaws.com",
        "readerEndpoint": f"{name}.cluster-ro.{REGION}.rds.amazonaws.com",
        "clusterResourceId": f"cluster-{name.upper()}",
        "masterUserSecrets": [
            {"secretArn": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:rds!{name}"}
        ],
    },
    "aws:rds/proxy:Proxy": lambda name, _arn: {
        "endpoint": f"{name}.proxy.{REGION}.rds.amazonaws.com"
    },
    "aws:s3/bucket:Bucket": lambda name, _arn: {
        "bucket": name,
        "bucketRegionalDomainName": f"{name}.s3.{REGION}.amazonaws.com",
    },
    "aws:s3/bucketObjectv2:BucketObjectv2": lambda name, _arn: {"versionId": f"{name}-version"},
    "aws:secretsmanager/secret:Secret": lambda _name, arn: {"id": arn},
    "aws:signer/signingJob:SigningJob": lambda name, _arn: {
        "signedObjects": [{"s3s": [{"bucket": "artifacts", "key": f"signed/{name}.zip"}]}]
    },
    "aws:signer/signingProfile:SigningProfile": lambda name, _arn: {
        "versionArn": f"arn:aws:signer:{REGION}:{ACCOUNT}:/signing-profiles/{name}/1"
    },
    "aws:sns/topic:Topic": lambda _name, arn: {"id": arn},
    "aws:sqs/queue:Queue": lambda name, _arn: {
        "url": f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}",
        "id": f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}",
    },
    "docker:index/image:Image": lambda name, _arn: {
        "repoDigest": f"{_REGISTRY}/{name}@sha256:{'0' * 64}"
    },
}

_CALLS: dict[str, dict[str, Any]] = {
    "aws:ecr/getAuthorizationToken:getAuthorizationToken": {
        "userName": "AWS",
        "password": "password",
        "proxyEndpoint": f"https://{_REGISTRY}",
    },
    "aws:index/getAvailabilityZones:getAvailabilityZones": {
        "id": REGION,
        "names": [f"{REGION}{zone}" for zone in "abc"],
    },
    "aws:index/getCallerIdentity:getCallerIdentity": {
        "id": ACCOUNT,
        "accountId": ACCOUNT,
        "arn": f"arn:aws:iam::{ACCOUNT}:user/deployer",
        "userId": "deployer",
    },
    "aws:index/getPartition:getPartition": {"id": "aws", "partition": "aws"},
    "aws:index/getRegion:getRegion": {"id": REGION, "region": REGION, "name": REGION},
}
