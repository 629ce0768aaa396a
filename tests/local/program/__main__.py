"""A queue, a bucket, an API, and functions that do what a test asks of them."""

import json
from pathlib import Path

import pulumi
import pulumi_aws as aws
import pulumi_docker as docker

HERE = Path(__file__).parent
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "lambda.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
)


def role(name: str, actions: list[str]) -> aws.iam.Role:
    made = aws.iam.Role(name, assume_role_policy=TRUST)
    policy = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}],
    }
    aws.iam.RolePolicy(name, role=made.name, policy=json.dumps(policy))
    return made


network = aws.ec2.Vpc("network", cidr_block="10.0.0.0/16")
closed = aws.ec2.Subnet("closed", vpc_id=network.id, cidr_block="10.0.0.0/24")
group = aws.ec2.SecurityGroup("closed", vpc_id=network.id)

config = pulumi.Config()
table = aws.dynamodb.Table(
    config.get("table") or "seen",
    tags={"of": config.get("tag") or "nobody"},
    billing_mode="PAY_PER_REQUEST",
    hash_key="id",
    attributes=[{"name": "id", "type": "S"}],
)
layer = aws.lambda_.LayerVersion(
    "words", layer_name="words", code=pulumi.FileArchive(str(HERE / "layer"))
)
worker = aws.lambda_.Function(
    "worker",
    name=config.get("function"),
    layers=[layer.arn],
    role=role("worker", ["dynamodb:PutItem", "lambda:InvokeFunction", "sqs:*"]).arn,
    runtime="python3.13",
    handler="app.handle",
    timeout=30,
    memory_size=128,
    code=pulumi.FileArchive(str(HERE / "function")),
    environment={"variables": {"TABLE": table.name, "WORD": pulumi.Config().get("word") or "one"}},
)
confined = aws.lambda_.Function(
    "confined",
    role=role("confined", ["sts:GetCallerIdentity"]).arn,
    runtime="python3.13",
    handler="app.handle",
    timeout=30,
    code=pulumi.FileArchive(str(HERE / "function")),
    vpc_config={"subnet_ids": [closed.id], "security_group_ids": [group.id]},
)
hasty = aws.lambda_.Function(
    "hasty",
    role=role("hasty", ["sts:GetCallerIdentity"]).arn,
    runtime="python3.13",
    handler="app.handle",
    timeout=1,
    code=pulumi.FileArchive(str(HERE / "function")),
)
broken = aws.lambda_.Function(
    "broken",
    role=role("broken", ["sts:GetCallerIdentity"]).arn,
    runtime="python3.13",
    handler="nowhere.handle",
    code=pulumi.FileArchive(str(HERE / "function")),
)
image = docker.Image(
    "heavy",
    image_name="heavy:1",
    build={"context": str(HERE / "image"), "dockerfile": str(HERE / "image" / "Dockerfile")},
    skip_push=True,
)
heavy = aws.lambda_.Function(
    "heavy",
    role=role("heavy", ["sts:GetCallerIdentity"]).arn,
    package_type="Image",
    image_uri=image.repo_digest,
    timeout=30,
)

if config.get_bool("extra"):
    aws.sns.Topic("extra")
if config.get_bool("refused"):
    aws.sqs.QueuePolicy("refused", queue_url="nowhere", policy="{}")
queue = aws.sqs.Queue("jobs", name=config.get("queue"), visibility_timeout_seconds=180)
aws.lambda_.EventSourceMapping(
    "jobs", event_source_arn=queue.arn, function_name=worker.arn, batch_size=1
)

batches = aws.sqs.Queue("batches", visibility_timeout_seconds=1)
aws.lambda_.EventSourceMapping(
    "batches",
    event_source_arn=batches.arn,
    function_name=hasty.arn,
    function_response_types=["ReportBatchItemFailures"],
)
letters = aws.sqs.Queue("letters")
slow = aws.sqs.Queue(
    "slow",
    redrive_policy=letters.arn.apply(
        lambda arn: json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 3})
    ),
)
api = aws.apigateway.RestApi("api")
here = aws.apigateway.Resource(
    "worker", rest_api=api.id, parent_id=api.root_resource_id, path_part="worker"
)
method = aws.apigateway.Method(
    "post", rest_api=api.id, resource_id=here.id, http_method="POST", authorization="NONE"
)
integration = aws.apigateway.Integration(
    "post",
    rest_api=api.id,
    resource_id=here.id,
    http_method=method.http_method,
    integration_http_method="POST",
    type="AWS_PROXY",
    uri=worker.invoke_arn,
)
items = aws.apigateway.Resource(
    "items", rest_api=api.id, parent_id=api.root_resource_id, path_part="items"
)
item = aws.apigateway.Resource("item", rest_api=api.id, parent_id=items.id, path_part="{id}")
any_method = aws.apigateway.Method(
    "item", rest_api=api.id, resource_id=item.id, http_method="ANY", authorization="NONE"
)
any_integration = aws.apigateway.Integration(
    "item",
    rest_api=api.id,
    resource_id=item.id,
    http_method=any_method.http_method,
    integration_http_method="POST",
    type="AWS_PROXY",
    uri=worker.invoke_arn,
    timeout_milliseconds=1000,
)
deployment = aws.apigateway.Deployment(
    "api", rest_api=api.id, opts=pulumi.ResourceOptions(depends_on=[integration, any_integration])
)
stage = aws.apigateway.Stage("api", rest_api=api.id, stage_name="v1", deployment=deployment.id)

pool = aws.cognito.UserPool(
    "people",
    schemas=[{"name": "tenant", "attribute_data_type": "String", "mutable": True}],
)
client = aws.cognito.UserPoolClient(
    "people", user_pool_id=pool.id, explicit_auth_flows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
)

if first := pulumi.Config().get("first"):
    aws.lambda_.Invocation("first", function_name=worker.name, input=first)

if config.get_bool("misspelt"):
    misspelt()  # noqa: F821  # pyright: ignore[reportUndefinedVariable]  # what happens while typing
pulumi.export("api_url", stage.invoke_url)
pulumi.export("queue_url", queue.url)
pulumi.export("dead_and_source", [letters.url, slow.url])
pulumi.export("batches", batches.url)
pulumi.export("table", table.name)
pulumi.export("issuer", pool.endpoint.apply(lambda endpoint: f"https://{endpoint}"))
pulumi.export("audience", client.id)
