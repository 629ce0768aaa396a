"""A graph database on this machine that speaks Bolt, so that Neo4j's real driver talks to it.

ArcadeDB comes with its own Java runtime in the `arcadedb-embedded` wheel. It understands the Cypher
that the functions use; full-text and vector indexes in Cypher it does not.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

# The name that Neo4j gives to its default database, so that a program needs no other here.
DATABASE = "neo4j"
USER = "root"

START_TIMEOUT_SECONDS = 60.0
STOP_TIMEOUT_SECONDS = 15.0

# The server fits into this with the graphs of some hundred documents; it takes 270 MB in all.
HEAP = "-Xmx384m"

# What the wheel's own launcher passes to the Java runtime it brings.
JAVA_OPTIONS = (
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Djava.awt.headless=true",
    "--add-modules=jdk.incubator.vector",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
)


class BoltServer:
    """A Bolt server with one database; with a `folder`, graph and password outlive it.

    Example:
        with BoltServer() as server:
            driver = GraphDatabase.driver(server.uri, auth=(server.username, server.password))
    """

    username = USER
    database = DATABASE

    def __init__(self, folder: Path | None = None) -> None:
        """Prepare; nothing runs before `start`."""
        self._kept = folder.absolute() if folder else None
        self._folder = self._kept
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0
        self.password = ""

    def start(self) -> None:
        """Start the server and wait until its database answers (1 to 3 s)."""
        self._folder = self._kept or Path(tempfile.mkdtemp(prefix="rampart-bolt-"))
        self._folder.mkdir(parents=True, exist_ok=True)
        self._end_left_behind()
        self.password = self._secret()
        self._port, web_port = self._free_ports()
        try:
            with (self._folder / "server.log").open("wb") as log:
                self._process = subprocess.Popen(  # noqa: S603 - the command line is all ours
                    self._command(web_port),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    cwd=self._folder,
                    start_new_session=True,
                )
            (self._folder / "server.pid").write_text(str(self._process.pid))
            self._await_answer()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the server; what was committed is kept if there is a folder to keep it in."""
        if self._process:
            _end(self._process)
            self._process = None
        if self._folder:
            (self._folder / "server.pid").unlink(missing_ok=True)
        if self._folder and not self._kept:
            shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def uri(self) -> str:
        """Address for a driver; valid while the server runs."""
        return f"bolt://127.0.0.1:{self._port}"

    def values(self) -> Mapping[str, str]:
        """Return what a program needs to use this as its graph; the password is a secret."""
        return {
            "uri": self.uri,
            "username": self.username,
            "password": self.password,
        }

    def __enter__(self) -> Self:
        """Start the server."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the server, whatever happened."""
        self.stop()

    def _command(self, web_port: int) -> list[str]:
        wheel = importlib.util.find_spec("arcadedb_embedded")
        if wheel is None or wheel.origin is None:
            raise RuntimeError("arcadedb-embedded is not installed: run `make setup`")
        package = Path(wheel.origin).parent
        settings = {
            "server.rootPath": self._root,
            "server.rootPasswordPath": self._password_file,
            "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "server.defaultDatabases": f"{DATABASE}[{USER}]",
            "server.httpIncomingHost": "127.0.0.1",
            "server.httpIncomingPort": web_port,
            "bolt.host": "127.0.0.1",
            "bolt.port": self._port,
            "bolt.defaultDatabase": DATABASE,
        }
        return [
            str(package / "jre" / "bin" / "java"),
            HEAP,
            *JAVA_OPTIONS,
            *("-cp", f"{package}/jars/*"),
            *(f"-Darcadedb.{name}={value}" for name, value in settings.items()),
            "com.arcadedb.server.ArcadeDBServer",
        ]

    def _await_answer(self) -> None:
        """Wait for an answer to a query: the port opens before the database exists."""
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while True:
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"ArcadeDB ended at once:\n{self._end_of_log()}")
            if _answers(self.uri, self.password):
                return
            if time.monotonic() > deadline:
                raise RuntimeError(f"ArcadeDB did not answer:\n{self._end_of_log()}")
            time.sleep(0.05)

    def _free_ports(self) -> tuple[int, int]:
        """Return the Bolt port, that of the last run if it is free, and one for the web server."""
        file = self._root / "port"
        wanted = int(file.read_text()) if file.exists() else 0
        with socket.socket() as bolt, socket.socket() as web:
            for listener in (bolt, web):
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                bolt.bind(("127.0.0.1", wanted))
            except OSError:
                bolt.bind(("127.0.0.1", 0))
            web.bind(("127.0.0.1", 0))
            port = bolt.getsockname()[1]
            file.write_text(str(port))
            return port, web.getsockname()[1]

    def _secret(self) -> str:
        """Return the password, made on first use; ArcadeDB takes it over on its first start."""
        file = self._password_file
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(24))
        return file.read_text()

    @property
    def _root(self) -> Path:
        if self._folder is None:
            raise RuntimeError("the server is not running: call start() first")
        return self._folder

    @property
    def _password_file(self) -> Path:
        return self._root / "password.secret"

    def _end_left_behind(self) -> None:
        """End the server that a killed run left in this folder: two would destroy its data."""
        file = self._root / "server.pid"
        if not file.exists():
            return
        process_id = int(file.read_text())
        command = Path(f"/proc/{process_id}/cmdline")
        if command.exists() and str(self._root).encode() in command.read_bytes():
            os.killpg(process_id, signal.SIGKILL)
        file.unlink()

    def _end_of_log(self) -> str:
        return (self._root / "server.log").read_text(errors="replace")[-2000:]


def _answers(uri: str, password: str) -> bool:
    try:
        # Typed without its settings, which are keywords of any kind.
        with GraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]
            uri, auth=(USER, password), connection_timeout=2, max_transaction_retry_time=0
        ) as driver:
            driver.execute_query("RETURN 1", database_=DATABASE)
    except (DriverError, Neo4jError, OSError):
        return False
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process group: politely, so that it closes its files, then by force."""
    for how, patience in ((signal.SIGTERM, STOP_TIMEOUT_SECONDS), (signal.SIGKILL, None)):
        if process.poll() is None:
            os.killpg(process.pid, how)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue
        return
