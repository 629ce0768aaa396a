"""Time: a request has 28 s, API Gateway hangs up after 29, and every part gets its share."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import Generic, ParamSpec, TypeVar

from runtime.shared.errors import UnavailableError

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class Budget:
    """How much of a request's time is left."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self, reserve: float = 0.0) -> float:
        """Return the seconds left before `reserve` has to be touched; never below 0."""
        return max(0.0, self._ends - reserve - time.monotonic())


class Pending(Generic[Result]):
    """Something that is being done meanwhile."""

    def __init__(self, name: str, future: "Future[Result]") -> None:
        self._name, self._future = name, future

    def result(self, seconds: float) -> Result:
        """Wait this long for it; raises UnavailableError when it takes longer."""
        try:
            return self._future.result(timeout=seconds)
        except FutureTimeoutError as error:
            raise UnavailableError(f"{self._name} took longer than {seconds:.1f} s") from error


# Three parts side by side, and room for some that were given up and still wait for their answer.
_POOL = ThreadPoolExecutor(max_workers=16, thread_name_prefix="side-by-side")


def begin(
    name: str,
    work: Callable[Parameters, Result],
    *args: Parameters.args,
    **kwargs: Parameters.kwargs,
) -> Pending[Result]:
    """Start `work` in another thread; `name` is what the log calls it."""
    return Pending(name, _POOL.submit(work, *args, **kwargs))
