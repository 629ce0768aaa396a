"""How long Pulumi waits for the pack: the analyzer process, asked over gRPC about a large stack.

`python -m bench.analyzer` prints seconds on the clock. Most of it is the SDK, which unpacks the
whole stack once for every stack rule; the pack makes its graph once for all of them.
"""

import tempfile
import time
from pathlib import Path

from bench.policies import large_stack
from rampart_policies.pack import RULES
from tests.policies.analyzer import analyzer, before_creation, of_stack

SIZES = (500, 1_000)
LIMIT_SECONDS = 15


def main() -> None:
    """Ask about both sizes as `pulumi up` does, and print seconds and their ratio."""
    seconds: dict[int, float] = {}
    rules = sum(rule.needs_graph for rule in RULES)
    with tempfile.TemporaryDirectory() as folder, analyzer(Path(folder)) as stub:
        for size in SIZES:
            resources = large_stack(size)
            request = of_stack(resources)
            start = time.perf_counter()
            stub.AnalyzeStack(request)
            seconds[size] = time.perf_counter() - start
            print(f"{size} resources, {rules} stack rules: {seconds[size]:.2f} s")  # noqa: T201  # this is the program's output
        requests = [before_creation(one) for one in large_stack(SIZES[0])]
        start = time.perf_counter()
        for one in requests:
            stub.Analyze(one)
        each = (time.perf_counter() - start) / len(requests) * 1000
    print(f"{len(RULES) - rules} resource rules: {each:.1f} ms for each resource")  # noqa: T201  # as above
    small, large = (seconds[size] for size in SIZES)
    verdict = "within" if large < LIMIT_SECONDS else "OVER"
    print(f"twice the stack: {large / small:.2f} times as long; {verdict} {LIMIT_SECONDS} s")  # noqa: T201  # as above


if __name__ == "__main__":
    main()
