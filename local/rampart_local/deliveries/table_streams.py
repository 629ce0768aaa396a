"""How the changes of a DynamoDB table reach the functions that are mapped to its stream.

ministack forgets the changes when it stops and keeps only how far it was, so that nothing is
delivered after a restart; it takes an answer that names failures for success, and repeats without
end what raises. Here changes are kept, and a mapping does what it says: retries, bisection, single
failures, maximum age, and where batches go that failed for good. Held by
tests/local/deliveries/test_table_streams.py.
https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
"""

import copy
import json
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

Record = dict[str, Any]
Mapping = dict[str, Any]

PAUSE_SECONDS = 1.0
"""Between two attempts at a batch."""
FOR_EVER = -1
_KEPT = ("_stream_records", "_stream_trimmed")


@dataclass(frozen=True)
class Batch:
    """Changes that are delivered together."""

    records: list[Record]
    attempts: int = 0
    """How often it failed."""


class TableStreams:
    """Delivers in place of ministack."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """`clock` returns Unix seconds."""
        # Untyped, all of them; and ministack reads its settings at import.
        self._lambda = cast("Any", import_module("ministack.services.lambda_svc"))
        self._tables = cast("Any", import_module("ministack.services.dynamodb"))
        self._responses = cast("Any", import_module("ministack.core.responses"))
        self._clock = clock
        self._work: dict[str, deque[Batch]] = {}
        """By mapping: what is left of the changes that were read last."""
        self._read: dict[str, int] = {}
        """By mapping: how many they were."""

    def install(self) -> None:
        """Replace what ministack does."""
        self._lambda._poll_dynamodb_streams = self.poll  # noqa: SLF001  # its only seam
        tables = self._tables
        tables.get_state = _with_streams(tables, tables.get_state)
        tables.load_persisted_state = _loading_streams(tables, tables.load_persisted_state)

    def poll(self) -> bool:
        """Work on one batch of each mapping; tells whether any went on."""
        went_on = [
            self._advance(mapping, function, table) for mapping, function, table in self._mappings()
        ]
        return any(went_on)

    def _mappings(self) -> Iterator[tuple[Mapping, Any, str]]:
        """Yield the mappings of streams that can be worked on now, in their account and region."""
        for account, region, mapping in self._lambda._iter_all_esms():  # noqa: SLF001  # no other way
            with _scoped(self._responses, account, region):
                arn = str(mapping.get("EventSourceArn", ""))
                if ":dynamodb:" not in arn or not mapping.get("Enabled", True):
                    continue
                name = arn.split("/stream/", maxsplit=1)[0].rpartition("/")[2]
                table = self._tables._tables.get(name)  # noqa: SLF001  # no other way
                if not table or table.get("LatestStreamArn") != arn:
                    continue
                if self._backoff(mapping) > self._clock():
                    continue
                function, _ = self._lambda._get_func_record_for_qualifier(  # noqa: SLF001  # as above
                    mapping["FunctionName"], mapping.get("Qualifier")
                )
                if function is not None:
                    yield mapping, function, name

    def _advance(self, mapping: Mapping, function: Any, table: str) -> bool:  # noqa: ANN401  # ministack's
        work = self._work.setdefault(mapping["UUID"], deque())
        position = self._position(mapping, table)
        if not work:
            size = mapping.get("BatchSize", 100)
            chunk = list(self._tables.stream_records_since(table, position, size))
            if not chunk:
                return False
            # What comes in while these are worked on is not among them.
            self._read[mapping["UUID"]] = len(chunk)
            wanted = self._lambda._apply_filter_criteria(chunk, mapping)  # noqa: SLF001  # as above
            if wanted:
                work.append(Batch(wanted))
        went_on = self._deliver(work, mapping, function) if work else True
        if not work:
            after = position + self._read[mapping["UUID"]]
            self._lambda._dynamodb_stream_positions[mapping["UUID"]] = after  # noqa: SLF001  # as above
        return went_on

    def _deliver(self, work: deque[Batch], mapping: Mapping, function: Any) -> bool:  # noqa: ANN401  # as above
        """Work on the first batch; tells whether it is done with, one way or the other."""
        batch = work.popleft()
        result = self._lambda._execute_function(function, {"Records": batch.records})  # noqa: SLF001  # as above
        left = _failed(batch.records, result, mapping)
        if not left:
            mapping["LastProcessingResult"] = f"OK - {len(batch.records)} records"
            return True
        mapping["LastProcessingResult"] = "FAILED"
        if condition := self._given_up(left, batch.attempts + 1, mapping):
            self._lambda._send_ddb_stream_failure_record(  # noqa: SLF001  # as above
                mapping, function, left, mapping["EventSourceArn"], result, condition
            )
            return True
        work.extendleft(reversed(_again(left, batch, mapping)))
        self._lambda._esm_backoff_until[mapping["UUID"]] = self._clock() + PAUSE_SECONDS  # noqa: SLF001  # as above
        return False

    def _given_up(self, left: list[Record], attempts: int, mapping: Mapping) -> str:
        """Return under which condition Lambda gives a batch up, or ""."""
        age = int(mapping.get("MaximumRecordAgeInSeconds") or FOR_EVER)
        oldest = min(float(each["dynamodb"]["ApproximateCreationDateTime"]) for each in left)
        if age != FOR_EVER and self._clock() - oldest > age:
            return "RecordAgeExceeded"
        retries = mapping.get("MaximumRetryAttempts")
        splits = bool(mapping.get("BisectBatchOnFunctionError")) and len(left) > 1
        if retries is None or int(retries) == FOR_EVER or splits:
            return ""
        return "RetryAttemptsExhausted" if attempts > int(retries) else ""

    def _position(self, mapping: Mapping, table: str) -> int:
        """Return the next change that the mapping has not seen, as far as it is kept."""
        positions = self._lambda._dynamodb_stream_positions  # noqa: SLF001  # as above
        start = self._tables.stream_start_position(table)
        end = self._tables.stream_end_position(table)
        if mapping["UUID"] not in positions:
            oldest = mapping.get("StartingPosition") == "TRIM_HORIZON"
            positions[mapping["UUID"]] = start if oldest else end
        # A state of before this was kept may be ahead of what there is.
        positions[mapping["UUID"]] = min(max(positions[mapping["UUID"]], start), end)
        return positions[mapping["UUID"]]

    def _backoff(self, mapping: Mapping) -> float:
        return float(self._lambda._esm_backoff_until.get(mapping["UUID"], 0))  # noqa: SLF001  # as above


def _failed(records: list[Record], result: dict[str, Any], mapping: Mapping) -> list[Record]:
    """Return what has to be delivered again: from the first change on that failed."""
    if result.get("error"):
        return records
    if "ReportBatchItemFailures" not in (mapping.get("FunctionResponseTypes") or []):
        return []
    answer: Any = result.get("body")
    if isinstance(answer, str):
        answer = json.loads(answer or "null")
    said = cast("dict[str, Any]", answer) if isinstance(answer, dict) else {}
    named = cast("list[Any]", said.get("batchItemFailures") or [])
    numbers = [str(each["dynamodb"]["SequenceNumber"]) for each in records]
    places = [numbers.index(one) for each in named if (one := _identifier(each)) in numbers]
    if len(places) < len(named):
        return records  # an answer that nobody understands is a failure of all
    return records[min(places) :] if places else []


def _identifier(failure: Any) -> str:  # noqa: ANN401  # whatever a function answers
    return str(failure.get("itemIdentifier")) if isinstance(failure, dict) else ""  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]  # as above


def _again(left: list[Record], batch: Batch, mapping: Mapping) -> list[Batch]:
    """Return the batches that come next: the two halves, where the mapping splits what fails.

    Splitting does not count as an attempt.
    """
    if mapping.get("BisectBatchOnFunctionError") and len(left) > 1:
        middle = len(left) // 2
        return [Batch(half, batch.attempts) for half in (left[:middle], left[middle:])]
    return [Batch(left, batch.attempts + 1)]


def _with_streams(tables: Any, get_state: Callable[[], Any]) -> Callable[[], Any]:  # noqa: ANN401  # ministack's
    """Keep the changes with the tables."""

    def state() -> Any:  # noqa: ANN401  # as above
        streams = {f"rampart{name}": copy.deepcopy(getattr(tables, name)) for name in _KEPT}
        return {**get_state(), **streams}

    return state


def _loading_streams(tables: Any, load: Callable[[Any], Any]) -> Callable[[Any], Any]:  # noqa: ANN401  # as above
    def loaded(data: Any) -> Any:  # noqa: ANN401  # as above
        done = load(data)
        kept: dict[str, Any] = data or {}
        for name in _KEPT:
            getattr(tables, name).update(kept.get(f"rampart{name}") or {})
        return done

    return loaded


@contextmanager
def _scoped(responses: Any, account: str, region: str) -> Generator[None]:  # noqa: ANN401  # as above
    """Act in an account and a region, as a request to them would."""
    account_token = responses._request_account_id.set(account)  # noqa: SLF001  # as above
    region_token = responses._request_region.set(region)  # noqa: SLF001  # as above
    try:
        yield
    finally:
        responses._request_account_id.reset(account_token)  # noqa: SLF001  # as above
        responses._request_region.reset(region_token)  # noqa: SLF001  # as above
