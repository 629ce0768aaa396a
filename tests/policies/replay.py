"""Calls of Pulumi's engine: recorded ones, and those it would make for a recorded graph.

`calls/preview.json` and `calls/update.json` are all calls of the engine (CLI 3.274.1) for
`calls/program.py.txt`; the provider behind it filled in defaults as the real one does.
"""

import copy
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.protobuf import json_format
from pulumi.runtime.proto import analyzer_pb2 as wire

from rampart_policies.values import UNKNOWN
from tests.policies.analyzer import analyzer
from tests.policies.fixture import Recorded, as_previewed
from tests.policies.provider import provider_types

Call = dict[str, Any]
FOLDER = Path(__file__).parent / "calls"
_REQUESTS = {"Analyze": wire.AnalyzeRequest, "AnalyzeStack": wire.AnalyzeStackRequest}


@dataclass(frozen=True)
class Said:
    """One diagnostic of the pack."""

    rule: str
    urn: str
    blocks: bool
    message: str

    @property
    def name(self) -> str:
        """The resource's name."""
        return self.urn.rpartition("::")[2]


def recorded(mode: str) -> list[Call]:
    """Return the recorded calls of a `preview` or an `update`."""
    return json.loads((FOLDER / f"{mode}.json").read_text())


@contextmanager
def served(folder: Path, snapshot: str = "") -> Iterator[Any]:
    """Start the pack; yields what sends it calls and returns what it said."""
    with analyzer(folder, snapshot) as stub:

        def send(calls: list[Call]) -> list[Said]:
            found: list[Said] = []
            for call in calls:
                if call["call"] in _REQUESTS:
                    kind = _REQUESTS[call["call"]]
                    request = json_format.ParseDict(
                        call["request"], kind(), ignore_unknown_fields=True
                    )
                    response = getattr(stub, call["call"])(request)
                    found += [
                        Said(
                            one.policyName,
                            one.urn,
                            one.enforcementLevel == wire.MANDATORY,
                            one.message,
                        )
                        for one in response.diagnostics
                    ]
            return found

        yield send


def as_graph(calls: list[Call]) -> list[Recorded]:
    """Write recorded calls as a recorded graph: inputs as declared, outputs as answered."""
    inputs = {
        one["request"]["urn"]: one["request"]["properties"]
        for one in calls
        if one["call"] == "Analyze"
    }
    (stack,) = [one["request"]["resources"] for one in calls if one["call"] == "AnalyzeStack"]
    return [
        {
            "urn": one["urn"],
            "type": one["type"],
            "inputs": inputs.get(one["urn"], {}),
            "outputs": one["properties"],
            "parent": one.get("parent", ""),
            "custom": "provider" in one,
            "property_dependencies": {
                key: of["urns"] for key, of in one.get("propertyDependencies", {}).items()
            },
        }
        for one in stack
    ]


def preview_of(resources: list[Recorded]) -> list[Call]:
    """Make the calls of a preview for a stack: whatever AWS will answer is unknown."""
    previewed = as_previewed([copy.deepcopy(one) for one in resources])
    calls = [{"call": "Analyze", "request": _declared(one)} for one in previewed]
    return [
        *calls,
        {"call": "AnalyzeStack", "request": {"resources": [*map(_answered, previewed)]}},
    ]


def _declared(one: Recorded) -> dict[str, Any]:
    request = {
        "urn": one["urn"],
        "type": one["type"],
        "name": one["urn"].rpartition("::")[2],
        "properties": {key: value for key, value in one["inputs"].items() if value is not None},
    }
    if one.get("custom", True):
        request["provider"] = {"type": "pulumi:providers:aws", "name": "default"}
    return request


def _answered(one: Recorded) -> dict[str, Any]:
    known = provider_types().get(one["type"])
    computed = (
        [key for key, kind in known.outputs.items() if not kind.startswith("Optional[")]
        if known
        else [*one["outputs"]]
    )
    request = _declared(one)
    request["properties"] = dict.fromkeys([*computed, "id"], UNKNOWN) | request["properties"]
    return request | {
        "parent": one["parent"],
        "propertyDependencies": {
            key: {"urns": urns} for key, urns in one["property_dependencies"].items()
        },
    }
