import pytest

from pulumi_rampart.api.web_firewall import MANAGED_RULES, WebFirewall, WebFirewallArgs
from pulumi_rampart.testing import Graph
from tests.components.wall import BOUNDARY, KEY, recorded, refusal

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


@pytest.mark.parametrize("rate", [9, 2_000_000_001])
def test_a_rate_waf_does_not_know_is_refused(rate: int) -> None:
    # when
    message = refusal(
        lambda: WebFirewall(
            "front",
            {"boundary": BOUNDARY, "resource_arn": STAGE, "requests_per_five_minutes": rate},
        )
    )

    # then
    assert message.startswith(f"front.requests_per_five_minutes={rate}: a whole number from 10")


def test_it_stands_before_what_it_was_given() -> None:
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


def test_addresses_can_be_turned_away() -> None:
    # when
    graph = firewall(blocked_addresses=["203.0.113.0/24"])

    # then
    blocked = graph.one("aws:wafv2/ipSet:IpSet", "front-blocked").inputs
    assert blocked["addresses"] == ["203.0.113.0/24"]
