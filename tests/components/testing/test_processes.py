"""Programs in processes of their own: their environment, their words, their end."""

import os
import sys
import textwrap
from pathlib import Path

import pytest

from pulumi_rampart.testing import (
    InProcess,
    LanguageHost,
    NodeProcess,
    ProgramError,
    PythonProcess,
    record,
)

QUEUE = "aws:sqs/queue:Queue"

# A language host in a few lines: "programs" are files with a queue's name in each line.
LANGUAGE = """
    #!{python}
    import sys, threading
    from concurrent.futures import ThreadPoolExecutor
    import grpc
    from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, language_pb2
    from pulumi.runtime.proto import language_pb2_grpc, resource_pb2, resource_pb2_grpc

    class Host(language_pb2_grpc.LanguageRuntimeServicer):
        def Run(self, request, context):
            monitor = resource_pb2_grpc.ResourceMonitorStub(
                grpc.insecure_channel(request.monitor_address)
            )
            engine = engine_pb2_grpc.EngineStub(grpc.insecure_channel(sys.argv[1]))
            with open(request.pwd + "/" + request.program) as file:
                for name in file.read().split():
                    if name == "broken":
                        return language_pb2.RunResponse(error="line is broken")
                    monitor.RegisterResource(
                        resource_pb2.RegisterResourceRequest(
                            type="aws:sqs/queue:Queue", name=name, custom=True
                        )
                    )
            engine.Log(engine_pb2.LogRequest(
                severity=engine_pb2.INFO, message=request.project + " " + str(request.dryRun)
            ))
            return language_pb2.RunResponse()

    server = grpc.server(ThreadPoolExecutor(4))
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(Host(), server)
    print(server.add_insecure_port("127.0.0.1:0"), flush=True)
    server.start()
    server.wait_for_termination()
"""


def write(folder: Path, program: str) -> Path:
    path = folder / "__main__.py"
    path.write_text(textwrap.dedent(program))
    return path


@pytest.fixture
def lines_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LanguageHost:
    host = tmp_path / "bin" / "pulumi-language-lines"
    host.parent.mkdir()
    host.write_text(textwrap.dedent(LANGUAGE).lstrip().format(python=sys.executable))
    host.chmod(0o755)
    monkeypatch.setenv("PATH", f"{host.parent}{os.pathsep}{os.environ['PATH']}")
    return LanguageHost(runtime="lines")


def test_a_program_sees_its_configuration_its_folder_and_its_environment(tmp_path: Path) -> None:
    # given
    program = write(
        tmp_path,
        """
        import os, pulumi, stock
        config = pulumi.Config("shop")
        seen = [os.getcwd(), stock.SHELF, os.environ["WORD"], config.require("size")]
        pulumi.export("seen", seen)
        pulumi.export("password", config.require_secret("password"))
        dry = pulumi.runtime.is_dry_run()
        pulumi.export("run", [pulumi.get_project(), pulumi.get_stack(), dry])
        """,
    )
    (tmp_path / "stock.py").write_text("SHELF = 7\n")

    for host in (PythonProcess(environment={"WORD": "w"}), InProcess(environment={"WORD": "w"})):
        # when
        graph = record(
            program,
            project="shop",
            stack="prod",
            config={"shop:size": "3", "shop:password": "hunter2"},
            secret_keys=["shop:password"],
            preview=True,
            host=host,
        )

        # then
        assert graph.exports == {
            "seen": [str(tmp_path.resolve()), 7, "w", "3"],
            "password": "[secret]",
            "run": ["shop", "prod", True],
        }
        assert "WORD" not in os.environ
        sys.modules.pop("stock", None)


def test_what_a_program_does_to_its_process_stays_there(tmp_path: Path) -> None:
    # given
    program = write(tmp_path, "import os, sys\nos.environ['LEFT'] = 'x'\nsys.path.clear()\n")

    # when
    record(program, host=PythonProcess())

    # then
    assert "LEFT" not in os.environ


def test_what_it_prints_is_among_the_messages(tmp_path: Path) -> None:
    # when
    graph = record(write(tmp_path, "print('hello')\n"), host=PythonProcess())

    # then
    assert ("info", "hello") in [(line.severity, line.message) for line in graph.logs]


def test_a_program_that_dies_fails_with_what_it_printed_last(tmp_path: Path) -> None:
    # then
    with pytest.raises(ProgramError, match=r"ended with 3: last words"):
        record(
            write(tmp_path, "import os\nprint('last words', flush=True)\nos._exit(3)\n"),
            host=PythonProcess(),
        )


def test_a_program_that_does_not_end_is_ended(tmp_path: Path) -> None:
    # given
    program = write(tmp_path, "import time\nprint('waiting', flush=True)\ntime.sleep(600)\n")

    # then
    with pytest.raises(ProgramError, match=r"did not end within 5 s.*waiting"):
        record(program, host=PythonProcess(timeout_seconds=5))


def test_a_function_has_no_process_of_its_own() -> None:
    # then
    with pytest.raises(TypeError, match="PythonProcess runs files"):
        record(lambda: None, host=PythonProcess())


def test_a_node_program_without_its_sdk_says_what_to_do(tmp_path: Path) -> None:
    # then
    with pytest.raises(ProgramError, match=r"@pulumi/pulumi in .*Run `npm install`"):
        record(tmp_path, host=NodeProcess())


def test_any_language_is_recorded_whose_host_is_installed(
    lines_language: LanguageHost, tmp_path: Path
) -> None:
    # given
    (tmp_path / "queues.txt").write_text("jobs\nmails\n")

    # when
    graph = record(tmp_path / "queues.txt", project="shop", preview=True, host=lines_language)

    # then
    assert [one.name for one in graph.of(QUEUE)] == ["jobs", "mails"]
    assert [line.message for line in graph.logs] == ["shop True"]


def test_a_failure_in_another_language_is_said_in_its_words(
    lines_language: LanguageHost, tmp_path: Path
) -> None:
    # given
    (tmp_path / "queues.txt").write_text("jobs\nbroken\n")
    (tmp_path / "twice.txt").write_text("jobs\njobs\n")

    # then
    with pytest.raises(ProgramError, match="line is broken"):
        record(tmp_path / "queues.txt", host=lines_language)
    with pytest.raises(ProgramError, match="Duplicate resource URN") as caught:
        record(tmp_path / "twice.txt", host=lines_language)
    assert isinstance(caught.value.__cause__, ValueError)


def test_a_language_without_its_host_is_refused_by_name(tmp_path: Path) -> None:
    # then
    with pytest.raises(ProgramError, match=r"'cobol' are recorded by pulumi-language-cobol"):
        record(tmp_path, host=LanguageHost(runtime="cobol"))
