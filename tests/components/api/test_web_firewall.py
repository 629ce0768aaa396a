from typing import Any

import pytest

from pulumi_rampart.api.web_firewall import MANAGED_RULES, WebFirewall, WebFirewallArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import BOUNDARY, KEY, recorded, refusal

STAGE = "arn:aws:apigateway:eu-central-1::/restapis/a/stages/v1"


def firewall(**more: object) -> Graph:
    args: WebFirewallArgs = {"boundary": BOUNDARY, "resource_arn": STAGE, **more}  # type: ignore[typeddict-item]
    return recorded(lambda: WebFirewall("front", args))


def test_addresses_then_rate_then_managed_rules_decide() -> None:
    # when
    acl = firewall().one("aws:wafv2/webAcl:WebAcl", "front").inputs

    # then
    rules = sorted(acl["rules"], key=lambda rule: rule["priority"])
    assert [rule["name"] for rule in rules] == ["blocked-addresses", "rate-limit", *MANAGED_RULES]
    assert [set(rule["action"]) for rule in rules[:2]] == [{"block"}, {"block"}]
    # "none" overrides nothing: the groups' own verdicts stand.
    assert all(set(rule["overrideAction"]) == {"none"} for rule in rules[2:])


def test_sql_injection_and_known_bad_inputs_are_among_the_rules() -> None:
    # then
    assert {"AWSManagedRulesSQLiRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"} <= set(
        MANAGED_RULES
    )


def test_the_rate_is_of_one_address_in_five_minutes() -> None:
    # when
    acl = firewall(requests_per_five_minutes=300).one("aws:wafv2/webAcl:WebAcl", "front").inputs

    # then
    rate = acl["rules"][1]["statement"]["rateBasedStatement"]
    assert rate == {"limit": 300, "aggregateKeyType": "IP", "evaluationWindowSec": 300}


def test_it_is_attached_to_what_it_was_given() -> None:
    # when
    graph = firewall()

    # then
    association = graph.one("aws:wafv2/webAclAssociation:WebAclAssociation", "front-association")
    assert association.inputs["resourceArn"] == STAGE
    assert (
        association.inputs["webAclArn"]
        == graph.one("aws:wafv2/webAcl:WebAcl", "front").outputs["arn"]
    )


def test_logs_hold_no_credentials_are_encrypted_and_expire() -> None:
    # when
    graph = firewall()

    # then
    logging = graph.one(
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "front-logging"
    )
    assert logging.inputs["redactedFields"] == [{"singleHeader": {"name": "authorization"}}]
    group = graph.one("aws:cloudwatch/logGroup:LogGroup", "front-logs").inputs
    assert group["name"].startswith("aws-waf-logs-")
    assert (group["kmsKeyId"], group["retentionInDays"]) == (KEY, 365)


def test_requests_of_listed_addresses_are_blocked() -> None:
    # when
    graph = firewall(blocked_addresses=["203.0.113.0/24"])

    # then
    blocked = graph.one("aws:wafv2/ipSet:IpSet", "front-blocked").inputs
    assert blocked["addresses"] == ["203.0.113.0/24"]


@pytest.mark.parametrize("rate", [10, 2_000_000_000])
def test_every_rate_that_waf_knows_is_taken(rate: int) -> None:
    # when
    acl = firewall(requests_per_five_minutes=rate).one("aws:wafv2/webAcl:WebAcl", "front").inputs

    # then
    assert acl["rules"][1]["statement"]["rateBasedStatement"]["limit"] == rate


@pytest.mark.parametrize("address", ["192.0.2.7/32", "0.0.0.0/1", "10.0.0.0/8"])
def test_every_range_that_waf_knows_is_taken(address: str) -> None:
    # when
    blocked = firewall(blocked_addresses=[address]).one("aws:wafv2/ipSet:IpSet", "front-blocked")

    # then
    assert blocked.inputs["addresses"] == [address]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"requests_per_minute": 5}, "front.requests_per_minute: there is no such argument; did"),
        ({"resource_arn": None}, "front.resource_arn: is None; it has no default"),
        ({"resource_arn": 5}, "front.resource_arn=5: a text is wanted, not int."),
        (
            {"requests_per_five_minutes": 9},
            "front.requests_per_five_minutes=9: a whole number from 10 to 2000000000 is allowed",
        ),
        (
            {"requests_per_five_minutes": 2_000_000_001},
            "front.requests_per_five_minutes=2000000001: a whole number from 10",
        ),
        (
            {"requests_per_five_minutes": 99.5},
            "front.requests_per_five_minutes=99.5: a whole number is wanted",
        ),
        (
            {"blocked_addresses": "192.0.2.0/24"},
            "front.blocked_addresses='192.0.2.0/24': a list is wanted; put the text in brackets.",
        ),
        (
            {"blocked_addresses": ["192.0.2.7"]},
            "front.blocked_addresses[0]='192.0.2.7': a range needs the length of its mask",
        ),
        (
            {"blocked_addresses": ["10.0.0.0/8", "0.0.0.0/0"]},
            "front.blocked_addresses[1]='0.0.0.0/0': WAF takes no range of length 0; write",
        ),
        (
            {"blocked_addresses": ["2001:db8::/32"]},
            "front.blocked_addresses[0]='2001:db8::/32': ",
        ),
        (
            {"blocked_addresses": ["192.0.2.7/32"] * 10_001},
            "front.blocked_addresses: 0 to 10000 entries are allowed, not 10001",
        ),
    ],
)
def test_what_waf_would_refuse_is_refused(more: dict[str, object], why: str) -> None:
    # given
    args: WebFirewallArgs = {
        "boundary": BOUNDARY,
        "resource_arn": STAGE,
        **more,  # type: ignore[typeddict-item]  # wrong on purpose
    }

    # then
    assert refusal(lambda: WebFirewall("front", args)).startswith(why)


@pytest.mark.parametrize(
    ("name", "why"),
    [("front.door", "WAF allows no '.' in"), ("a" * 113, "take a name that is 1 shorter.")],
)
def test_a_name_that_waf_does_not_allow_is_refused(name: str, why: str) -> None:
    # given
    args: WebFirewallArgs = {"boundary": BOUNDARY, "resource_arn": STAGE}

    # then
    assert why in refusal(lambda: WebFirewall(name, args))


def rules_of(**more: object) -> dict[str, Any]:
    acl = firewall(**more).one("aws:wafv2/webAcl:WebAcl", "front").inputs
    return {one["name"]: one for one in acl["rules"]}


def test_a_rule_of_a_managed_group_can_do_something_else() -> None:
    # when
    overrides = [
        {
            "group": "AWSManagedRulesCommonRuleSet",
            "rule": "CrossSiteScripting_BODY",
            "action": "count",
        }
    ]
    rules = rules_of(overrides=overrides)

    # then
    changed = {
        name: one["statement"]["managedRuleGroupStatement"].get("ruleActionOverrides")
        for name, one in rules.items()
        if name in MANAGED_RULES
    }
    assert changed.pop("AWSManagedRulesCommonRuleSet") == [
        {"name": "CrossSiteScripting_BODY", "actionToUse": {"count": {}}}
    ]
    assert set(changed.values()) == {None}


def test_large_bodies_are_let_through_on_the_paths_that_take_them_and_nowhere_else() -> None:
    # when
    rules = rules_of(large_bodies=["^/v1/chat/?$", "^/v1/crud/?$"])

    # then
    common = rules["AWSManagedRulesCommonRuleSet"]["statement"]["managedRuleGroupStatement"]
    assert common["ruleActionOverrides"] == [
        {"name": "SizeRestrictions_BODY", "actionToUse": {"count": {}}}
    ]
    elsewhere = rules["large-bodies-elsewhere"]
    assert elsewhere["action"] == {"block": {}}
    assert elsewhere["priority"] == max(one["priority"] for one in rules.values())
    label, path = elsewhere["statement"]["andStatement"]["statements"]
    assert label["labelMatchStatement"]["key"].endswith(":SizeRestrictions_Body")
    (allowed,) = path["notStatement"]["statements"]
    assert allowed["regexMatchStatement"]["regexString"] == "^/v1/chat/?$|^/v1/crud/?$"


def test_where_no_path_takes_large_bodies_the_group_refuses_them() -> None:
    # when
    rules = rules_of()

    # then
    assert "large-bodies-elsewhere" not in rules
    group = rules["AWSManagedRulesCommonRuleSet"]["statement"]["managedRuleGroupStatement"]
    assert "ruleActionOverrides" not in group


def test_more_paths_than_one_pattern_holds_are_refused() -> None:
    # then
    told = refusal(
        lambda: WebFirewall(
            "front",
            {
                "boundary": BOUNDARY,
                "resource_arn": STAGE,
                "large_bodies": ["^/v1/" + "a" * 300, "^/v1/" + "b" * 300],
            },
        )
    )
    assert told.startswith("front.large_bodies: 611 characters together, and WAF takes 512;")
