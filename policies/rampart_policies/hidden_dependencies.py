"""What AWS wants to exist before something is made, although no property of it says so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource, Types

Needed = Callable[[Resource, Graph], list[Resource]]
"""(what is made, the stack) -> what has to be there."""

_DOCS = "https://docs.aws.amazon.com"


@dataclass(frozen=True)
class HiddenDependency:
    """One such need."""

    made: Types
    needs: Needed
    harm: str
    source: str


def _beside(path: str, types: Types, of: Types, back: str) -> Needed:
    """Return what finds resources that concern the same thing: both name it by a property."""

    def needed(made: Resource, graph: Graph) -> list[Resource]:
        return [
            one
            for shared in graph.targets(made, path, of)
            for one in graph.referrers(shared, types, back)
        ]

    return needed


def _internet_gateways(nat: Resource, graph: Graph) -> list[Resource]:
    """Return the gateway of the NAT gateway's network."""
    if nat.text("connectivityType") == "private":
        return []
    return [
        one
        for subnet in graph.targets(nat, "subnetId", aws.SUBNET)
        for vpc in graph.targets(subnet, "vpcId", aws.VPC)
        for one in graph.referrers(vpc, aws.INTERNET_GATEWAY, "vpcId")
    ]


def _log_role(stage: Resource, graph: Graph) -> list[Resource]:
    logs = stage.type == aws.API_STAGE and stage.has("accessLogSettings")
    writes = (stage.block("settings").text("loggingLevel") or "OFF") != "OFF"
    return graph.of(aws.API_ACCOUNT) if logs or writes else []


def _own_policies(made: Resource, graph: Graph, path: str) -> list[Resource]:
    return [
        one
        for role in graph.targets(made, path, aws.IAM_ROLE)
        for one in graph.referrers(role, aws.IAM_ROLE_POLICY, "role")
    ]


def _in_a_network(function: Resource, graph: Graph) -> list[Resource]:
    if not function.has("vpcConfig"):
        return []
    return _own_policies(function, graph, "role")


def _in_the_name_of(path: str) -> Needed:
    return lambda made, graph: _own_policies(made, graph, path)


def _queue_policies(notification: Resource, graph: Graph) -> list[Resource]:
    return [
        one
        for queue in graph.targets(notification, "queues", aws.SQS_QUEUE)
        for one in graph.referrers(queue, aws.SQS_QUEUE_POLICY, "queueUrl")
    ]


HIDDEN_DEPENDENCIES = (
    HiddenDependency(
        aws.NAT_GATEWAY,
        _internet_gateways,
        "EC2 refuses a public NAT gateway in a network without internet gateway",
        f"{_DOCS}/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-natgateway.html",
    ),
    *(
        HiddenDependency(
            aws.BUCKET_OBJECT,
            _beside("bucket", kind, aws.BUCKET, "bucket"),
            "what is put before has no version, or another key",
            f"{_DOCS}/AmazonS3/latest/userguide/{page}.html",
        )
        for kind, page in (
            (aws.BUCKET_VERSIONING, "manage-versioning-examples"),
            (aws.BUCKET_ENCRYPTION, "bucket-encryption"),
        )
    ),
    HiddenDependency(
        aws.BUCKET_LIFECYCLE,
        _beside("bucket", aws.BUCKET_VERSIONING, aws.BUCKET, "bucket"),
        "S3 refuses rules about versions that there are not",
        f"{_DOCS}/AmazonS3/latest/userguide/lifecycle-configuration-examples.html",
    ),
    HiddenDependency(
        aws.BUCKET_NOTIFICATION,
        _queue_policies,
        "S3 sends a test message at once, which the queue has to take",
        f"{_DOCS}/AmazonS3/latest/userguide/how-to-enable-disable-notification-intro.html",
    ),
    HiddenDependency(
        (aws.API_STAGE, aws.API_METHOD_SETTINGS),
        _log_role,
        "API Gateway refuses logs while the account has no role for them",
        f"{_DOCS}/apigateway/latest/developerguide/set-up-logging.html",
    ),
    HiddenDependency(
        aws.LAMBDA_FUNCTION,
        _in_a_network,
        "Lambda tries the role's network permissions while it makes the function",
        f"{_DOCS}/lambda/latest/dg/configuration-vpc.html",
    ),
    HiddenDependency(
        aws.SCHEDULE,
        _in_the_name_of("target.roleArn"),
        "calls before it may call are missed",
        f"{_DOCS}/scheduler/latest/UserGuide/setting-up.html",
    ),
)


def missing(made: Resource, graph: Graph) -> Iterator[tuple[HiddenDependency, Resource]]:
    """Yield each thing in the stack that has to exist before and that nothing waits for."""
    for one in HIDDEN_DEPENDENCIES:
        if made.type in ((one.made,) if isinstance(one.made, str) else one.made):
            for needed in one.needs(made, graph):
                if not graph.waits_for(made, needed):
                    yield one, needed
