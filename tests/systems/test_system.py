"""A further system is a folder and a line in the table: nothing else knows of it."""

import pulumi
import pytest

from pulumi_rampart.testing import Graph
from systems.api import routes
from systems.library_settings import LibrarySettings
from systems.system import Shared, System, row
from systems.table import SYSTEMS
from tests.systems.golden import recorded
from tests.systems.grants import FUNCTION, allowed, leaving

# Code of a function that is there; a graph is recorded without building it.
FOLDER = "chat_orchestrator"


class EchoSettings:
    """Reads one key of its own, and says whom the graph's library calls."""

    def __init__(self, config: pulumi.Config, libraries: LibrarySettings) -> None:
        self.word = config.require("echoWord")
        self.destinations = [libraries.neo4j.destination]


class ForgetfulSettings(EchoSettings):
    """Does not say it."""

    def __init__(self, config: pulumi.Config, libraries: LibrarySettings) -> None:
        super().__init__(config, libraries)
        self.destinations = []


class Echo(System):
    """One function that calls three libraries."""

    code = "runtime/knowledge"

    def __init__(self, name: str, shared: Shared, settings: EchoSettings) -> None:
        super().__init__(name, shared)
        libraries = shared.libraries
        function = self._function(
            FOLDER,
            "Says it again",
            [libraries.ocr.invoke(), libraries.docling.invoke(), libraries.neo4j.invoke()],
            {"WORD": settings.word},
            timeout_seconds=5,
        )
        self._serve("An echo", routes(function, "GET /echo"))


def with_echo(
    monkeypatch: pytest.MonkeyPatch,
    systems: str,
    settings: type[EchoSettings] = EchoSettings,
) -> Graph:
    monkeypatch.setitem(SYSTEMS, "echo", row(settings, Echo))
    return recorded("dev", changes={"systems": systems, "echoWord": "hello"})


def test_a_further_system_is_chosen_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    # when
    graph = with_echo(monkeypatch, '["echo"]')

    # then
    assert "echo_api_url" in graph.exports
    assert {one.name for one in graph.of(FUNCTION)} == {
        "echo-chat-orchestrator",
        "identity-authorizer",
        "library-docling",
        "library-neo4j",
        "library-ocr",
    }
    assert leaving(graph) == {"identity-authorizer", "library-neo4j"}
    invoked = {resource for _, resource in allowed(graph, "echo-chat-orchestrator", "lambda")}
    assert {arn.rpartition("-library-")[2] for arn in invoked} == {"ocr", "docling", "neo4j"}


def test_a_further_system_changes_no_other_and_no_library(
    monkeypatch: pytest.MonkeyPatch, dev: Graph
) -> None:
    # when
    graph = with_echo(monkeypatch, '["knowledge", "gallery", "orders", "echo"]')

    # then
    before = {one.urn: (one.inputs, one.dependencies) for one in dev.resources}
    after = {one.urn: (one.inputs, one.dependencies) for one in graph.resources}
    assert {urn: after.get(urn) for urn in before} == before
    assert all("echo" in urn.rpartition("::")[2] for urn in after.keys() - before.keys())


def test_a_system_that_keeps_a_librarys_destination_to_itself_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ValueError, match=r"library neo4j calls \.neo4j\.io:7687"):
        with_echo(monkeypatch, '["echo"]', ForgetfulSettings)


def test_a_library_that_does_not_exist_cannot_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    # given: the type checker says the same without running it
    class Misspelt(Echo):
        def __init__(self, name: str, shared: Shared, settings: EchoSettings) -> None:
            getattr(shared.libraries, "sentense_transformer").invoke()  # noqa: B009
            super().__init__(name, shared, settings)

    monkeypatch.setitem(SYSTEMS, "echo", row(EchoSettings, Misspelt))

    # when, then
    with pytest.raises(AttributeError, match="sentense_transformer"):
        recorded("dev", changes={"systems": '["echo"]', "echoWord": "hello"})
