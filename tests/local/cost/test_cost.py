"""What a stack costs, from its recorded graph and the table of prices."""

from pathlib import Path

import pulumi_aws as aws
import pytest

from pulumi_rampart import SecurityBoundary
from rampart_local.cost.fixed import fixed
from rampart_local.cost.prices import PriceError, prices_of
from rampart_local.cost.report import BEGIN, END, cost_of, readme_table, rewrite
from rampart_local.cost.use import uses
from tests.components.inside import recorded
from tests.systems import golden

ROOT = Path(__file__).parents[3]
US = prices_of("us-east-1")


def test_a_stack_is_paid_by_the_hour_by_zones_and_by_rules() -> None:
    # given
    def program() -> None:
        aws.ec2.NatGateway("out", subnet_id="subnet-1")
        aws.ec2.VpcEndpoint(
            "sqs",
            vpc_id="vpc-1",
            service_name="com.amazonaws.us-east-1.sqs",
            vpc_endpoint_type="Interface",
            subnet_ids=["subnet-1", "subnet-2"],
        )
        aws.ec2.VpcEndpoint("s3", vpc_id="vpc-1", service_name="com.amazonaws.us-east-1.s3")

    # when
    month = fixed(recorded(program), US)

    # then
    by_kind = {one.kind.rpartition(":")[2]: (one.count, one.usd) for one in month.lines}
    assert by_kind == {"NatGateway": (1, 32.85), "VpcEndpoint": (2, 14.6)}
    assert month.usd == pytest.approx(47.45)


def test_a_type_without_a_price_is_named_and_not_counted_as_nothing() -> None:
    # given
    def program() -> None:
        aws.memorydb.Cluster("cache", acl_name="open", node_type="db.t4g.small")
        aws.sqs.Queue("jobs")

    # when
    month = fixed(recorded(program), US)

    # then
    assert month.unknown == ("aws:memorydb/cluster:Cluster",)


def test_a_region_without_prices_is_refused_with_those_that_have() -> None:
    with pytest.raises(PriceError, match="only of eu-central-1, us-east-1"):
        prices_of("mars-1")


def test_idle_documents_and_images_stay_below_120_and_orders_add_less_than_50() -> None:
    # when: every service that functions call has an endpoint, and Orders call more of them
    dev = golden.recorded("dev")
    documents = golden.recorded("dev", changes={"systems": '["knowledge", "gallery"]'})
    prices = prices_of("eu-central-1")

    # then
    assert fixed(documents, prices).usd < 120
    assert fixed(dev, prices).usd - fixed(documents, prices).usd < 50


def test_nothing_in_our_stacks_has_an_unknown_price() -> None:
    # when
    dev, prod = (cost_of(ROOT, stack) for stack in golden.STACKS)

    # then
    assert dev["unknown"] == prod["unknown"] == []
    assert readme_table([dev, prod]) in (ROOT / "README.md").read_text(), (
        "write it again: rampart cost --readme README.md"
    )


def test_a_boundary_without_a_way_out_stays_below_60() -> None:
    # given
    services = ["lambda", "secretsmanager", "sqs"]

    # when
    graph = recorded(lambda: SecurityBoundary("wall", {"interface_services": services}))

    # then
    assert fixed(graph, US).usd < 60


def test_every_route_and_queue_costs_what_its_functions_and_those_they_invoke_take() -> None:
    # when
    found = {one.what: one for one in uses(golden.recorded("dev"), US, seconds=2)}

    # then
    chat, records = found["POST /chat"], found["GET /crud"]
    assert {"knowledge-chat-orchestrator", "library-openai"} <= set(chat.functions)
    assert set(records.functions) == {"identity-authorizer", "knowledge-dynamodb-crud-handler"}
    assert chat.usd_per_1000 > records.usd_per_1000 > 0
    gigabyte_seconds = 2 * 2 * 0.5 * 1000  # two functions of 512 MiB for 2 s each
    requests = 1000 * (3.5 + 0.6 + 2 * 0.2) / 1_000_000
    expected = gigabyte_seconds * 0.0000133334 + requests
    assert records.usd_per_1000 == pytest.approx(expected, abs=0.0002)
    assert "message of knowledge-processing" in found


def test_only_what_is_between_the_marks_is_written_again() -> None:
    # then
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    assert rewrite(page, f"{BEGIN}\nnew\n{END}") == f"before\n{BEGIN}\nnew\n{END}\nafter\n"
    with pytest.raises(ValueError, match="has no table of costs"):
        rewrite("no marks", "table")
