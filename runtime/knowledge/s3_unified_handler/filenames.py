"""Which file names and types a document may have."""

from unicodedata import category, normalize

CONTENT_TYPES = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".htm": "text/html",
    ".html": "text/html",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What the conversion can read, by the end of the file name."""

MAX_FILENAME_BYTES = 255
"""Of UTF-8, as most file systems have it; S3 allows 1,024 for the whole key."""

_INVISIBLE = {"Cc", "Cs", "Zl", "Zp"}  # control characters, lone surrogates, line separators
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def checked_filename(name: str) -> str:
    """Return the name in Unicode's composed form, or raise ValueError saying what is wrong.

    Any script is welcome. Refused is what could leave its folder, break a header or a log line,
    or show a reader another name than it has.
    """
    name = normalize("NFC", name)
    if not name.strip(". "):
        raise ValueError("must contain more than dots and spaces")
    if name != name.strip():
        raise ValueError("must not begin or end with white space")
    if "/" in name or "\\" in name:
        raise ValueError("must not contain a path separator")
    if any(category(letter) in _INVISIBLE or letter in _REORDERING for letter in name):
        raise ValueError("must not contain control characters")
    if len(name.encode()) > MAX_FILENAME_BYTES:
        raise ValueError(f"must be at most {MAX_FILENAME_BYTES} bytes long in UTF-8")
    return name


def expected_content_type(filename: str) -> str | None:
    """Return the content type a file name stands for, or None when it is not a known document."""
    _, dot, extension = filename.rpartition(".")
    return CONTENT_TYPES.get(f"{dot}{extension}".lower())
