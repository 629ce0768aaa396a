"""A program's own accounts are found in the program; only where it cannot say is a list needed."""

import json
from typing import Any

import pytest

from rampart_policies import aws
from rampart_policies.pack import RULES
from rampart_policies.values import UNKNOWN
from rampart_policies.verdict import Verdict, judge
from tests.policies.stacks import ACCOUNT, Made, allow, document, graph, made

OTHER = "999988887777"
BY_ID = {rule.id: rule for rule in RULES}
PROVIDER = "pulumi:providers:aws"


def root(account: str) -> dict[str, str]:
    return {"AWS": f"arn:aws:iam::{account}:root"}


def trusting(account: str) -> Made:
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": root(account)}
    return made(aws.IAM_ROLE, "worker", assumeRolePolicy=document(trust))


def bucket_policy(account: str) -> Made:
    statement = allow("s3:PutBucketPolicy", "arn:aws:s3:::papers", Principal=root(account))
    return made(aws.BUCKET_POLICY, bucket="papers", policy=document(statement))


def topic(account: str) -> Made:
    statement = allow("sns:Publish", "*", Principal=root(account))
    return made(aws.SNS_TOPIC, "news", policy=document(statement))


JUDGED = {"iam-trust": trusting, "s3-policy-open": bucket_policy, "sns-cross-account": topic}
EVERY_RULE = pytest.mark.parametrize("rule", JUDGED)


def verdict(rule: str, judged: Made, *others: Made) -> Verdict:
    outcomes = judge([BY_ID[rule]], graph([judged, *others]))
    (one,) = [each for each in outcomes if each.resource.urn == judged.urn]
    return one.verdict


def not_created(one: Made) -> Made:
    one["outputs"], one["id"] = {"arn": UNKNOWN}, ""
    return one


@EVERY_RULE
def test_the_account_of_the_stacks_own_arns_is_its_own(rule: str) -> None:
    queue = made(aws.SQS_QUEUE, "jobs")

    assert verdict(rule, JUDGED[rule](ACCOUNT), queue) is Verdict.HOLDS
    assert verdict(rule, JUDGED[rule](OTHER), queue) is Verdict.BROKEN


@EVERY_RULE
@pytest.mark.parametrize(
    "configured",
    [
        {"allowedAccountIds": [OTHER]},
        {"allowedAccountIds": json.dumps([OTHER])},  # the engine's own form
        {"assumeRoles": [{"roleArn": f"arn:aws:iam::{OTHER}:role/deploy"}]},
        {"assumeRole": {"roleArn": f"arn:aws:iam::{OTHER}:role/deploy"}},
    ],
    ids=["list", "json", "roles", "role"],
)
def test_the_account_of_a_provider_is_its_own(rule: str, configured: dict[str, Any]) -> None:
    provider = made(PROVIDER, "there", **configured)

    assert verdict(rule, JUDGED[rule](OTHER), provider) is Verdict.HOLDS
    assert verdict(rule, not_created(JUDGED[rule](OTHER)), provider) is Verdict.HOLDS
    assert verdict(rule, not_created(JUDGED[rule]("555566667777")), provider) is Verdict.BROKEN


@EVERY_RULE
def test_before_an_account_is_known_nobody_is_called_another(rule: str) -> None:
    assert verdict(rule, not_created(JUDGED[rule](OTHER))) is Verdict.UNDECIDED


@EVERY_RULE
def test_what_is_only_read_may_be_somebody_elses(rule: str) -> None:
    # given
    theirs = made(aws.SQS_QUEUE, "theirs")
    theirs["external"] = True
    theirs["outputs"] = {"arn": f"arn:aws:sqs:eu-west-1:{OTHER}:theirs"}

    # then
    queue = made(aws.SQS_QUEUE, "jobs")
    assert verdict(rule, JUDGED[rule](OTHER), queue, theirs) is Verdict.BROKEN


def test_everyone_is_everyone_before_an_account_is_known() -> None:
    # given
    role = not_created(trusting(OTHER))
    everyone = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*"}
    role["inputs"]["assumeRolePolicy"] = document(everyone)

    # then
    assert verdict("iam-trust", role) is Verdict.BROKEN
