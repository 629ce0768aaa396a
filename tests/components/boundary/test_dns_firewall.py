from pulumi_rampart.boundary.dns_firewall import AWS_DOMAINS, DnsFirewall
from pulumi_rampart.testing import Graph
from tests.components.inside import recorded, refusal

LIST = "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList"
RULE = "aws:route53/resolverFirewallRule:ResolverFirewallRule"


def names(*domains: str) -> Graph:
    return recorded(lambda: DnsFirewall("names", {"vpc_id": "vpc-1", "domains": list(domains)}))


def test_listed_hosts_domains_with_all_below_and_aws_are_resolved() -> None:
    # when
    allowed = names("api.example.com", ".example.org").one(LIST, "names-allowed").inputs["domains"]

    # then
    assert allowed == ["api.example.com", "example.org", "*.example.org", *AWS_DOMAINS]


def test_every_other_name_is_refused_after_the_allowed_ones_were_tried() -> None:
    # when
    graph = names()

    # then
    allow, block = (graph.one(RULE, f"names-{one}").inputs for one in ("allow", "block"))
    assert graph.one(LIST, "names-others").inputs["domains"] == ["*"]
    assert (allow["action"], block["action"]) == ("ALLOW", "BLOCK")
    assert allow["priority"] < block["priority"]
    assert block["firewallDomainListId"] == graph.one(LIST, "names-others").id


def test_no_name_is_resolved_while_the_firewall_is_down() -> None:
    config = names().one(
        "aws:route53/resolverFirewallConfig:ResolverFirewallConfig", "names-config"
    )
    assert config.inputs == {"resourceId": "vpc-1", "firewallFailOpen": "DISABLED"}


def test_what_is_no_domain_is_refused() -> None:
    wrong = ["https://a.example.com"]
    message = refusal(lambda: DnsFirewall("names", {"vpc_id": "vpc-1", "domains": wrong}))
    assert message.startswith("names.domains[0]='https://")
