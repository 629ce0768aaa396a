"""Events reach the bus, the topic, and whoever subscribed; each is worked on once."""

import json
import time
from typing import Any

import pytest
from boto3.dynamodb.conditions import Key

from rampart_local.server import AwsServer
from runtime.orders.audit_trail.core import AuditStep, S3Trail
from runtime.orders.fulfilment_starter.core import StartStep, execution_name
from runtime.orders.notifier.core import DynamoNotices, NoticeStep
from runtime.orders.outbox_publisher.core import Outbox
from runtime.orders.settlement.core import Settling
from runtime.orders.settlement.stores import DynamoLedger
from runtime.orders.shared.events import OrderEvent, PaymentCaptured
from runtime.orders.shared.order import Settlement, iso
from runtime.shared.clients import s3_client
from runtime.shared.errors import InvalidRequestError, UnavailableError
from tests.runtime.orders.world import World


class Heard:
    """A bus and a topic that keep what they are told, and fail when told."""

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails
        self.events: list[OrderEvent] = []

    def publish(self, event: Any) -> None:  # noqa: ANN401  # any event
        if self.fails:
            raise UnavailableError("the bus did not take it")
        self.events.append(event)

    announce = publish


def test_a_row_of_the_outbox_is_published_on_the_bus_and_announced(world: World) -> None:
    # given
    world.paid()
    bus, topic = Heard(), Heard()

    # when
    for row in world.all("OUTBOX#"):
        Outbox(bus, topic).publish(row["event"])

    # then
    assert bus.events == topic.events == world.events()


def test_what_was_not_taken_is_not_done(world: World) -> None:
    world.paid()
    for bus, topic in ((Heard(fails=True), Heard()), (Heard(), Heard(fails=True))):
        with pytest.raises(UnavailableError):
            Outbox(bus, topic).publish(world.all("OUTBOX#")[0]["event"])


def test_a_row_that_is_no_event_is_refused_without_being_quoted() -> None:
    with pytest.raises(InvalidRequestError) as caught:
        Outbox(Heard(), Heard()).publish('{"type": "OrderShipped", "tracking": ["secret"]}')
    assert "secret" not in str(caught.value)


def test_events_carry_no_personal_data(world: World) -> None:
    key = world.paid()
    world.step("undo", key, error="RefusedByApprover")
    text = json.dumps([event.model_dump() for event in world.events()])
    for planted in ("Ada", "ada@", "Example Street", "c-1"):
        assert planted not in text


def test_an_event_may_go_after_a_month(world: World) -> None:
    world.paid()
    lives = [int(row["expires_at"]) - time.time() for row in world.all("OUTBOX#")]
    assert all(29 * 86400 < life < 31 * 86400 for life in lives)


def test_a_customer_is_told_of_each_event_once(world: World) -> None:
    # given
    world.paid()
    step = NoticeStep(DynamoNotices(world.notices), time.time)

    # when
    for event in [*world.events(), *world.events()]:
        step.run(event, "trace")

    # then
    (key,) = {event.key for event in world.events()}
    told = world.notices.query(KeyConditionExpression=Key("pk").eq(key.notices))["Items"]
    assert [row["sk"] for row in told] == ["OrderAccepted", "PaymentCaptured"]


def test_an_event_is_one_object_that_nobody_overwrites(world: World, aws: AwsServer) -> None:
    # given
    assert aws
    bucket = f"audit-{world.tenant}"
    s3 = s3_client()
    s3.create_bucket(
        Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )
    world.paid()
    event = world.events()[0]
    step = AuditStep(S3Trail(s3, bucket))
    step.run(event, "trace")

    # when: the same event comes again, as somebody forged it
    step.run(event.model_copy(update={"occurred_at": event.occurred_at, "order_id": "x"}), "trace")

    # then
    (kept,) = s3.list_objects_v2(Bucket=bucket).get("Contents", [])
    assert kept.get("Key", "").startswith(f"audit/{world.tenant}/{iso(time.time())[:10]}/")
    content = s3.get_object(Bucket=bucket, Key=kept.get("Key", ""))["Body"].read()
    assert json.loads(content) == event.model_dump()


def test_an_order_begins_one_execution(world: World) -> None:
    # given
    world.paid()
    (event,) = [each for each in world.events() if isinstance(each, PaymentCaptured)]
    started: list[tuple[str, dict[str, str | int]]] = []

    class Workflow:
        def start(self, name: str, content: dict[str, str | int]) -> None:
            started.append((name, content))

    # when
    StartStep(Workflow()).run(event, "trace")

    # then
    ((name, content),) = started
    assert name == execution_name(event)
    assert set(content) == {"tenant", "order_id", "correlation_id", "amount_cents"}


@pytest.mark.parametrize("tenant", ["a", "x" * 63])
def test_an_execution_s_name_is_within_what_aws_takes_and_tells_tenants_apart(
    world: World, tenant: str
) -> None:
    world.paid()
    (event,) = [each for each in world.events() if isinstance(each, PaymentCaptured)]
    name = execution_name(event.model_copy(update={"tenant": tenant}))
    assert len(name) <= 80
    assert name != execution_name(event)


def test_a_day_is_settled_for_each_tenant_and_again_when_it_changed(world: World) -> None:
    # given: a day of its own, in a far year
    day = f"2{world.tenant[-3:].translate(str.maketrans('abcdef', '123456'))}-01-01"
    keys = [world.paid(quantity=n) for n in (1, 2)]
    for key in keys:
        world.table.update_item(
            Key=key.row("PAYMENT"),
            UpdateExpression="SET #day = :day",
            ExpressionAttributeNames={"#day": "day"},
            ExpressionAttributeValues={":day": day},
        )
    settling = Settling(DynamoLedger(world.table), time.time)

    # when
    assert settling.settle(day) == 1
    first = _settled(world, day)
    world.step("undo", keys[1])
    settling.settle(day)

    # then
    assert first == (2, 3600, 0, 0)
    assert _settled(world, day) == (2, 3600, 1, 2400)


def test_by_default_the_day_before_is_settled(world: World) -> None:
    asked: list[str] = []

    class Ledger:
        def of_day(self, day: str) -> list[Any]:
            asked.append(day)
            return []

        def settle(self, tenant: str, settlement: Settlement) -> None:
            raise AssertionError(tenant, settlement)

    noon = 1_800_000_000.0
    Settling(Ledger(), lambda: noon).settle(None)
    assert asked == [iso(noon - 24 * 3600)[:10]]
    assert world


def _settled(world: World, day: str) -> tuple[int, int, int, int]:
    (row,) = world.all(f"SETTLEMENT#{day}")
    found = Settlement.model_validate(row)
    return found.payments, found.captured_cents, found.refunds, found.refunded_cents
