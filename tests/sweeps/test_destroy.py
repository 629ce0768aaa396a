"""A stack that asks not to be protected can be destroyed; a protected one cannot by accident."""

from typing import Any

import pytest

from pulumi_rampart.testing import Graph
from tests.systems.golden import recorded

COGNITO = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference"
# What keeps a resource from being deleted: type -> (input, value that lets it go, source).
BLOCKS: dict[str, tuple[str, Any, str]] = {
    "aws:s3/bucket:Bucket": (
        "forceDestroy",
        True,
        "https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html",
    ),
    "aws:ecr/repository:Repository": (
        "forceDelete",
        True,
        "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepository.html",
    ),
    "aws:dynamodb/table:Table": (
        "deletionProtectionEnabled",
        False,
        "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html",
    ),
    "aws:rds/cluster:Cluster": (
        "deletionProtection",
        False,
        "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBCluster.html",
    ),
    "aws:networkfirewall/firewall:Firewall": (
        "deleteProtection",
        False,
        "https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_DeleteFirewall.html",
    ),
    "aws:cognito/userPool:UserPool": (
        "deletionProtection",
        "INACTIVE",
        f"{COGNITO}/API_DeleteUserPool.html",
    ),
}
# One an account and region, which APIs of other stacks need too.
STAYS = "aws:apigateway/account:Account"


@pytest.fixture(scope="module")
def unprotected() -> Graph:
    return recorded("prod", changes={"deletionProtection": "false"})


def test_nothing_keeps_an_unprotected_stack_from_being_destroyed(unprotected: Graph) -> None:
    for kind, (key, value, source) in BLOCKS.items():
        found = unprotected.of(kind)
        assert found, kind
        assert {one.inputs.get(key) for one in found} == {value}, f"{kind}: {source}"
    (database,) = unprotected.of("aws:rds/cluster:Cluster")
    assert database.inputs["skipFinalSnapshot"] is True


def test_a_protected_stack_lets_nothing_go_that_holds_data() -> None:
    # when
    protected = recorded("prod", changes={"deletionProtection": "true"})

    # then
    for kind, (key, value, source) in BLOCKS.items():
        assert value not in {one.inputs.get(key) for one in protected.of(kind)}, f"{kind}: {source}"


def test_the_accounts_log_role_stays_when_a_stack_goes(unprotected: Graph) -> None:
    # when
    (account,) = unprotected.of(STAYS)
    role = account.inputs["cloudwatchRoleArn"]
    kept = [one for one in unprotected.resources if one.options.get("retainOnDelete")]

    # then
    assert account in kept
    assert role in {one.outputs.get("arn") for one in kept}
    assert {one.type.rpartition(":")[2] for one in kept} == {"Account", "Role", "RolePolicy"}
