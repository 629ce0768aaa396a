from runtime.shared.redelivery import pause_seconds
from systems.queues import RECEIVES


def test_a_service_may_be_down_for_an_hour_before_work_is_given_up() -> None:
    assert sum(pause_seconds(attempt, 0.0) for attempt in range(1, RECEIVES)) >= 3600
