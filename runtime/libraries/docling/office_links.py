"""Office files whose parts point to parts that are not there.

Some programs leave links to drawings they did not write, and readers give up the whole document.
A link to nothing says nothing, so it is taken out; links to the web and complete files stay as
they are (ECMA-376, part 2, 6.5: relationships).
"""

import posixpath
import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_LINK = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*?/>")
_TARGET = re.compile(rb"\bTarget=[\"']([^\"']*)[\"']")
_OUTSIDE = re.compile(rb"\bTargetMode=[\"']External[\"']")


def without_dangling_links(content: bytes) -> bytes:
    """Return an office file without links to missing parts; the same bytes when it has none."""
    with ZipFile(BytesIO(content)) as archive:
        names = {name.casefold() for name in archive.namelist()}
        repaired = {
            entry.filename: fixed
            for entry in archive.infolist()
            if entry.filename.endswith(".rels")
            for fixed in [_repaired(entry.filename, archive.read(entry), names)]
            if fixed is not None
        }
        if not repaired:
            return content
        written = BytesIO()
        with ZipFile(written, "w", ZIP_DEFLATED) as copy:
            for entry in archive.infolist():
                copy.writestr(entry, repaired.get(entry.filename) or archive.read(entry))
    return written.getvalue()


def _repaired(name: str, links: bytes, names: set[str]) -> bytes | None:
    """Return a part of links without those that lead nowhere, or None when all lead somewhere."""
    # "xl/worksheets/_rels/sheet1.xml.rels" holds the links of "xl/worksheets/sheet1.xml".
    folder = posixpath.dirname(posixpath.dirname(name))

    def kept(link: re.Match[bytes]) -> bytes:
        target = _TARGET.search(link[0])
        if target is None or _OUTSIDE.search(link[0]):
            return link[0]
        path = target[1].decode("utf-8", "replace").partition("#")[0]
        part = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
        return link[0] if not path or part.casefold() in names else b""

    fixed = _LINK.sub(kept, links)
    return None if fixed == links else fixed
