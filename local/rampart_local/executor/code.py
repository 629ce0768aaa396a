"""Where a function's code lies: an unpacked zip, or the build context of its image."""

import hashlib
import io
import os
import shutil
import threading
import zipfile
from pathlib import Path

from rampart_local.executor.functions import Code

_UNPACKING = threading.Lock()


def zip_code(archive: bytes, handler: str, layers: tuple[Path, ...], cache: Path) -> Code:
    """Unpack a function's zip."""
    folder = unpacked(archive, cache)
    return Code(folder=folder, handler=handler, isolated=True, layers=layers, sha256=folder.name)


def unpacked(archive: bytes, cache: Path) -> Path:
    """Unpack a zip once; the folder is named by the content, so it can be kept and shared."""
    sha256 = hashlib.sha256(archive).hexdigest()
    folder = cache / sha256
    with _UNPACKING:
        if not folder.exists():
            partial = cache / f"{sha256}.partial"
            shutil.rmtree(partial, ignore_errors=True)
            _unpack(archive, partial)
            partial.rename(folder)
    return folder


def image_code(context: Path, handler: str, image: str) -> Code:
    """Run an image's handler from its build context, which holds what the image copies."""
    return Code(folder=context, handler=handler, isolated=False, sha256=image)


def _unpack(archive: bytes, folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        opened.extractall(folder)  # our own deployment's zip
        for entry in opened.infolist():
            # zipfile drops the modes; a layer or zip may carry programs.
            mode = entry.external_attr >> 16 & 0o777
            if mode and not entry.is_dir():
                os.chmod(folder / entry.filename, mode | 0o600)  # noqa: PTH101  # symmetric with mode
