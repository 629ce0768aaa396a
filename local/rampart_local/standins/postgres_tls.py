"""TLS in front of a PostgreSQL that was built without it.

PostgreSQL clients ask for TLS inside the protocol: they send an SSLRequest, the server answers with
one byte, and the handshake follows
(https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL). This front answers
that request, ends TLS, and passes everything else to the server's Unix socket. A client that does
not ask for TLS is turned away, as RDS does with `rds.force_ssl`.
"""

import asyncio
import contextlib
import datetime as dt
import ipaddress
import ssl
import struct
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
SSL_REQUEST = 80877103
GSS_ENCRYPTION_REQUEST = 80877104
CHUNK_BYTES = 64 * 1024
VALID_DAYS = 3650


@dataclass(frozen=True)
class Certificates:
    """An authority of our own and the server's certificate, as PEM files."""

    authority: Path
    certificate: Path
    key: Path

    @classmethod
    def kept_in(cls, folder: Path) -> Self:
        """Return the certificates of `folder`, made on first use so that clients may keep trust."""
        files = cls(folder / "authority.pem", folder / "server.pem", folder / "server.key")
        if not files.authority.exists():
            folder.mkdir(parents=True, exist_ok=True)
            files.write()
        return files

    def write(self) -> None:
        """Make a new authority, throw its key away, and keep the one certificate it signed."""
        authority_key, key = ec.generate_private_key(ec.SECP256R1()), _new_key(self.key)
        authority = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "laptop database")])
        server = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
        names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address(HOST))]
        signed = (
            _builder(server, authority, key.public_key())
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(_key_identifier(authority_key), critical=False)
            .sign(authority_key, hashes.SHA256())
        )
        own = (
            _builder(authority, authority, authority_key.public_key())
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key()),
                critical=False,
            )
            .sign(authority_key, hashes.SHA256())
        )
        self.certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        self.authority.write_bytes(own.public_bytes(serialization.Encoding.PEM))


def _new_key(file: Path) -> ec.EllipticCurvePrivateKey:
    key = ec.generate_private_key(ec.SECP256R1())
    file.touch(mode=0o600)
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return key


def _builder(
    subject: x509.Name, issuer: x509.Name, public_key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=VALID_DAYS))
    )


def _key_identifier(authority: ec.EllipticCurvePrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key())


class TlsFront:
    """Listens on a TCP port of this machine and hands decrypted connections to a Unix socket."""

    def __init__(self, upstream: Path, certificates: Certificates, port_file: Path) -> None:
        """Prepare; `port_file` remembers the port, so that a later run has the same address."""
        self.certificates, self.port = certificates, 0
        self._upstream, self._port_file = upstream, port_file
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.minimum_version = ssl.TLSVersion.TLSv1_2
        self._context.load_cert_chain(certificates.certificate, certificates.key)
        self._loop = asyncio.new_event_loop()
        self._connections: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> None:
        """Listen; `port` is known afterwards."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()

    def stop(self) -> None:
        """Stop listening and cut every connection."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _listen(self) -> None:
        known = int(self._port_file.read_text()) if self._port_file.exists() else 0
        try:
            self._server = await asyncio.start_server(self._accept, HOST, known)
        except OSError:  # another program took the port meanwhile
            self._server = await asyncio.start_server(self._accept, HOST, 0)
        self.port = int(self._server.sockets[0].getsockname()[1])
        self._port_file.write_text(str(self.port))

    async def _close(self) -> None:
        self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  a stream callback always runs in a task
        self._connections.add(task)
        try:
            if await _asks_for_tls(reader, writer):
                await writer.start_tls(self._context)
                await self._relay(reader, writer)
        except (OSError, EOFError, asyncio.CancelledError):
            pass  # a client that goes away is no error of ours; cancelling is how `stop` cuts it
        finally:
            self._connections.discard(task)
            writer.close()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await asyncio.open_unix_connection(self._upstream)
        try:
            async with asyncio.TaskGroup() as pumps:
                pumps.create_task(_pump(reader, up_writer))
                pumps.create_task(_pump(up_reader, writer))
        finally:
            up_writer.close()


async def _asks_for_tls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """Answer the first request; a GSS request is declined and may be followed by one for TLS."""
    code = GSS_ENCRYPTION_REQUEST
    while code == GSS_ENCRYPTION_REQUEST:
        _length, code = struct.unpack("!II", await reader.readexactly(8))
        writer.write(b"S" if code == SSL_REQUEST else b"N")
        await writer.drain()
    return code == SSL_REQUEST


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Copy until one side ends, then tell the other."""
    with contextlib.suppress(OSError):
        while chunk := await reader.read(CHUNK_BYTES):
            writer.write(chunk)
            await writer.drain()
    writer.close()
