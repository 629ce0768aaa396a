"""Keys, network, topics and queues, roles."""

import json

import pulumi_aws as aws

from tests.local.every_type.documents import ACCOUNT, policy, trust


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
