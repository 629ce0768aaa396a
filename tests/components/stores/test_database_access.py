from typing import Any, cast

import pytest
from pulumi import Output

from pulumi_rampart.boundary.args import Boundary
from pulumi_rampart.stores.database_access import DatabaseAccess, DatabaseAccessArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import BOUNDARY, WITHOUT_EGRESS, recorded, refusal

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


def elsewhere(boundary: Boundary) -> Boundary:
    """Return a boundary as another stack has it: known at deployment only."""
    return cast("Boundary", {name: Output.from_input(value) for name, value in boundary.items()})


def test_a_boundary_of_another_stack_gives_the_same_rules() -> None:
    # given
    here = access()

    # when
    there = recorded(lambda: DatabaseAccess("db", {"boundary": elsewhere(BOUNDARY), "port": 5432}))

    # then
    for kind in (INGRESS, EGRESS):
        assert [one.inputs for one in there.of(kind)] == [one.inputs for one in here.of(kind)]


def test_one_of_another_stack_without_egress_lets_nobody_in_for_it() -> None:
    # when
    graph = recorded(
        lambda: DatabaseAccess("db", {"boundary": elsewhere(WITHOUT_EGRESS), "port": 5432})
    )

    # then: a rule stands where it would be, and matches no address of any network
    ingress = graph.one(INGRESS, "db-from-egress").inputs
    assert (ingress["securityGroupId"], ingress["cidrIpv4"]) == ("db", "127.0.0.1/32")
    egress = graph.one(EGRESS, "db-by-egress").inputs
    assert (egress["securityGroupId"], egress["cidrIpv4"]) == ("db", "127.0.0.1/32")
    assert not any("referencedSecurityGroupId" in one for one in (ingress, egress))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"port": 0}, "db.port=0: a whole number from 1 to 65535 is allowed; these are the ports"),
        ({"port": 65_536}, "db.port=65536: a whole number from 1 to 65535 is allowed;"),
        ({"port": "5432"}, "db.port='5432': a whole number is wanted, not str."),
        ({"prot": 5432}, "db.prot: there is no such argument; did you mean `port`? Allowed are"),
    ],
)
def test_a_port_that_tcp_does_not_have_is_refused(wrong: dict[str, Any], why: str) -> None:
    # given
    args: DatabaseAccessArgs = {"boundary": BOUNDARY, "port": 5432, **wrong}  # type: ignore[typeddict-item]  # wrong on purpose

    # when
    message = refusal(lambda: DatabaseAccess("db", args))

    # then
    assert message.startswith(why)
