"""A file of orders: what can be placed is placed, the rest is reported by its line."""

import json
from typing import Any

import pytest

from runtime.orders.bulk_intake.core import BulkIntake, FileUploaded, ImportStep
from runtime.orders.shared.imports import MOST_LINES, ImportReport, import_key, import_of
from runtime.shared.errors import RejectedError
from tests.runtime.orders.world import World, order

IMPORT_ID = "6f1c1b60-7a40-5f0e-9d0e-0123456789ab"


class Files:
    """A bucket in memory."""

    def __init__(self, content: bytes) -> None:
        self.content, self.written = content, dict[str, bytes]()

    def read(self, bucket: str, key: str, version_id: str | None = None) -> bytes:
        assert (bucket, version_id) == ("files", None)
        assert key.endswith(".jsonl")
        return self.content

    def write(self, bucket: str, key: str, content: bytes, content_type: str) -> None:
        assert (bucket, content_type) == ("files", "application/json")
        self.written[key] = content


def line(key: str, **changes: Any) -> str:  # noqa: ANN401  # of an order
    return json.dumps({"idempotency_key": key, "order": order(**changes).model_dump()})


def uploaded(world: World) -> FileUploaded:
    key = import_key(world.tenant, IMPORT_ID)
    return FileUploaded.model_validate({"bucket": {"name": "files"}, "object": {"key": key}})


def imported(world: World, content: bytes) -> ImportReport:
    files = Files(content)
    ImportStep(files, BulkIntake(world.intake)).run(uploaded(world), "trace")
    ((key, report),) = files.written.items()
    assert key == f"reports/{world.tenant}/{IMPORT_ID}.json"
    return ImportReport.model_validate_json(report)


def test_every_order_is_placed_and_every_other_line_is_named(world: World) -> None:
    # given
    lines = [
        line("k-1"),
        "",
        "{nope",
        line("k-2").replace('"quantity": 1', '"quantity": 0'),
        line("k-1", quantity=7),
        line("k-3", customer_id="secret-customer").replace("c-1", "c-2"),
        line("k 4"),
    ]

    # when
    report = imported(world, "\n".join(lines).encode())

    # then
    assert report.accepted == 2
    assert [refused.line for refused in report.refused] == [3, 4, 5, 7]
    assert "order.lines.0.quantity" in report.refused[1].detail
    assert "used before" in report.refused[2].detail
    assert len(world.queue.messages) == 2


def test_a_report_repeats_nothing_of_what_a_line_holds(world: World) -> None:
    report = imported(world, b'{"idempotency_key": "k", "order": "diagnosis F32.1"}')
    assert report.refused
    assert "F32.1" not in report.model_dump_json()


def test_a_file_that_is_delivered_again_places_the_same_orders(world: World) -> None:
    # given
    content = "\r\n".join(line(f"k-{n}") for n in range(3)).encode()

    # when
    reports = [imported(world, content) for _ in range(2)]

    # then
    assert reports[0] == reports[1]
    assert len(world.all("ORDER#")) == 3


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\xff\xfe\x00", "not_text"), (b"\n" * (MOST_LINES + 1), "too_many_lines")],
)
def test_a_file_that_is_none_places_nothing_and_says_so(
    world: World, content: bytes, code: str
) -> None:
    # given
    files = Files(content)
    step = ImportStep(files, BulkIntake(world.intake))

    # when
    with pytest.raises(RejectedError, match=code) as caught:
        step.run(uploaded(world), "trace")
    step.fail(uploaded(world), caught.value.explanation)

    # then
    (report,) = files.written.values()
    assert ImportReport.model_validate_json(report).reason == caught.value.explanation
    assert world.queue.messages == []


@pytest.mark.parametrize(
    "key", ["imports/acme/x.jsonl", "imports/Acme/" + IMPORT_ID + ".jsonl", "a", "imports/../x"]
)
def test_a_key_that_is_none_of_ours_is_refused(key: str) -> None:
    with pytest.raises(RejectedError):
        import_of(key)
