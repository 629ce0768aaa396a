"""Amazon VPC: security groups, endpoints and flow logs."""

from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.aws.ec2 import NO_NETWORK, default_group
from rampart_local.aws.registry import (
    RECORDED_ONLY,
    Created,
    Inputs,
    creates,
    given,
    many,
    physical_name,
)
from rampart_local.clients import Clients

RECORDED_ONLY.update(
    {
        f"aws:networkfirewall/{kind[0].lower()}{kind[1:]}:{kind}": (
            "no Network Firewall is embedded: a function with a way out reaches every domain"
        )
        for kind in ("Firewall", "FirewallPolicy", "LoggingConfiguration", "RuleGroup")
    }
)


@creates("aws:ec2/securityGroup:SecurityGroup", unenforced=NO_NETWORK)
def _group(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    name = physical_name(resource, 255)
    description = inputs.get("description", "Managed by Pulumi")
    answer = aws.ec2.create_security_group(
        GroupName=name, Description=description, **given(inputs, "vpcId")
    )
    group = answer["GroupId"]
    _empty(aws, group)  # the provider removes the rule that lets everything out
    if rules := _permissions(inputs, "ingress"):
        aws.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rules)
    if rules := _permissions(inputs, "egress"):
        aws.ec2.authorize_security_group_egress(GroupId=group, IpPermissions=rules)
    arn = f"arn:aws:ec2:{aws.region}:{aws.account}:security-group/{group}"
    return group, {"arn": arn, "name": name, "ownerId": aws.account}


@creates("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", again=True, unenforced=NO_NETWORK)
def _default_group(aws: Clients, resource: Registration) -> Created:
    group = default_group(aws, resource.inputs["vpcId"])
    _empty(aws, group)
    arn = f"arn:aws:ec2:{aws.region}:{aws.account}:security-group/{group}"
    return group, {"arn": arn, "name": "default", "ownerId": aws.account}


def _empty(aws: Clients, group: str) -> None:
    described = aws.ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
    if rules := described.get("IpPermissions"):
        aws.ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=_asked(rules))
    if rules := described.get("IpPermissionsEgress"):
        aws.ec2.revoke_security_group_egress(GroupId=group, IpPermissions=_asked(rules))


def _asked(rules: Any) -> Any:  # noqa: ANN401  # the SDK's answer type, handed back as its request
    return [{key: value for key, value in rule.items() if value} for rule in rules]


def _permissions(inputs: Inputs, direction: str) -> list[Any]:
    return [
        given(rule, "fromPort", "toPort", IpProtocol="protocol")
        | {"IpRanges": [{"CidrIp": each} for each in many(rule, "cidrBlocks")]}
        | {"UserIdGroupPairs": [{"GroupId": each} for each in many(rule, "securityGroups")]}
        | {"PrefixListIds": [{"PrefixListId": each} for each in many(rule, "prefixListIds")]}
        for rule in many(inputs, direction)
    ]


@creates("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", unenforced=NO_NETWORK)
def _ingress_rule(aws: Clients, resource: Registration) -> Created:
    aws.ec2.authorize_security_group_ingress(
        GroupId=resource.inputs["securityGroupId"], IpPermissions=[_permission(resource.inputs)]
    )
    return _rule(aws, resource)


@creates("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", unenforced=NO_NETWORK)
def _egress_rule(aws: Clients, resource: Registration) -> Created:
    aws.ec2.authorize_security_group_egress(
        GroupId=resource.inputs["securityGroupId"], IpPermissions=[_permission(resource.inputs)]
    )
    return _rule(aws, resource)


def _permission(inputs: Inputs) -> Any:  # noqa: ANN401  # the SDK's shape
    permission = given(inputs, "fromPort", "toPort", "ipProtocol")
    if block := inputs.get("cidrIpv4"):
        permission["IpRanges"] = [{"CidrIp": block}]
    if group := inputs.get("referencedSecurityGroupId"):
        permission["UserIdGroupPairs"] = [{"GroupId": group}]
    if prefixes := inputs.get("prefixListId"):
        permission["PrefixListIds"] = [{"PrefixListId": prefixes}]
    return permission


def revoke(aws: Clients, id_: str, known: Inputs) -> None:
    """Delete a rule of a security group, whichever direction it has."""
    del id_  # the embedded AWS knows a rule by what it says
    for way in ("ingress", "egress"):
        revoked = getattr(aws.ec2, f"revoke_security_group_{way}")
        revoked(GroupId=known["securityGroupId"], IpPermissions=[_permission(known)])


def _rule(aws: Clients, resource: Registration) -> Created:
    rule = physical_name(resource, 60, key="-")
    arn = f"arn:aws:ec2:{aws.region}:{aws.account}:security-group-rule/{rule}"
    return rule, {"arn": arn, "securityGroupRuleId": rule}


@creates("aws:ec2/vpcEndpoint:VpcEndpoint", unenforced=NO_NETWORK)
def _endpoint(aws: Clients, resource: Registration) -> Created:
    request: Any = given(
        resource.inputs,
        "vpcId",
        "serviceName",
        "vpcEndpointType",
        "routeTableIds",
        "subnetIds",
        "securityGroupIds",
        "privateDnsEnabled",
        PolicyDocument="policy",
    )
    answer = aws.ec2.create_vpc_endpoint(**request)["VpcEndpoint"]
    endpoint = answer.get("VpcEndpointId", "")
    return endpoint, {
        "arn": f"arn:aws:ec2:{aws.region}:{aws.account}:vpc-endpoint/{endpoint}",
        "dnsEntries": [],
        "networkInterfaceIds": [],
        "ownerId": aws.account,
        "prefixListId": f"pl-{endpoint.removeprefix('vpce-')[:8]}",
        "state": "available",
    }


@creates(
    "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
    unenforced=NO_NETWORK,
)
def _endpoint_routes(aws: Clients, resource: Registration) -> Created:
    endpoint, table = resource.inputs["vpcEndpointId"], resource.inputs["routeTableId"]
    aws.ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, AddRouteTableIds=[table])
    return f"a-{endpoint}{table}", {}


@creates("aws:ec2/flowLog:FlowLog", unenforced="there is no traffic to log")
def _flow_log(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    key, kind = next(
        (key, kind)
        for key, kind in (("vpcId", "VPC"), ("subnetId", "Subnet"), ("eniId", "NetworkInterface"))
        if inputs.get(key)
    )
    request: Any = given(
        inputs,
        "trafficType",
        "logDestinationType",
        "logDestination",
        "logFormat",
        "maxAggregationInterval",
        DeliverLogsPermissionArn="iamRoleArn",
    )
    request |= {"ResourceIds": [inputs[key]], "ResourceType": kind}
    answer = aws.ec2.create_flow_logs(**request)
    log = answer["FlowLogIds"][0]
    return log, {"arn": f"arn:aws:ec2:{aws.region}:{aws.account}:vpc-flow-log/{log}"}
