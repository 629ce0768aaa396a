"""Which environment answers, and what waits."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from rampart_local.executor.functions import Code, Function, Outcome
from rampart_local.executor.pool import MAX_DEPTH, Limits, Pool
from rampart_local.executor.variables import Credentials

ZIP = Function(
    name="light",
    arn="arn:aws:lambda:eu-central-1:123456789012:function:light",
    version="$LATEST",
    code=Code(folder=Path("task"), handler="app.handle", isolated=True, sha256=""),
    variables={},
    role_arn="arn:aws:iam::123456789012:role/r",
    timeout_seconds=3,
    memory_mib=128,
    runtime="python3.13",
    log_format="Text",
    log_level="",
    log_group="/aws/lambda/light",
    egress=True,
    reserved_concurrency=None,
)
IMAGE = replace(ZIP, name="heavy", code=replace(ZIP.code, isolated=False))


@dataclass
class FakeEnvironment:
    """Does `work` instead of running a process."""

    function: Function
    credentials: Credentials
    work: Callable[[str], None]
    alive: bool = True
    killed: threading.Event = field(default_factory=threading.Event)

    def invoke(self, _payload: bytes, _client_context: str) -> Outcome:
        self.work(self.credentials.access_key_id)
        return Outcome(body=b"{}", failed=False, log="")

    def kill(self) -> None:
        self.killed.set()

    def close(self) -> None:
        self.alive = False


class Factory:
    """Starts fake environments and remembers them."""

    def __init__(
        self, work: Callable[[str], None] = lambda _: None, *, lifetime: int = 3600
    ) -> None:
        self.started: list[FakeEnvironment] = []
        self._work, self._lifetime = work, lifetime

    def __call__(self, function: Function) -> Any:  # noqa: ANN401  # stands for an Environment
        credentials = Credentials(
            access_key_id=f"key-{len(self.started)}",
            secret_access_key="",
            session_token="",
            expires=datetime.now(UTC) + timedelta(seconds=self._lifetime),
        )
        self.started.append(FakeEnvironment(function, credentials, self._work))
        return cast("Any", self.started[-1])


def most_at_once(function: Function, limits: Limits) -> int:
    """Run ten invocations and tell how many of them worked at the same time."""
    lock, working, most = threading.Lock(), 0, 0

    def work(_: str) -> None:
        nonlocal working, most
        with lock:
            working += 1
            most = max(most, working)
        threading.Event().wait(0.01)
        with lock:
            working -= 1

    pool = Pool(Factory(work), limits)
    with ThreadPoolExecutor(10) as callers:
        answers = list(callers.map(lambda _: pool.invoke(function, b"{}"), range(10)))
    assert not any(answer.failed for answer in answers)
    return most


def test_no_more_environments_work_than_the_limits_allow() -> None:
    limits = Limits(running=3, per_function=2, per_image_function=1)
    assert most_at_once(ZIP, limits) == 2
    assert most_at_once(IMAGE, limits) == 1
    assert most_at_once(replace(ZIP, reserved_concurrency=1), limits) == 1


def test_an_idle_environment_is_used_again() -> None:
    # given
    start = Factory()
    pool = Pool(start, Limits())

    # when
    for _ in range(3):
        pool.invoke(ZIP, b"{}")

    # then
    assert len(start.started) == 1


def test_a_changed_configuration_gets_an_environment_of_its_own() -> None:
    # given
    start = Factory()
    pool = Pool(start, Limits())

    # when
    pool.invoke(ZIP, b"{}")
    pool.invoke(replace(ZIP, variables={"WORD": "two"}), b"{}")

    # then
    assert len(start.started) == 2


def test_an_environment_whose_credentials_end_soon_is_replaced() -> None:
    # given
    start = Factory(lifetime=5)
    pool = Pool(start, Limits())

    # when
    pool.invoke(ZIP, b"{}")
    pool.invoke(ZIP, b"{}")

    # then
    assert len(start.started) == 2
    assert not start.started[0].alive


def test_the_longest_idle_environment_makes_room_for_others() -> None:
    # given
    start = Factory()
    pool = Pool(start, Limits(warm=1))

    # when
    pool.invoke(ZIP, b"{}")
    pool.invoke(IMAGE, b"{}")

    # then
    assert [environment.alive for environment in start.started] == [False, True]


def test_a_warmed_function_does_not_start_again() -> None:
    # given
    start = Factory()
    pool = Pool(start, Limits())

    # when
    pool.warm(IMAGE)
    pool.invoke(IMAGE, b"{}")

    # then
    assert len(start.started) == 1


def test_a_chain_of_calls_ends_where_lambda_would_end_it() -> None:
    # given
    deepest: list[Outcome] = []

    def call_again(key: str) -> None:
        outcome = pool.invoke(ZIP, b"{}", caller=key)
        if outcome.failed:
            deepest.append(outcome)

    start = Factory(call_again)
    pool = Pool(start, Limits(running=1, per_function=1))

    # when
    pool.invoke(ZIP, b"{}")

    # then
    assert len(start.started) == MAX_DEPTH
    assert b"RecursiveInvocationException" in deepest[0].body


def test_who_waits_when_the_cloud_stops_gets_an_answer() -> None:
    # given
    working = threading.Event()

    def work(_: str) -> None:
        working.set()
        start.started[0].killed.wait(5)

    start = Factory(work)
    pool = Pool(start, Limits(running=1))
    with ThreadPoolExecutor(2) as callers:
        first = callers.submit(pool.invoke, ZIP, b"{}")
        working.wait(5)
        second = callers.submit(pool.invoke, ZIP, b"{}")

        # when
        pool.close()

        # then
        assert not first.result(5).failed
        assert b"stopping" in second.result(5).body
    assert not start.started[0].alive
