from pulumi_rampart.boundary.security_boundary import Boundary
from pulumi_rampart.stores.database_access import DatabaseAccess
from pulumi_rampart.testing import Graph
from tests.components.wall import BOUNDARY, WITHOUT_EGRESS, recorded

INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"


def access(boundary: Boundary = BOUNDARY) -> Graph:
    return recorded(lambda: DatabaseAccess("db", {"boundary": boundary, "port": 5432}))


def test_functions_reach_it_on_its_port_and_nobody_else() -> None:
    # when
    graph = access()

    # then
    rules = [one.inputs for one in graph.of(INGRESS)]
    assert {rule["referencedSecurityGroupId"] for rule in rules} == {"sg-private", "sg-egress"}
    assert {(rule["fromPort"], rule["toPort"]) for rule in rules} == {(5432, 5432)}
    assert not any("cidrIpv4" in rule for rule in rules)


def test_functions_may_talk_to_it() -> None:
    # when
    graph = access()

    # then
    rules = [one.inputs for one in graph.of(EGRESS)]
    assert {rule["securityGroupId"] for rule in rules} == {"sg-private", "sg-egress"}
    assert {rule["referencedSecurityGroupId"] for rule in rules} == {"db"}


def test_where_no_function_may_leave_there_is_nobody_of_that_kind_to_let_in() -> None:
    # when
    graph = access(WITHOUT_EGRESS)

    # then
    assert [one.name for one in graph.of(INGRESS)] == ["db-from-private"]
    assert [one.name for one in graph.of(EGRESS)] == ["db-by-private"]


def test_the_database_itself_talks_to_nobody() -> None:
    # when
    graph = access()

    # then
    assert "db" not in {one.inputs["securityGroupId"] for one in graph.of(EGRESS)}
