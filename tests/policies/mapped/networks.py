"""Security groups, network ACLs, networks, databases."""

from typing import Any

from rampart_policies import aws
from tests.policies.pair import Pair, pair, same, switch
from tests.policies.stacks import Made, made

VPC = made(aws.VPC, "network", cidrBlock="10.0.0.0/16")
SOURCE = {"description": "Inside", "cidrBlocks": ["10.0.0.0/8"]}
WORLD = {"description": "Anyone", "cidrBlocks": ["0.0.0.0/0"]}
EVERYTHING = {"protocol": "-1", "fromPort": 0, "toPort": 0}
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
SWITCH = {"good": True, "bad": False}


def group(*rules: dict[str, Any], direction: str = "ingress") -> Made:
    return made(aws.SECURITY_GROUP, description="Shop", **{direction: [*rules]})


def port(number: int) -> dict[str, Any]:
    return {"protocol": "tcp", "fromPort": number, "toPort": number}


def let_in(rule: dict[str, Any]) -> Pair:
    """A rule for the inside, and the same for everyone."""
    return pair(group({**rule, **SOURCE}), group({**rule, **WORLD}))


def entry(address: str, first: int, last: int, protocol: str = "tcp") -> Made:
    return made(
        aws.NETWORK_ACL_RULE,
        networkAclId="acl-1",
        ruleNumber=100,
        ruleAction="allow",
        protocol=protocol,
        cidrBlock=address,
        fromPort=first,
        toPort=last,
    )


def closed(number: int) -> Pair:
    """An entry for the inside, and the same for everyone."""
    return pair(entry("10.0.0.0/8", number, number), entry("0.0.0.0/0", number, number))


EVERYONE = made(aws.PREFIX_LIST, "everyone", entries=[{"cidr": "0.0.0.0/0"}])
PARTNERS = made(aws.PREFIX_LIST, "partners", entries=[{"cidr": "10.1.0.0/16"}])


def listed(prefix_list: Made) -> list[Made]:
    rule = {**port(22), "description": "Listed", "prefixListIds": [prefix_list.id]}
    return [prefix_list, group(rule)]


DEFAULT_GROUP = made(aws.DEFAULT_SECURITY_GROUP, "default", vpcId=VPC.id)
FLOW = made(aws.FLOW_LOG, "flow", vpcId=VPC.id, trafficType="ALL")
INTERNET = made(aws.INTERNET_GATEWAY, "internet", vpcId=VPC.id)
SUBNET = made(aws.SUBNET, "subnet", vpcId=VPC.id)
GROUP = made(aws.RDS_SUBNET_GROUP, subnetIds=[SUBNET.id])


def routed(*routes: dict[str, Any]) -> list[Made]:
    table = made(aws.ROUTE_TABLE[0], "routes", vpcId=VPC.id, routes=[*routes])
    joined = made(aws.ROUTE_TABLE_ASSOCIATION, subnetId=SUBNET.id, routeTableId=table.id)
    return [VPC, INTERNET, SUBNET, table, joined, GROUP]


def database(path: str, good: object, bad: object, **both: Any) -> Pair:  # noqa: ANN401  # wire values are any JSON
    return switch(aws.RDS_INSTANCE, path, good, bad, engine="postgres", **both)


def parameters(**values: str) -> list[Made]:
    given = [{"name": name, "value": value} for name, value in values.items()]
    own = made(aws.RDS_PARAMETERS, "own", family="postgres16", parameters=given)
    return [own, made(aws.RDS_INSTANCE, engine="postgres", parameterGroupName=own.id)]


PAIRS = {
    "CKV_AWS_23": pair(group({**port(443), **SOURCE}), made(aws.SECURITY_GROUP, ingress=[])),
    "EC27": pair(group({**port(443), **SOURCE}), made(aws.SECURITY_GROUP)),
    "CKV_AWS_24": let_in(port(22)),
    "CKV_AWS_25": let_in(port(3389)),
    "CKV_AWS_260": let_in(port(80)),
    "CKV_AWS_277": let_in(EVERYTHING),
    "EC23": let_in(port(8080)),
    "RDS8": let_in(port(5432)),
    "EC2.18": Pair(
        group({**port(22), **SOURCE}), (group({**port(8080), **WORLD}), listed(EVERYONE))
    ),
    "EC2.19": Pair(listed(PARTNERS), (group({**port(3389), **WORLD}), listed(EVERYONE))),
    "CKV_AWS_382": pair(
        group({**port(443), **SOURCE}, direction="egress"),
        group({**EVERYTHING, **WORLD}, direction="egress"),
    ),
    "CKV_AWS_229": closed(21),
    "CKV_AWS_230": closed(20),
    "CKV_AWS_231": closed(3389),
    "CKV_AWS_232": closed(22),
    "EC2.21": closed(22),
    "CKV_AWS_352": pair(entry("10.0.0.0/8", 443, 443), entry("0.0.0.0/0", 0, 0, "-1")),
    **same(pair([VPC, FLOW], VPC), "CKV2_AWS_11", "VPC7", "EC2.6"),
    **same(pair([VPC, DEFAULT_GROUP], VPC), "CKV2_AWS_12", "EC2.2"),
    **same(
        switch(aws.SUBNET, "mapPublicIpOnLaunch", good=False, bad=True, vpcId="vpc-1"),
        *("CKV_AWS_130", "EC2.15"),
    ),
    "CKV_AWS_148": pair([VPC, made(aws.SECURITY_GROUP, vpcId=VPC.id)], made(aws.DEFAULT_VPC)),
    "CKV_AWS_16": database("storageEncrypted", good=True, bad=False, kmsKeyId=KEY),
    **same(database("storageEncrypted", good=True, bad=None, kmsKeyId=KEY), "RDS2", "RDS.3"),
    **same(database("publiclyAccessible", good=False, bad=True), "CKV_AWS_17", "RDS.2"),
    **same(
        database("enabledCloudwatchLogsExports", ["postgresql", "upgrade"], None),
        *("CKV_AWS_129", "RDS.9"),
    ),
    "RDS.36": database("enabledCloudwatchLogsExports", ["postgresql"], ["upgrade"]),
    **same(database("multiAz", **SWITCH), "CKV_AWS_157", "RDS3", "RDS.5"),
    **same(database("iamDatabaseAuthenticationEnabled", **SWITCH), "CKV_AWS_161", "RDS6", "RDS.10"),
    "CKV_AWS_211": database("caCertIdentifier", "rds-ca-rsa2048-g1", "rds-ca-2019"),
    **same(database("deletionProtection", **SWITCH), "CKV_AWS_293", "RDS10", "RDS.8"),
    **same(database("backupRetentionPeriod", 7, 0), "RDS13", "RDS.11"),
    "CKV2_AWS_30": pair(
        parameters(log_statement="all", log_min_duration_statement="1"), parameters(x="1")
    ),
    "RDS.43": switch(aws.RDS_PROXY, "requireTls", **SWITCH),
    "RDS.46": pair(routed(), routed({"cidrBlock": "0.0.0.0/0", "gatewayId": INTERNET.id})),
}
