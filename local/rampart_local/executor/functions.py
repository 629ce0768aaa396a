"""The values that the executor's parts exchange."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Placement:
    """What the recorded graph knows of a function and the Lambda API does not say."""

    name: str
    """The function's physical name."""
    egress: bool
    """Whether its network leads anywhere but to AWS."""
    image_folder: str | None = None
    """Build context of its image; None for a zip function."""
    image_handler: str | None = None
    """The image's command, e.g. `package.module.handler`."""
    reserved_concurrency: int | None = None


@dataclass(frozen=True, kw_only=True)
class Code:
    """Where a function's code lies and how its process must be started."""

    folder: Path
    """The function's /var/task: working directory and first entry of the import path."""
    handler: str
    isolated: bool
    """True for a zip: nothing but it, its layers, the runtime client and boto3 can be imported."""
    layers: tuple[Path, ...] = ()
    """Unpacked, each a part of /opt; the last one takes precedence."""
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Function:
    """A deployed function version, complete enough to start a process for it."""

    name: str
    arn: str
    """As invoked, qualifier included: what the handler's context shows."""
    version: str
    code: Code
    variables: dict[str, str]
    role_arn: str
    timeout_seconds: int
    memory_mib: int
    runtime: str
    log_format: str
    """`JSON` or `Text`; the runtime client logs accordingly."""
    log_level: str
    """Least level that the runtime client logs; empty for its own default."""
    log_group: str
    egress: bool
    reserved_concurrency: int | None

    def key(self) -> str:
        """Tell environments apart: one may answer only for exactly the same configuration."""
        described = json.dumps(asdict(self) | {"arn": ""}, default=str, sort_keys=True)
        return hashlib.sha256(described.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an invocation came to."""

    body: bytes
    """The function's JSON answer, or the error document of the Lambda API."""
    failed: bool
    log: str
    """What the function printed meanwhile."""


@dataclass(frozen=True, kw_only=True)
class Invoked:
    """An invocation that is over."""

    arn: str
    """Of the function, as invoked."""
    began: float
    """Seconds since 1970."""
    outcome: Outcome


def failure(kind: str, message: str, log: str = "") -> Outcome:
    """Say why an invocation failed, in the form in which Lambda says it."""
    document = {"errorType": kind, "errorMessage": message}
    return Outcome(body=json.dumps(document).encode(), failed=True, log=log)
