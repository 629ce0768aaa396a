from typing import Any

import pulumi
import pytest

from pulumi_rampart.arguments import ArgumentError
from pulumi_rampart.permission import policy_document
from pulumi_rampart.stores.database_proxy import DatabaseProxy, DatabaseProxyArgs
from pulumi_rampart.stores.vector_database import VectorDatabase
from pulumi_rampart.testing import Graph
from tests.components.inside import ACCOUNT, BOUNDARY, recorded, refusal, statements

LOGIN = f"arn:aws:rds-db:eu-central-1:{ACCOUNT}:dbuser"


def proxied() -> tuple[Graph, list[str]]:
    documents: list[str] = []

    def program() -> None:
        made = VectorDatabase(
            "shop", {"boundary": BOUNDARY, "database": "shop", "proxy_users": ["shop_app"]}
        )
        pulumi.export("host", made.host)
        pulumi.export("owner_host", made.owner_host)
        policy_document([made.connect("shop_app")]).apply(documents.append)

    return recorded(program), documents


def test_functions_connect_to_the_proxy_and_the_owner_to_the_cluster() -> None:
    # when
    graph, _ = proxied()

    # then
    assert graph.exports["host"].startswith("shop-dev-shop-proxy.proxy.")
    assert ".cluster." in graph.exports["owner_host"]


def test_the_proxy_takes_tls_and_iam_logins_only() -> None:
    # when
    graph, _ = proxied()

    # then
    proxy = graph.one("aws:rds/proxy:Proxy", "shop-proxy").inputs
    assert proxy["requireTls"] is True
    assert proxy["defaultAuthScheme"] == "IAM_AUTH"
    assert "auths" not in proxy
    assert proxy["vpcSubnetIds"] == BOUNDARY["private_subnet_ids"]


def test_it_logs_in_as_the_named_users_and_is_logged_in_to_as_them() -> None:
    # when
    graph, documents = proxied()

    # then
    policy = graph.one("aws:iam/rolePolicy:RolePolicy", "shop-proxy-policy").inputs["policy"]
    (to_cluster,) = statements(policy)
    (to_proxy,) = statements(documents[0])
    assert [one.rpartition("/")[2] for one in to_cluster["Resource"]] == ["shop_app"]
    assert to_proxy["Resource"] == [f"{LOGIN}:prx-shop-dev-shop-proxy/shop_app"]
    assert to_cluster["Resource"] != to_proxy["Resource"]


def test_without_users_there_is_no_proxy() -> None:
    # when
    graph = recorded(lambda: VectorDatabase("shop", {"boundary": BOUNDARY, "database": "shop"}))

    # then
    assert graph.of("aws:rds/proxy:Proxy") == ()


def arguments(**more: object) -> DatabaseProxyArgs:
    return {  # type: ignore[typeddict-item]  # some are wrong
        "boundary": BOUNDARY,
        "cluster_identifier": "shop",
        "cluster_resource_id": "cluster-SHOP",
        "security_group_id": "sg-shop",
        "port": 5432,
        "users": ["shop_app"],
        **more,
    }


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"users": []}, "p.users: 1 to 120 entries are allowed, not 0; IAM could not name them"),
        ({"users": ["a"] * 121}, "p.users: 1 to 120 entries are allowed, not 121;"),
        ({"users": "shop_app"}, "p.users='shop_app': a list is wanted; put the text in brackets."),
        ({"users": ["a", ""]}, "p.users[1]='': PostgreSQL takes names of 1 to 63 bytes, not 0;"),
        ({"users": ["owner"]}, "p.users[0]='owner': this user is the database's owner, who logs"),
        ({"user": ["a"]}, "p.user: there is no such argument; did you mean `users`? Allowed are"),
        (
            {"db_cluster_identifier": "shop"},
            "p.db_cluster_identifier: there is no such argument; did you mean `cluster_identifier`",
        ),
        ({"port": 70_000}, "p.port=70000: a whole number from 1 to 65535 is allowed;"),
    ],
)
def test_what_no_proxy_can_be_made_of_is_refused(wrong: dict[str, Any], why: str) -> None:
    # when
    message = refusal(lambda: DatabaseProxy("p", arguments(**wrong)))

    # then
    assert message.startswith(why)


def test_a_user_that_the_proxy_may_not_log_in_as_is_refused() -> None:
    # when
    with pytest.raises(ArgumentError) as caught:
        recorded(lambda: DatabaseProxy("p", arguments()).connect("shop_reader"))

    # then
    assert str(caught.value) == (
        "p.connect='shop_reader': the proxy logs in as shop_app only; add the user to `users`."
    )


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("p" * 52, "IAM allows 64 characters, and '"),
        ("p--p", "in RDS Proxy a name begins with a letter and has no two hyphens together "),
        ("p_p", "RDS Proxy allows no '_' in 'shop-dev-p_p'."),
    ],
)
def test_a_name_that_no_proxy_can_have_is_refused(name: str, why: str) -> None:
    # when
    message = refusal(lambda: DatabaseProxy(name, arguments()))

    # then
    assert message.startswith(f"{name}: is not possible as a name: ")
    assert why in message
