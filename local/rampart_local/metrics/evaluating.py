"""Keeps the alarms of the embedded AWS up to date, and lets them tell their topics.

ministack's own evaluation ignores dimensions, periods and missing data, and drops metric math from
the alarms it keeps. tests/local/metrics/ holds what this relies on.
"""

import asyncio
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any, cast

from rampart_local.metrics.alarms import judged
from rampart_local.metrics.publisher import Publisher
from rampart_local.metrics.queues import QueueSampler

_TICK_SECONDS = 1.0
"""CloudWatch evaluates once a minute."""


class Evaluator:
    """Judges every alarm once a second, in the server's loop.

    Args:
        publisher: has the metrics.
        changed: called with services whose state is to be written.
    """

    def __init__(self, publisher: Publisher, changed: Callable[[str], None]) -> None:
        self._publisher, self._changed = publisher, changed
        self._queues = QueueSampler(publisher)
        # Untyped, both; and ministack reads its settings at import.
        self._cloudwatch = cast("Any", import_module("ministack.services.cloudwatch"))
        self._responses = cast("Any", import_module("ministack.core.responses"))

    def install(self) -> None:
        """Let ministack keep whole alarms, and leave the judging to us."""
        put = self._cloudwatch._put_metric_alarm  # noqa: SLF001  # its only seam

        def put_whole(params: Any, data: Any, *rest: Any) -> Any:  # noqa: ANN401  # untyped
            answer = put(params, data, *rest)
            alarm = self._cloudwatch._alarms.get(data.get("AlarmName", ""))  # noqa: SLF001  # as above
            if alarm is not None:
                for key in ("Metrics", "ThresholdMetricId", "EvaluateLowSampleCountPercentile"):
                    if data.get(key):
                        alarm[key] = data[key]
            return answer

        self._cloudwatch._put_metric_alarm = put_whole  # noqa: SLF001  # as above
        self._cloudwatch._evaluate_alarm = _not_evaluated  # noqa: SLF001  # as above

    async def watch(self) -> None:
        """Evaluate for ever."""
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            self.evaluate(time.time())

    def evaluate(self, now: float) -> None:
        """Store what was published, and judge every alarm."""
        self._queues.sample()
        if self._publisher.store():
            self._changed("cloudwatch")
        for (account, region, _), alarm in list(self._cloudwatch._alarms.all_items()):  # noqa: SLF001  # as above
            verdict = judged(alarm, self._publisher.in_scope((account, region)), now)
            if verdict.state != alarm["StateValue"]:
                with self._responses.request_scope(account, region):
                    self._turn(alarm, verdict.state, verdict.reason)
                self._changed("cloudwatch")

    def _turn(self, alarm: dict[str, Any], state: str, reason: str) -> None:
        before = alarm["StateValue"]
        alarm |= {
            "StateValue": state,
            "StateReason": reason,
            "StateUpdatedTimestamp": int(time.time()),
        }
        cloudwatch = self._cloudwatch
        cloudwatch._record_history(alarm["AlarmName"], before, state, reason)  # noqa: SLF001  # as above
        cloudwatch._dispatch_alarm_actions(alarm, before, state, reason)  # noqa: SLF001  # as above
        cloudwatch._evaluate_parent_alarms(alarm)  # noqa: SLF001  # as above


def _not_evaluated(_: dict[str, Any]) -> None:
    """Stand for ministack's own evaluation."""
