"""What Checkov says of the pairs that prove our mapped ids, translated to Terraform.

`python -m bench.checkov [PATH_OF_CHECKOV]` prints, for each of Checkov's ids that a rule claims,
what it says of the pair's halves, and how many agree with us. Checkov is no dependency of ours:
install it into an environment of its own. Status 1 where a disagreement has no reason in
DIFFERENCES.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench.terraform import to_terraform
from tests.policies.fixture import resources_of
from tests.policies.test_mapped import MAPPED, PAIRS

IDS = [one for one in MAPPED if one.startswith("CKV")]

_DATA = "judges a data source, which a Pulumi program resolves before it registers a policy"
DIFFERENCES = {
    **dict.fromkeys((f"CKV_AWS_{n}" for n in (1, 49, 107, 108, 109, 110, 111, 356)), _DATA),
    "CKV_AWS_19": "passes every bucket since S3 encrypts by default; ours asks for a key",
    "CKV_AWS_95": "is a check on CloudFormation only",
    "CKV_AWS_148": "speaks of default networks only, and so not of the stack that has none",
    "CKV_AWS_384": "is a check on CloudFormation only",
    "CKV2_AWS_16": "follows references in the text of a program, which the translation has not",
    "CKV2_AWS_70": "asks preflight requests (OPTIONS) alone, which carry no credentials",
    "CKV2_AWS_30": "is an `or` of which any database fulfils the first part",
}
"""Id -> why Checkov says otherwise of our pair, or nothing."""

Verdicts = dict[tuple[str, str], str]
"""(id, case) -> passed, failed or silent; the cases are `passes`, `fails0`, `fails1` ..."""


def main() -> int:
    """Run Checkov once over all pairs and print the comparison."""
    command = sys.argv[1] if len(sys.argv) > 1 else shutil.which("checkov")
    if command is None:
        print("Checkov is not installed; name its path: python -m bench.checkov PATH")  # noqa: T201  # this is the program's output
        return 0
    found = verdicts(command)
    open_ones = 0
    for id_ in IDS:
        passed = found[id_, "passes"]
        failed = [found[id_, f"fails{n}"] for n, _ in enumerate(PAIRS[id_].fails)]
        agrees = agreement(passed, failed)
        reason = "" if agrees else DIFFERENCES.get(id_, "NO REASON")
        open_ones += reason == "NO REASON"
        print(f"{id_}: {passed}, {'/'.join(failed)} {reason}".rstrip())  # noqa: T201  # as above
    agreed = sum(
        agreement(
            found[id_, "passes"], [found[id_, f"fails{n}"] for n, _ in enumerate(PAIRS[id_].fails)]
        )
        for id_ in IDS
    )
    print(f"{len(IDS)} ids, {agreed} agree, {len(IDS) - agreed} differ, {open_ones} without reason")  # noqa: T201  # as above
    return 1 if open_ones else 0


def agreement(passed: str, failed: list[str]) -> bool:
    """Whether Checkov accepts what our rules accept and refuses one of what they refuse."""
    return passed == "passed" and "failed" in failed


def verdicts(command: str) -> Verdicts:
    """Run Checkov over every pair, each case in a folder of its own."""
    with tempfile.TemporaryDirectory() as root:
        for id_ in IDS:
            cases = {"passes": PAIRS[id_].passes}
            cases |= {f"fails{n}": case for n, case in enumerate(PAIRS[id_].fails)}
            for name, case in cases.items():
                folder = Path(root) / id_ / name
                folder.mkdir(parents=True)
                resources = resources_of(case)
                for one in resources:  # some checks find a neighbour by name in another folder
                    one["name"] = f"{one['name']}-{id_}-{name}"
                (folder / "main.tf").write_text(to_terraform(resources))
        done = subprocess.run(  # noqa: S603  # the program that the caller named
            [
                *(command, "--directory", root, "--framework", "terraform", "--output", "json"),
                *("--check", ",".join(IDS), "--compact", "--soft-fail"),
                *("--skip-download", "--skip-results-upload"),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        return _by_case(json.loads(done.stdout))


def _by_case(report: dict[str, Any]) -> Verdicts:
    found: defaultdict[tuple[str, str], str] = defaultdict(lambda: "silent")
    for kind in ("passed_checks", "failed_checks"):
        for one in report["results"].get(kind, []):
            _, id_, case, *_ = one["file_path"].split("/")
            if one["check_id"] == id_:
                found[id_, case] = kind.partition("_")[0]
    return found


if __name__ == "__main__":
    sys.exit(main())
