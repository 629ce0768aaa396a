"""What a zip must run on."""

import platform
import sys
import sysconfig
from dataclasses import dataclass
from typing import Literal

Architecture = Literal["arm64", "x86_64"]

# Lambda's Python 3.12 and newer run on Amazon Linux 2023, whose glibc is 2.34
# (https://docs.aws.amazon.com/linux/al2023/ug/core-glibc.html).
_WHEELS = {"arm64": "aarch64-manylinux_2_34", "x86_64": "x86_64-manylinux_2_34"}


@dataclass(frozen=True)
class Target:
    """The machine and the interpreter that a zip is made for.

    Attributes:
        architecture: Lambda's word for the processor; arm64 costs a fifth less per second.
        python: major and minor version, such as "3.13".
        here: take the wheels of the interpreter that is running, whatever its system is.
    """

    architecture: Architecture = "arm64"
    python: str = "3.13"
    here: bool = False

    @classmethod
    def this_machine(cls) -> "Target":
        """Name the interpreter and the platform that run this program."""
        arm = platform.machine().lower() in {"arm64", "aarch64"}
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        return cls("arm64" if arm else "x86_64", python, here=True)

    @property
    def name(self) -> str:
        """What goes into the digest, such as "aarch64-manylinux_2_34-3.13"."""
        machine = sysconfig.get_platform() if self.here else _WHEELS[self.architecture]
        return f"{machine}-{self.python}"

    @property
    def uv_arguments(self) -> tuple[str, ...]:
        """How uv is told to choose this target's wheels."""
        if self.here:
            return ("--python", sys.executable)
        return ("--python-platform", _WHEELS[self.architecture], "--python-version", self.python)
