from pulumi_rampart.boundary.key import CustomerKey
from pulumi_rampart.testing import Graph
from tests.components.inside import ACCOUNT, recorded, statements


def key() -> Graph:
    return recorded(lambda: CustomerKey("data", {"region": "eu-central-1", "account_id": ACCOUNT}))


def test_the_key_is_rotated_and_stays_thirty_days_after_its_deletion() -> None:
    # when
    made = key().one("aws:kms/key:Key", "data").inputs

    # then
    assert made["enableKeyRotation"] is True
    assert made["deletionWindowInDays"] == 30


def test_services_that_say_for_whom_use_it_for_this_account_only() -> None:
    # when
    policy = statements(key().one("aws:kms/key:Key", "data").inputs["policy"])

    # then
    services = [one for one in policy if "Service" in one["Principal"]]
    assert len(services) == 6
    for one in services:
        assert "kms:*" not in one["Action"]
        if one["Sid"] != "EventBridgeDelivers":
            assert ACCOUNT in str(one["Condition"])


def test_eventbridge_which_says_for_nobody_gets_the_delivery_alone_without_a_condition() -> None:
    # when
    policy = statements(key().one("aws:kms/key:Key", "data").inputs["policy"])

    # then
    (delivery,) = [one for one in policy if one["Sid"] == "EventBridgeDelivers"]
    assert "Condition" not in delivery
    assert delivery["Principal"] == {"Service": "events.amazonaws.com"}
    assert delivery["Action"] == ["kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"]


def test_topics_of_this_account_deliver_into_encrypted_queues() -> None:
    # when
    policy = statements(key().one("aws:kms/key:Key", "data").inputs["policy"])

    # then
    (delivery,) = [one for one in policy if one["Sid"] == "TopicsOfThisAccountDeliver"]
    assert delivery["Principal"] == {"Service": "sns.amazonaws.com"}
    topics = f"arn:aws:sns:eu-central-1:{ACCOUNT}:*"
    assert delivery["Condition"] == {"ArnLike": {"aws:SourceArn": topics}}


def test_what_a_workflow_hands_to_its_log_is_read_for_logs_of_this_account_only() -> None:
    # when
    policy = statements(key().one("aws:kms/key:Key", "data").inputs["policy"])

    # then
    (delivery,) = [one for one in policy if one["Sid"] == "LogsOfWorkflowsOfThisAccount"]
    assert delivery["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
    assert delivery["Action"] == "kms:Decrypt"
    context = {"kms:EncryptionContext:SourceArn": f"arn:aws:logs:eu-central-1:{ACCOUNT}:*"}
    assert delivery["Condition"] == {"StringEquals": context}


def test_only_this_accounts_own_policies_may_grant_more() -> None:
    # when
    policy = statements(key().one("aws:kms/key:Key", "data").inputs["policy"])

    # then
    people = [one["Principal"] for one in policy if "AWS" in one["Principal"]]
    assert people == [{"AWS": f"arn:aws:iam::{ACCOUNT}:root"}]


def test_people_find_it_by_project_stack_and_name() -> None:
    # when
    alias = key().one("aws:kms/alias:Alias", "data-alias").inputs

    # then
    assert alias == {"name": "alias/project-dev-data", "targetKeyId": "data-id"}
