"""Orders: two hundred requests into an outage of the payment service; in the end the sums agree."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from rich.console import Console
from rich.table import Table

from demo.board import Rows
from demo.orders_client import Order, OrdersClient, PaymentService
from demo.orders_sample import PRODUCTS, orders, requests
from demo.orders_sums import Sums
from demo.story import Place, Steps, Story, StoryError
from rampart_local.dead_letters.queues import dead_letter_queues
from rampart_local.dead_letters.replaying import Replay
from rampart_local.deployment import Deployment

FUNCTION = "aws:lambda/function:Function"
QUEUE = "aws:sqs/queue:Queue"
PROCESSOR = "orders-order-processor"
RECEIVED, DEAD_LETTERS = "orders-received", "orders-received-dead"
REPLAYED_A_SECOND = 50
# The outage lasts until so many orders were given up, however fast the machine is.
LOST_TO_THE_OUTAGE = 20
_SIDE_BY_SIDE = 8
_WITHIN_SECONDS = 300
FINAL = frozenset({"shipped", "cancelled", "declined", "rejected"})


class NotFinishedError(StoryError):
    """An order did not end as it should, or not in time."""


def place_all(place: Place, rows: Rows) -> Steps:
    """Place the orders into an outage, replay what it cost, decide what waits for a person.

    Where there are orders already, there is no outage: they are only asked for once more.

    Raises:
        ApiError, NotFinishedError: the API refused, or an order did not end.
    """
    with (
        OrdersClient(place.api_url, place.token) as api,
        payment_service(place.cloud) as payments,
    ):
        first = not api.orders()
        payments.outage(down=first)
        try:
            yield from _placed(api, rows)
            if first:
                yield from _until(api, rows, _enough_are_lost)
        finally:
            payments.outage(down=False)
        yield from _until(api, rows, _all_were_tried)
        operator = Operator(api, place.cloud, rows)
        yield from _until(api, rows, lambda found: operator.acts(found) or ended(found))


def show(place: Place, console: Console) -> bool:
    """Print what became of the orders; tells whether all sums agree."""
    with (
        OrdersClient(place.api_url, place.token) as api,
        payment_service(place.cloud) as payments,
    ):
        ids = {api.place(each.key, each.body()): each for each in orders()}
        found = [each for each in api.orders() if each.order_id in ids]
        charges = [each for each in payments.charges() if each.reference in ids]
    sums = Sums(found, charges, dead_letters(place.cloud), ids)
    console.print(_table(sums))
    faults = sums.faults()
    for fault in faults:
        console.print(f"[bold red]✗[/] {fault}")
    if not faults:
        console.print("All sums agree.")
    return not faults


def payment_service(cloud: Deployment) -> PaymentService:
    """Return the payment service that the processor of a stack calls."""
    function = cloud.graph.one(FUNCTION, PROCESSOR)
    variables = function.inputs["environment"]["variables"]
    secret = cloud.clients.secretsmanager.get_secret_value(
        SecretId=variables["PAYMENTS_KEY_SECRET_ARN"]
    )
    return PaymentService(variables["PAYMENTS_URL"], secret["SecretString"])


def dead_letters(cloud: Deployment) -> int:
    """Count what lies in the dead letter queue of the processor."""
    numbers = cloud.clients.sqs.get_queue_attributes(
        QueueUrl=cloud.graph.one(QUEUE, DEAD_LETTERS).id,
        AttributeNames=["ApproximateNumberOfMessages"],
    )
    return int(numbers.get("Attributes", {}).get("ApproximateNumberOfMessages", "0"))


def ended(found: list[Order]) -> bool:
    """Tell whether all orders are there and have their end."""
    return len(found) >= len(orders()) and all(each.status in FINAL for each in found)


def _placed(api: OrdersClient, rows: Rows) -> Steps:
    for sku, product in PRODUCTS.items():
        api.offer(sku, product)
    asked = requests()
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        under_way = [pool.submit(api.place, each.key, each.body()) for each in asked]
        while not all(each.done() for each in under_way):
            rows.show("requests", "sending", (sum(each.done() for each in under_way),))
            yield
        ids = {each.result() for each in under_way}
    rows.show("requests", "ready", (len(asked),), f"{len(asked) - len(ids)} were duplicates")


def _until(api: OrdersClient, rows: Rows, done: Callable[[list[Order]], bool]) -> Steps:
    """Wait until the orders are so."""
    deadline = time.monotonic() + _WITHIN_SECONDS
    while True:
        found = api.orders()
        _show(rows, found)
        if done(found):
            return
        if time.monotonic() > deadline:
            statuses = dict(Counter(each.status for each in found))
            raise NotFinishedError(f"after {_WITHIN_SECONDS} s the orders are {statuses}")
        yield


def _enough_are_lost(found: list[Order]) -> bool:
    return sum(each.waits_for_replay for each in found) >= LOST_TO_THE_OUTAGE


def _all_were_tried(found: list[Order]) -> bool:
    return all(each.status != "received" or each.waits_for_replay for each in found)


def _show(rows: Rows, found: list[Order]) -> None:
    lost = sum(each.waits_for_replay for each in found)
    rows.show("given up in the outage", "ready" if not lost else "failed", (lost,))
    over = sum(each.status in FINAL for each in found)
    rows.show("ended", "ready" if ended(found) else "under way", (over,))


class Operator:
    """Does by hand what people do: replays dead letters, decides on large orders."""

    def __init__(self, api: OrdersClient, cloud: Deployment, rows: Rows) -> None:
        self._api, self._cloud, self._rows = api, cloud, rows
        self._decided: set[str] = set()
        self._replayed = 0

    def acts(self, found: list[Order]) -> bool:
        """Do what these orders need; never ends the waiting for them."""
        if any(each.waits_for_replay for each in found):
            self._replay()
        self._rows.show("replayed", "ready", (self._replayed,))
        waiting = {each.order_id for each in found if each.status == "awaiting_approval"}
        if waiting - self._decided:
            self._decide(waiting - self._decided)
        return False

    def _replay(self) -> None:
        """Send back what the outage cost, as `rampart dlq replay-all` does."""
        urls = {name: self._cloud.graph.one(QUEUE, name).id for name in (DEAD_LETTERS, RECEIVED)}
        (queue,) = dead_letter_queues(self._cloud.clients, urls)
        replay = Replay(self._cloud.clients, queue, letters_a_second=REPLAYED_A_SECOND)
        self._replayed += replay.all().replayed

    def _decide(self, waiting: set[str]) -> None:
        large = {
            self._api.place(each.key, each.body()): each for each in orders() if each.sku == "sofa"
        }
        for order_id in waiting & large.keys():
            self._api.decide(order_id, approved=large[order_id].approved)
            self._decided.add(order_id)


def _table(sums: Sums) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", title_justify="left")
    for heading in ("", "orders", "EUR"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, number, cents in sums.rows():
        table.add_row(name, str(number), "" if cents is None else f"{cents / 100:,.2f}")
    return table


ORDERS = Story(
    system="Orders",
    export="orders_api_url",
    what="orders",
    columns=("number",),
    upload=place_all,
    ask=show,
    asked="sums",
    example="/orders",
)
