"""Configuration is explained where it is set, and a system needs its own and no other."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pulumi
import pytest

from pulumi_rampart import packaging
from pulumi_rampart.testing import Graph, record
from pulumi_rampart.testing.record import Program
from rampart_local.stack import read_stack
from systems.settings import StackSettings
from systems.table import SYSTEMS
from tests.systems.golden import ROOT

EXPLANATIONS = ROOT / "Pulumi.dev.yaml"
KEY = re.compile(r"^  (?:# )?((?:rampart|aws):[A-Za-z0-9]+):(?: |$)")
# Read by the provider, not by the program.
PROVIDERS_OWN = {"aws:defaultTags"}
REGION = {"aws:region": "eu-central-1"}
# What a system cannot do without, besides the region and the choice of systems.
REQUIRED: dict[str, dict[str, str]] = {
    "knowledge": {"rampart:neo4jUri": "neo4j+s://graph.example.com"},
    "gallery": {},
    "orders": {"rampart:paymentsUrl": "https://payments.example.com"},
}


class Notes:
    """Runs programs with a Config that notes which keys they read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._keys: set[str] = set()
        notes = self

        class NotingConfig(pulumi.Config):
            def full_key(self, key: str) -> str:
                full = super().full_key(key)
                notes._keys.add(full)
                return full

        monkeypatch.setattr(pulumi, "Config", NotingConfig)

    def program(self, config: Mapping[str, str]) -> tuple[Graph, set[str]]:
        """Record our program with this configuration and nothing beside it."""
        described = read_stack(ROOT, "dev")
        with packaging.using(packaging.described):
            return self._run(described.program, config)

    def settings(self, config: Mapping[str, str]) -> set[str]:
        """Read the settings of a stack, which takes a hundredth of the time."""

        def read() -> None:
            StackSettings(pulumi.Config("rampart"), "eu-central-1").boundary()

        return self._run(read, config)[1]

    def _run(self, program: Program, config: Mapping[str, str]) -> tuple[Graph, set[str]]:
        self._keys.clear()
        graph = record(program, project="rampart", stack="dev", config=config)
        return graph, set(self._keys)


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> Notes:
    return Notes(monkeypatch)


def of(*systems: str, **more: str) -> dict[str, str]:
    """Return the least configuration of a stack with these systems."""
    needed = {key: value for system in systems for key, value in REQUIRED[system].items()}
    changes = {f"rampart:{key}": value for key, value in more.items()}
    return {**REGION, "rampart:systems": json.dumps(systems), **needed, **changes}


def explained(page: Path) -> dict[str, str]:
    """Return the comment above each key; keys that stand together share one."""
    found: dict[str, str] = {}
    comment = ""
    after_key = False
    for line in page.read_text().splitlines():
        key = KEY.match(line)
        if key:
            found[key[1]] = comment
        elif line.startswith("  # "):
            comment = line[4:] if after_key else f"{comment} {line[4:]}".strip()
        elif not line.strip():
            comment = ""
        after_key = key is not None
    return found


def test_every_key_that_is_read_is_explained_and_every_explained_one_is_read(notes: Notes) -> None:
    # given: one answerer's keys are read at a time
    other = of(*SYSTEMS, answerer="anthropic")

    # when
    read = notes.program(of(*SYSTEMS))[1] | notes.settings(other)

    # then
    explanations = explained(EXPLANATIONS)
    assert sorted(read - explanations.keys()) == []
    assert sorted(explanations.keys() - read - PROVIDERS_OWN) == []


def test_an_explanation_says_what_a_key_means_and_its_default() -> None:
    # when
    explanations = explained(EXPLANATIONS)

    # then
    silent = [
        key
        for key, comment in explanations.items()
        if key not in PROVIDERS_OWN and not re.search(r"\w{3,}.*\b(Default|No default)\b", comment)
    ]
    assert silent == []


def test_only_keys_that_belong_together_share_an_explanation() -> None:
    # given
    together: dict[str, list[str]] = {}
    for key, comment in explained(EXPLANATIONS).items():
        if key not in PROVIDERS_OWN:
            together.setdefault(comment, []).append(key.partition(":")[2])

    # then: `databaseHost` and `databasePort`, `openaiModel` and `anthropicModel`
    strangers = [
        keys
        for keys in together.values()
        if not set.intersection(*(set(re.findall(r"[A-Z]?[a-z0-9]+", key)) for key in keys))
    ]
    assert strangers == []


def test_the_stacks_set_no_key_that_means_nothing() -> None:
    # given
    known = explained(EXPLANATIONS).keys()

    # then
    for page in ROOT.glob("Pulumi.*.yaml"):
        assert read_stack(ROOT, page.name.split(".")[1]).config.keys() <= known, page.name


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_system_alone_needs_its_own_configuration_only(system: str, notes: Notes) -> None:
    # when
    graph, _ = notes.program(of(system))

    # then
    assert f"{system}_api_url" in graph.exports


def test_a_stack_reads_nothing_of_a_system_that_it_does_not_run(notes: Notes) -> None:
    # when
    knowledge, gallery = notes.settings(of("knowledge")), notes.settings(of("gallery"))

    # then
    assert knowledge - gallery >= {"rampart:neo4jUri", "rampart:answerer", "rampart:maxUploadBytes"}
    assert gallery - knowledge >= {"rampart:visionProvider", "rampart:databaseHost"}
    shared = ("neo4j", "pinecone", "openai", "anthropic", "vision", "voyage", "database")
    assert [key for key in knowledge & gallery if key.startswith(shared, len("rampart:"))] == []


def test_the_other_answerers_keys_are_not_read(notes: Notes) -> None:
    # when
    openai = notes.settings(of("knowledge"))
    anthropic = notes.settings(of("knowledge", answerer="anthropic"))

    # then
    assert {key for key in openai if "anthropic" in key} == set()
    assert {key for key in anthropic if "openai" in key} == set()


def test_the_systems_to_choose_from_are_those_of_the_table() -> None:
    # then
    told = explained(EXPLANATIONS)["rampart:systems"]
    assert f": {', '.join(SYSTEMS)}." in told


@pytest.mark.parametrize(
    ("systems", "why"),
    [
        ('["knowlege"]', "names knowlege; allowed are knowledge, gallery"),
        ('["gallery", "Knowledge", "x"]', "names Knowledge, x; allowed are"),
        ("[]", "is empty; allowed are knowledge"),
        ('"knowledge"', "is 'knowledge'; write a list"),
        ("[7]", r"is \[7\]; write a list"),
    ],
)
def test_a_choice_of_systems_that_cannot_be_meant_is_refused(
    systems: str, why: str, notes: Notes
) -> None:
    with pytest.raises(ValueError, match=f"rampart:systems {why}"):
        notes.settings({**of("gallery"), "rampart:systems": systems})


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("alarmEmails", '"ops@example.com"', "write a list"),
        ("apiClients", '{"web": true}', "write a list"),
        ("neo4jUri", "graph.example.com", "write a URL"),
        ("openaiBaseUrl", "https:///v1", "write a URL"),
        ("visionProvider", "gpt", "allowed are local, anthropic, openai"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_with_its_key(
    key: str, value: str, why: str, notes: Notes
) -> None:
    with pytest.raises(ValueError, match=rf"rampart:{key} is .*{why}"):
        notes.settings({**of(*SYSTEMS), f"rampart:{key}": value})


def test_the_program_names_no_system_and_stays_short() -> None:
    # when
    text = (ROOT / "__main__.py").read_text()

    # then
    assert len(text.splitlines()) < 80
    assert [name for name in SYSTEMS if name in text.lower()] == []
    assert "aws." not in text
