import pulumi

from pulumi_rampart.permission import policy_document
from pulumi_rampart.stores.vector_database import VectorDatabase
from pulumi_rampart.testing import Graph
from tests.components.wall import ACCOUNT, BOUNDARY, recorded, statements

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
