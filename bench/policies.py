"""How long the whole pack takes on a large stack, and whether twice the stack takes twice as long.

`python -m bench.policies` prints CPU seconds of one core. The stack is copies of the golden graph
of prod, each renamed so that its references stay inside the copy; without it, of the rules' own
fixtures.
"""

import gc
import json
import re
import time
from itertools import count, islice
from typing import Any, cast

from rampart_policies.pack import RULES
from rampart_policies.recorded import from_json
from rampart_policies.verdict import judge
from tests.policies.every_fixture import fixture_of
from tests.policies.fixture import resources_of
from tests.policies.mutations import GOLDEN

SIZES = (2_500, 5_000)
LIMIT_SECONDS = 5
ROUNDS = 3

_BUCKETS = "arn:aws:s3:::"
_ACCOUNT = re.compile(r"arn:aws:\w+:[\w-]*:(\d{12}):")


def main() -> None:
    """Judge both sizes and print seconds, their ratio and the checks made."""
    seconds: dict[int, float] = {}
    for size in SIZES:
        resources = large_stack(size)
        seconds[size], checks = min(timed(resources) for _ in range(ROUNDS))
        print(f"{size} resources, {len(RULES)} rules, {checks} checks: {seconds[size]:.2f} s")  # noqa: T201  # this is the program's output
    small, large = (seconds[size] for size in SIZES)
    verdict = "within" if large < LIMIT_SECONDS else "OVER"
    print(f"twice the stack: {large / small:.2f} times as long; {verdict} {LIMIT_SECONDS} s")  # noqa: T201  # as above


def timed(resources: list[dict[str, Any]]) -> tuple[float, int]:
    """Return the CPU seconds to index and judge a stack, and the number of checks."""
    gc.collect()
    start = time.process_time()
    outcomes = list(judge(RULES, from_json({"resources": resources})))
    return time.process_time() - start, len(outcomes)


def large_stack(size: int) -> list[dict[str, Any]]:
    """Return that many resources: whole copies of a real stack, and a part of one more."""
    template = _template()
    account = _ACCOUNT.findall(json.dumps(template))[0]
    names = {name for resource in template for name in (resource["urn"], resource["id"]) if name}
    copies = (renamed(one, names, account, number) for number in count(1) for one in template)
    return list(islice(copies, size))


def renamed(value: Any, names: set[str], account: str, number: int) -> Any:  # noqa: ANN401  # any JSON
    """Give a copy its own identifiers; its account number makes every ARN but S3's its own."""
    if isinstance(value, str):
        own = value.replace(account, f"{number:012d}").replace(_BUCKETS, f"{_BUCKETS}{number}-")
        return f"{own}-{number}" if value in names else own
    if isinstance(value, dict):
        return {
            k: renamed(v, names, account, number) for k, v in cast("dict[str, Any]", value).items()
        }
    if isinstance(value, list):
        return [renamed(item, names, account, number) for item in cast("list[Any]", value)]
    return value


def _template() -> list[dict[str, Any]]:
    if GOLDEN.is_file():
        return json.loads(GOLDEN.read_text())["resources"]
    first = {
        (resource["urn"]): resource
        for rule in RULES
        for case in fixture_of(rule).holds.values()
        for resource in resources_of(case)
    }
    return list(first.values())


if __name__ == "__main__":
    main()
