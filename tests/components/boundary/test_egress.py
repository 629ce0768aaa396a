import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_rampart.boundary.egress import EgressFirewall, EgressFirewallArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import KEY, recorded

ARGS: EgressFirewallArgs = {
    "vpc_id": "vpc",
    "cidr": "10.0.0.0/16",
    "availability_zones": 2,
    "domains": ["api.example.com", ".example.org"],
    "ports": [443, 7687],
    "service_security_group_id": "sg-services",
    "gateway_endpoint_ids": ["vpce-s3", "vpce-dynamodb"],
    "key_arn": KEY,
    "log_retention_days": 365,
    "deletion_protection": True,
}
RULES = "aws:networkfirewall/ruleGroup:RuleGroup"
DOMAINS = st.lists(
    st.from_regex(r"\A\.?([a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?\.){1,3}[a-z]{2,5}\Z"),
    min_size=1,
    max_size=5,
    unique=True,
)


def egress(**more: object) -> Graph:
    return recorded(lambda: EgressFirewall("out", {**ARGS, **more}))  # type: ignore[typeddict-item]


def test_the_rules_name_the_listed_domains_and_ports() -> None:
    # when
    rules = egress().one(RULES, "out-rules").inputs["rules"]

    # then
    start = "pass tls $HOME_NET any -> $EXTERNAL_NET [443,7687] (tls.sni; "
    host, domain = rules.splitlines()
    assert host == start + (
        'content:"api.example.com"; startswith; endswith; nocase; msg:"api.example.com"; '
        "flow:to_server; sid:1; rev:1;)"
    )
    assert domain == start + (
        'dotprefix; content:".example.org"; endswith; nocase; msg:".example.org"; '
        "flow:to_server; sid:2; rev:1;)"
    )


@settings(max_examples=15)
@given(domains=DOMAINS)
def test_every_listed_domain_has_one_rule_and_no_other_domain_has_any(domains: list[str]) -> None:
    # when
    rules = egress(domains=domains).one(RULES, "out-rules").inputs["rules"]

    # then
    assert re.findall(r'content:"([^"]+)"', rules) == domains
    assert len(set(re.findall(r"sid:(\d+)", rules))) == len(domains)


def test_what_no_rule_lets_through_is_dropped_and_told() -> None:
    # when
    graph = egress()

    # then
    policy = graph.one("aws:networkfirewall/firewallPolicy:FirewallPolicy", "out-policy")
    decisions = policy.inputs["firewallPolicy"]
    assert decisions["statefulDefaultActions"] == ["aws:drop_established", "aws:alert_established"]
    assert decisions["statelessDefaultActions"] == ["aws:forward_to_sfe"]
    assert decisions["statelessFragmentDefaultActions"] == ["aws:drop"]
    assert decisions["statefulEngineOptions"]["ruleOrder"] == "STRICT_ORDER"
    group = graph.one("aws:cloudwatch/logGroup:LogGroup", "out-alerts").inputs
    assert (group["kmsKeyId"], group["retentionInDays"]) == (KEY, 365)


def test_functions_may_leave_by_the_listed_ports_only() -> None:
    # when
    graph = egress()

    # then
    rules = graph.of("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
    ports = {(one.inputs["fromPort"], one.inputs["toPort"]) for one in rules}
    assert ports == {(443, 443), (7687, 7687)}


def test_functions_that_may_leave_reach_aws_by_its_endpoints_too() -> None:
    # when
    graph = egress()

    # then
    rule = graph.one(
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "out-to-services"
    ).inputs
    assert rule["securityGroupId"] == "sg-services"
    assert rule["referencedSecurityGroupId"] == "out-functions"


def test_there_is_a_firewall_endpoint_in_every_zone() -> None:
    # when
    graph = egress(availability_zones=3)

    # then
    firewall = graph.one("aws:networkfirewall/firewall:Firewall", "out-firewall").inputs
    assert [one["subnetId"] for one in firewall["subnetMappings"]] == [
        f"out-zone-{n}-firewall" for n in range(3)
    ]
    assert firewall["deleteProtection"] is True


def test_rules_and_policy_are_encrypted_with_the_customer_key() -> None:
    # when
    graph = egress()

    # then
    encrypted = [
        one.inputs["encryptionConfiguration"]
        for one in graph.resources
        if one.type.startswith("aws:networkfirewall") and not one.type.endswith("Configuration")
    ]
    assert encrypted == [{"type": "CUSTOMER_KMS", "keyId": KEY}] * 3
